"""The keyword by which somebody asks to be enrolled: courtesies and one slip pass, anything else is a person's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.join_sign import WORDING_VERSION, texting_address, words_of
from checkins.join_words import KEYWORDS, is_one_slip_away, joining_in
from checkins.replies.reader import read
from checkins.replies.reading import Consent, ReplyRequest
from patients.services.consents import KEYWORD_WORDING

ENGLISH = (
    "JOIN",
    "join",
    "  Join. ",
    "Join!!",
    "“JOIN”",
    "#join",
    "join 👍",
    "J O I N",
    "jo in",
    "j\u200boin",
    "ＪＯＩＮ",
    "Jion",
    "jojn",
    "joinn",
    "joi",
    "Join please",
    "Hi, I'd like to join",
    "I want to join please, thank you",
    "can I join",
    "text JOIN",
    "joining",
)
SPANISH = (
    "UNIRME",
    "unirme",
    "Únirme",
    "Unirme por favor",
    "quiero unirme",
    "Hola, quisiera unirme. Gracias",
    "unrime",
    "unirm",
    "unirse",
    "unir me",
    "U N I R M E",
)
NEITHER = (
    "",
    "   ",
    "👍",
    "joint",
    "John",
    "coin",
    "loin",
    "my joint hurts",
    "don't join",
    "no join",
    "not joining",
    "stop join",
    "how do I join?",
    "join 6",
    "6 join",
    "JOIN John Smith",
    "join join",
    "reunirme",
    "unido",
    "no quiero unirme",
    "START",
    "STOP",
    "YES",
    "HELP",
    "y",
    "4 Y",
    "I joined a gym and my knee hurts since",
    "join " + "please " * 20,
)


@pytest.mark.parametrize("text", ENGLISH)
def test_reads_the_english_keyword(text: str) -> None:
    found = joining_in(text)
    assert found
    assert found.language == "en"


@pytest.mark.parametrize("text", SPANISH)
def test_reads_the_spanish_keyword(text: str) -> None:
    found = joining_in(text)
    assert found
    assert found.language == "es"


@pytest.mark.parametrize("text", NEITHER)
def test_leaves_everything_else_to_a_person(text: str) -> None:
    assert joining_in(text) is None


@pytest.mark.parametrize("text", [*ENGLISH, *SPANISH])
def test_the_keyword_is_no_danger_and_turns_no_texts_on_or_off(text: str) -> None:
    reading = read(ReplyRequest(texts=(text,)))
    assert reading.red_flag is None
    # A leaning at most, upon which nothing happens but that a person looks.
    assert reading.consent in {None, Consent.CONFIRM_OPT_IN}


@given(st.text(max_size=200))
def test_any_text_is_read_without_fault(text: str) -> None:
    joining_in(text)


@given(st.sampled_from(sorted(KEYWORDS.values())), st.data())
def test_one_slip_is_one_edit(keyword: str, data: st.DataObject) -> None:
    word = keyword.lower()
    place = data.draw(st.integers(0, len(word) - 1))
    letter = data.draw(st.sampled_from("aqzxñ"))
    for slipped in (
        word[:place] + letter + word[place + 1 :],
        word[:place] + word[place + 1 :],
        word[:place] + letter + word[place:],
        word[:place] + word[place : place + 2][::-1] + word[place + 2 :],
    ):
        assert is_one_slip_away(slipped, word)
    assert not is_one_slip_away(word + "qz", word)
    assert not is_one_slip_away("qz" + word[2:], word)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_sign_says_what_the_carriers_ask(language: str) -> None:
    words = words_of(language, practice="Oak Physical Therapy", number="(312) 555-0100", phone="312-555-0101")
    assert KEYWORDS[language] in words.by_hand
    assert "(312) 555-0100" in words.by_hand
    for needed in ("Oak Physical Therapy", "STOP", "HELP", "312-555-0101", "911", "1 "):
        assert needed in words.terms
    assert WORDING_VERSION == KEYWORD_WORDING


def test_the_address_opens_a_text_with_the_keyword() -> None:
    assert texting_address("+13125550100", "UNIRME") == "sms:+13125550100?&body=UNIRME"
