"""What a wish to stop is about: an ending word whose object is plainly another thing is no wish for fewer texts."""

from collections.abc import Iterable

from .lexicon import TABLES
from .phrases import Match, Words
from .tokens import Gap, Kind

ABOUT_US = frozenset(
    {"@texts", "@texting", "@mensajes", "@mandar", "@contact", "@surveying", "@receiver", "@grant"}
)
# Words that may stand inside a wish to stop, or behind it, without naming anything.
SAYING_NOTHING = frozenset(str(TABLES["consent"]["saying_nothing"]).split())
# English words that only begin like a Spanish verb of the tables ("mandatory" is no "mandar").
ONLY_ALIKE = frozenset(str(TABLES["consent"]["only_alike"]).split())
KEYWORD = ".keyword"
# Frames that name what they are about in themselves.
WHOLE_FRAMES = frozenset(
    {
        "if_i_stop",
        "must_i",
        "goodbye",
        "es_preguntas",
        "no_taste",
        "grant",
        "threat",
        "whom_to_ask",
        "which_word",
        "not_for_me",
    }
)
# "Take Gary off this thing".
OFF_A_LIST = frozenset({"to_be_stopped", "off_the_number"})
POINTING_BACK = "that"
MORE = frozenset({"more", "mas"})
# "Not interested in the raffle": what comes behind these two words is the object.
INTRODUCES = {"interested": "in", "asking": "about", "interest": "in"}
ASKED_OF_US = frozenset(str(TABLES["consent"]["asked_of_us"]).split())
# "The kids would not leave me alone" tells of the kids; "why won't you leave me alone" is said to us.
LEAVES = frozenset({"leave", "stop", "quit"})
REFUSES = frozenset({"wont", "wouldnt", "doesnt", "didnt", "dont", "never", "couldnt", "not"})
TO_US = frozenset({"you", "yall", "u", "ya", "these", "this", "texts", "folks", "people", "guys", "why"})
LEAVING_WITHIN = 3
# "Please make it stop", "I want this to end" beside a score speak of the pain; "these" are our texts.
WISHES = frozenset({"make", "get", "want", "need", "like", "wish"})
ENDS, OUR_PLURAL = frozenset({"stop", "end"}), frozenset({"these", "those", "them"})
BURDENS = frozenset({"weary", "burden", "es_cansancio", "es_duda"})
# "I came late" is no text that comes.
ARRIVES = frozenset({"llegue", "llegar", "lleguen", "llega"})
NEVER_OLD = frozenset({"never", "no", "not", "arent", "dont", "doesnt", "isnt", "aint", "nunca", "wont"})


def not_spanish(words: Words) -> Words:
    """Return the words where those that only begin like a Spanish verb carry no key but themselves."""
    if not any(token.text in ONLY_ALIKE for token in words.tokens):
        return words
    return Words(
        words.tokens,
        tuple(
            keys & {token.text} if token.text in ONLY_ALIKE else keys
            for token, keys in zip(words.tokens, words.keys, strict=True)
        ),
    )


def ends_something_else(words: Words, match: Match, *, scored: bool) -> bool:
    """Return whether what a match would end is no text, number or programme of ours ("no more squats please").

    `scored` tells whether a number stands in the same text: "9, make it stop" speaks of the pain.
    """
    if _is_done_with_it(words, match):
        return True
    if match.rule.endswith(KEYWORD) or match.rule.partition(".")[2] in WHOLE_FRAMES:
        return False
    if _is_left_alone(words, match) or _is_praise(words, match):
        return True
    last = words.tokens[match.places[-1]].text
    following = match.places[-1] + 1
    if last in MORE and _joins(words, following):
        behind = range(match.places[0], _clause_end(words, following))
        return _names_another(words, range(following, following + 1)) and not _names_us(words, behind)
    if last in INTRODUCES and _joins(words, following) and words.tokens[following].text == INTRODUCES[last]:
        about = range(following + 1, _clause_end(words, following))
        return _names_another(words, about) and not _names_us(words, about)
    said = [words.tokens[place].text for place in match.places]
    of_pain = scored and said[0] in WISHES and said[-1] in ENDS and not OUR_PLURAL & set(said)
    if of_pain and not _names_us(words, range(len(words))):
        return True
    area = range(match.places[0], _clause_end(words, match.places[-1]) if match.phrase.tail else following)
    if _names_us(words, area):
        return False
    named = match.rule.partition(".")[2] in OFF_A_LIST
    return _names_another(
        words,
        [
            place
            for place in area
            if place not in match.places and not (named and words.tokens[place].raw.istitle())
        ],
    )


def _is_done_with_it(words: Words, match: Match) -> bool:
    """Return whether "that" stands for what the words before tell of ("sold the truck, done with that")."""
    pointing = match.rule.endswith(".goodbye") and words.tokens[match.places[-1]].text == POINTING_BACK
    return pointing and _names_another(words, range(match.places[0]))


def _is_left_alone(words: Words, match: Match) -> bool:
    at = next((place for place in match.places if words.tokens[place].text in LEAVES), None)
    if at is None or words.tokens[at].text != "leave":
        return False
    before = [token.text for token in words.tokens[max(0, at - LEAVING_WITHIN) : at]]
    return bool(REFUSES & set(before[-2:])) and not TO_US & set(before)


def _is_praise(words: Words, match: Match) -> bool:
    """Return whether texts are said never to be a burden ("these texts never get old")."""
    inside = {words.tokens[place].text for place in match.span if place not in match.places}
    return match.rule.partition(".")[2] in BURDENS and bool(inside & NEVER_OLD)


def _names_us(words: Words, places: range) -> bool:
    return any(
        words.tokens[place].text in ASKED_OF_US
        or (not ABOUT_US.isdisjoint(words.keys[place]) and words.tokens[place].text not in ARRIVES)
        for place in places
    )


def _names_another(words: Words, places: Iterable[int]) -> bool:
    """Return whether one of the words is none of those that only fill a wish."""
    return any(
        words.tokens[place].kind is Kind.WORD and words.tokens[place].text not in SAYING_NOTHING
        for place in places
    )


def _clause_end(words: Words, place: int) -> int:
    end = place + 1
    while end < len(words) and words.tokens[end].gap is Gap.NONE:
        end += 1
    return end


def _joins(words: Words, place: int) -> bool:
    return place < len(words) and words.tokens[place].gap is Gap.NONE
