"""The yes or no that opens a text, and the words beside it that leave it an answer or take that away."""

from .dayparts import tells_both_times
from .lexicon import TABLES
from .phrases import Match, Phrase, Words
from .reading import Exercises
from .tokens import Gap, Kind

# A yes or no that opens a text, and the words beside it that leave it an answer; see the table.
TABLE = TABLES["exercises"]
OPENER = Phrase("exercises.opener", ())
OPENERS = {
    Exercises.YES: frozenset(TABLE["opening_yes"].split()),
    Exercises.NO: frozenset(TABLE["opening_no"].split()),
}
JOINS, EXPLAINS = frozenset(TABLE["before_opening"].split()), frozenset(TABLE["explains"].split())
# "Yes even on vacation".
CONCEDES = frozenset({"even", "incluso", "hasta", "aun"})
RESTATES, CORRECTIONS = frozenset(TABLE["restates"].split()), frozenset(TABLE["corrections"].split())
LOOSE, COUNTED_BY_LOOSE = frozenset(TABLE["loose"].split()), frozenset(TABLE["counted_by_loose"].split())
# "5 y no los hice": in Spanish "y" is "and", so between words it answers nothing.
AND_IN_SPANISH = "y"
# "4 n i did em".
DONE_OR_NOT = frozenset({"did", "done", "finished", "skipped", "forgot", "didnt", "yes", "no"})
TURNS = frozenset({"but", "pero", "except", "menos", "though", "actually", "then"})


def leading_answer(words: Words, language: str, taken: frozenset[int]) -> tuple[Exercises, Match] | None:
    """Return the yes or no that opens the text and stands alone ("no, I fell", "4 no, I fell", "si porque ...").

    What follows explains it and is not read for the opposite, unless the text turns ("yes but not today").
    """
    place = 0
    while place < len(words) and (
        words.tokens[place].kind is Kind.NUMBER or words.tokens[place].text in JOINS
    ):
        place += 1
    if place >= len(words) or any(token.text in CORRECTIONS for token in words.tokens):
        return None
    word = words.tokens[place].text
    value = next((value for value, said in OPENERS.items() if word in said), None)
    if word == AND_IN_SPANISH and (language == "es" or place == 0):
        return None
    if joins_the_answer(words, place):
        return None
    if value is None or place in taken or not _stands_alone(words, place) or declines(words, place, taken):
        return None
    return value, Match(OPENER, (place,))


def joins_the_answer(words: Words, place: int) -> bool:
    """Return whether an "n" is an "and" before the answer itself ("a 4 n i did em")."""
    after = [token.text for token in words.tokens[place + 1 : place + 3]]
    joined = words.tokens[place].text == "n" and all(
        token.gap is Gap.NONE for token in words.tokens[place + 1 : place + 2]
    )
    return joined and bool(DONE_OR_NOT & set(after[:1] + (after[1:] if after[:1] == ["i"] else [])))


def declines(words: Words, place: int, taken: frozenset[int]) -> bool:
    """Return whether "no, thanks" declines the texts themselves, as the words taken say."""
    following = place + 1
    return following in taken and words.tokens[following].text in {"gracias", "thanks", "thank"}


def _stands_alone(words: Words, place: int) -> bool:
    if place + 1 >= len(words):
        return True
    following = words.tokens[place + 1]
    if following.gap is not Gap.NONE or following.text in EXPLAINS | CONCEDES or tells_both_times(words):
        return True
    end = place + 1
    while end < len(words) and words.tokens[end].gap is Gap.NONE and words.tokens[end].text in RESTATES:
        end += 1
    return end > place + 1 and (end == len(words) or words.tokens[end].gap is not Gap.NONE)


def after_an_answer(
    words: Words, said: dict[Exercises, list[Match]], leading: tuple[Exercises, Match]
) -> dict[Exercises, list[Match]]:
    """Return what is said beside an opening yes or no: the opposite explains, and a loose "some" counts nothing."""
    value, match = leading
    opposite = Exercises.NO if value is Exercises.YES else Exercises.YES
    turned = any(token.text in TURNS for token in words.tokens)
    partial = [found for found in said[Exercises.PARTIAL] if not _is_loose(words, found)]
    against = said[opposite] if turned else []
    return {**said, Exercises.PARTIAL: partial, opposite: against, value: [match, *said[value]]}


def _is_loose(words: Words, match: Match) -> bool:
    place = match.places[0]
    following = words.tokens[place + 1] if place + 1 < len(words) else None
    loose = len(match.places) == 1 and words.tokens[place].text in LOOSE
    return loose and following is not None and following.text not in COUNTED_BY_LOOSE


def answers_first(words: Words, place: int) -> bool:
    """Return whether a letter after the first number answers, whatever day follows ("3 s me tropece ayer")."""
    return (
        place == 1
        and words.tokens[0].kind is Kind.NUMBER
        and any(words.tokens[place].text in said for said in OPENERS.values())
    )


def is_an_answer(words: Words, place: int, language: str) -> bool:
    """Return whether a single letter stands where an answer stands: first, last, or beside a number."""
    last = place == len(words) - 1
    if joins_the_answer(words, place):
        return False
    if language == "es" and words.tokens[place].text == AND_IN_SPANISH and not last:
        after = words.tokens[place + 1]
        return place == 0 and (after.gap is not Gap.NONE or after.kind is Kind.NUMBER)
    return place == 0 or last or words.tokens[place - 1].kind is Kind.NUMBER
