"""The single steps: cleaning, words, phrases, own words, tapbacks, phones, wrong numbers, languages."""

from decimal import Decimal

import pytest

from checkins.replies.cleaning import clean
from checkins.replies.documents import UnreadableRequest, request_from
from checkins.replies.languages import language_of
from checkins.replies.lexicon import FILLERS, TABLES, words_of
from checkins.replies.phrases import PhraseBook, compile_phrases, literals
from checkins.replies.reading import Consent, FollowUp, Kind, Level
from checkins.replies.tokens import tokenize
from checkins.replies.vocabulary import Vocabulary, one_slip_apart

from .texts import PROMPT, reading


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("６", "6"),
        ("⑦", "7"),
        ("7️⃣", "7"),
        ("🔟", "10"),
        ("٧", "7"),
        ("6½", "6 1/2"),
        ("6²", "6"),
        ("“6”", '"6"'),
        ("‪6‬", "6"),
        ("6\x00", "6"),
        ("a\ud800b", "ab"),
        ("ЅТОР now a", "ЅТОР now a"),
        ("SТOP", "STOP"),
        ("at 8 p.m.", "at 8 pm"),
        ("a\rb", "a\nb"),
        ("a\tb", "a b"),
    ],
)
def test_cleaning(raw, cleaned):
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("one two three", True),
        ("one x two three", True),
        ("one x y z two three", False),
        ("one. two three", False),
    ],
)
def test_gaps_end_at_a_sentence(text, rule):
    book = PhraseBook(compile_phrases("r", "one ~2 two"))
    words = words_of(tokenize(text))
    keyed = type(words)(words.tokens, tuple(frozenset({token.text}) for token in words.tokens))
    assert bool(book.find(keyed)) is rule


@pytest.mark.parametrize(
    ("pattern", "text", "found"),
    [
        ("^ one $", "one", True),
        ("^ one $", "one two", False),
        ("^ one ~1 $", "one two", True),
        ("one <2> two", "two x one", True),
        ("one? two", "two", True),
        ("one|two three|$", "x one", True),
        ("one|two three|$", "one three x", True),
        ("one ~2 two ~2 three", "one two x two three", True),
        ("one two", "one x two", False),
    ],
)
def test_patterns(pattern, text, found):
    book = PhraseBook(compile_phrases("r", pattern))
    words = words_of(tokenize(text))
    keyed = type(words)(words.tokens, tuple(frozenset({token.text}) for token in words.tokens))
    assert bool(book.find(keyed)) is found


def test_every_pattern_can_match():
    """A pattern that needs a filler word, or names an unknown concept, would never match."""
    concepts = {name for table in TABLES.values() for name in table.get("concepts", {})}
    for table in TABLES.values():
        for name, section in table.items():
            if not isinstance(section, dict) or name in {"concepts", "words"}:
                continue
            for patterns in section.values():
                for element in patterns.split():
                    if element[0] in "~<^$" or element.endswith("?"):
                        continue
                    assert not all(word in FILLERS for word in element.split("|")), element
                for literal in literals(patterns):
                    assert literal[0] != "@" or literal[1:] in concepts, literal


def test_slips_are_known_words():
    vocabulary = Vocabulary({"swelling": ["swollen", "swell*"]}, plain=["swallen"])
    vocabulary.index_slips()
    assert vocabulary.keys("swolen") == {"@swelling"}
    assert vocabulary.keys("swelled") == {"@swelling"}
    assert vocabulary.keys("swallen") == frozenset()
    assert vocabulary.keys("sw") == frozenset()
    assert vocabulary.words() == {"swollen"}


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [("ab", "ba", True), ("ab", "abcd", False), ("abc", "abd", True), ("a", "", True)],
)
def test_one_slip(one, other, near):
    assert one_slip_apart(one, other) is near


@pytest.mark.parametrize(
    ("text", "kind", "follow_up"),
    [
        (f"Liked “{PROMPT}”", Kind.REACTION, FollowUp.NONE),
        ("Loved an image", Kind.REACTION, FollowUp.NONE),
        (f"Reaccionó con ❤️ a “{PROMPT}”", Kind.REACTION, FollowUp.NONE),
        (f"Le encantó “{PROMPT}”", Kind.REACTION, FollowUp.NONE),
        (f"Questioned “{PROMPT[:30]}…", Kind.REACTION, FollowUp.HUMAN),
        ("Respuesta automática: estoy de vacaciones hasta el 5", Kind.AUTO_REPLY, FollowUp.NONE),
        ("FreeMsg: message not delivered", Kind.CARRIER_NOTICE, FollowUp.NONE),
        ("You have the wrong number", Kind.WRONG_NUMBER, FollowUp.HUMAN),
        ("this is not Maria", Kind.WRONG_NUMBER, FollowUp.HUMAN),
        ("I'm not Bob", Kind.WRONG_NUMBER, FollowUp.HUMAN),
        ("no soy Juan", Kind.WRONG_NUMBER, FollowUp.HUMAN),
        ("this is not working", Kind.OTHER, FollowUp.CLARIFY),
        ("I'm not sure", Kind.OTHER, FollowUp.CLARIFY),
        ("who is this?", Kind.IDENTIFY, FollowUp.HUMAN),
        ("INFO", Kind.HELP, FollowUp.NONE),
        ("Ayuda", Kind.HELP, FollowUp.HUMAN),
        ("", Kind.EMPTY, FollowUp.NONE),
        ("bonjour, merci beaucoup", Kind.OTHER, FollowUp.HUMAN),
        ("6 y. can I shower?", Kind.ANSWER, FollowUp.HUMAN),
        ("6 y. what about the brace", Kind.ANSWER, FollowUp.HUMAN),
    ],
)
def test_kinds(text, kind, follow_up):
    got = reading(text, prompt=PROMPT)
    assert (got.kind, got.follow_up) == (kind, follow_up)


@pytest.mark.parametrize(
    ("text", "consent"),
    [
        ("START", Consent.OPT_IN),
        ("please turn my texts back on, i shut them off by accident", Consent.OPT_IN),
        ("subscribe", Consent.CONFIRM_OPT_IN),
        ("how do I stop these?", Consent.CONFIRM_OPT_OUT),
        ("how do i stop texting", Consent.CONFIRM_OPT_OUT),
        ("STOP || START", Consent.OPT_IN),
        ("🛑", Consent.CONFIRM_OPT_OUT),
    ],
)
def test_consent(text, consent):
    assert reading(text).consent is consent


@pytest.mark.parametrize(
    ("types", "follow_up"),
    [
        (("image/jpeg",), FollowUp.HUMAN),
        (("image/gif",), FollowUp.CLARIFY),
        (("text/vcard",), FollowUp.NONE),
        ((), FollowUp.HUMAN),
    ],
)
def test_media(types, follow_up):
    assert reading("", "p", media=1, media_types=types).follow_up is follow_up
    assert reading("6", "p", media=1, media_types=types).answers.pain == Decimal(6)


def test_who_answers_and_in_which_language():
    assert reading("mom says 6", "p").by_caregiver
    assert not reading("6", "p").by_caregiver
    assert reading("hoy 6 gracias", "p").language == "es"
    assert language_of(tokenize("шесть"), recorded="en") == "other"
    assert language_of(tokenize("6"), recorded="other") == "en"


def test_quoted_mail_and_signature():
    mail = f"On Tue, Nov 3, 2026 at 9:02 AM {PROMPT}\n\n3 n"
    assert reading(mail, prompt=PROMPT).answers.pain == Decimal(3)
    assert reading(f"> {PROMPT}\n4 y\n--\nBob 555", prompt=PROMPT).answers.pain == Decimal(4)
    assert reading('"10"', "p", prompt=PROMPT).answers.pain == Decimal(10)
    assert reading("not at all", "p", prompt="Pain, 0 (not at all) to 10 (worst)?").answers.pain == 0


def test_evidence_names_words():
    got = reading("6 yes and my chest hurts")
    assert [item.words for item in got.evidence][:2] == ["chest hurts", "6"]
    assert got.red_flags == (got.red_flag,)
    assert got.reasons[0] == "red_flag.cardiac.chest_pain"


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ([], "not a JSON object"),
        ({"open": [], "texts": []}, "id is missing"),
        ({"id": 1, "open": [], "texts": []}, "id must be"),
        ({"id": "a", "open": ["x"], "texts": []}, "open may name"),
        ({"id": "a", "open": [], "texts": "6"}, "texts must be"),
        ({"id": "a", "open": [], "texts": [6]}, "texts must be"),
        ({"id": "a", "open": [], "texts": [], "language": "xx"}, "language"),
        ({"id": "a", "open": [], "texts": [], "prompt": 1}, "prompt"),
        ({"id": "a", "open": [], "texts": [], "media": True}, "media"),
    ],
)
def test_documents_that_do_not_fit(document, reason):
    with pytest.raises(UnreadableRequest, match=reason):
        request_from(document)


@pytest.mark.parametrize(
    ("text", "pain"),
    [
        ("12.30.2026", None),
        ("i don t know", None),
        ("anything but a 0 lol", None),
        ("6 / 10", 6),
        ("three times a day", None),
        ("2 more days", None),
        ("6.255", None),
        ("7 and a half", Decimal("7.5")),
    ],
)
def test_odd_numbers(text, pain):
    assert reading(text, "p").answers.pain == pain


def test_a_broken_contraction_denies():
    assert reading("i don t have chest pain").red_flag.level is Level.REVIEW
