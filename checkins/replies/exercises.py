"""What a text says about the day's exercises: yes, no, partial or later, or nothing that is sure."""

from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import phrase_book
from .phrases import Match, Words
from .reading import Evidence, Exercises
from .red_flags import evidence_of
from .scores import Ratio
from .tokens import Gap, Kind

IGNORED = phrase_book("exercises", sections=["ignore"])
BOOKS = {value: phrase_book("exercises", sections=[value.value]) for value in Exercises}
WEAK = {
    Exercises.YES: phrase_book("exercises", sections=["weak_yes"]),
    Exercises.NO: phrase_book("exercises", sections=["weak_no"]),
}
OTHER_DAY = phrase_book("exercises", sections=["other_day"])
# "5 y no los hice": in Spanish "y" is "and", so between words it answers nothing.
AND_IN_SPANISH = "y"
SAME_DAY = frozenset({"today", "hoy", "but", "pero", "not", "and"})
TURNS = frozenset({"but", "pero", "though", "actually", "then"})
# "6 of 200" counts no exercises.
MOST_EXERCISES = 30


@dataclass(frozen=True, slots=True)
class ExercisesFound:
    """What was said, and the words it rests on."""

    value: Exercises
    evidence: Evidence


def find_exercises(
    words: Words, ratios: Sequence[Ratio], *, language: str, taken: frozenset[int] = frozenset()
) -> ExercisesFound | None:
    """Return the answer of one text, or None where nothing or two different things are said.

    `taken` are the places of words that already mean something else, such as a danger sign.
    "Some", "half", "2 of 3" outweigh a yes or no; "not yet", "tonight" outweigh a no.
    """
    counted = _counted(ratios)
    if counted is not None:
        return ExercisesFound(counted, Evidence(f"exercises.{counted}_count"))
    masked = frozenset(place for match in IGNORED.find(words) for place in match.span)
    masked = frozenset(place for place in masked if not _is_bare_si(words, place))
    searched = words.without(masked | taken | _another_day(words))
    said = {value: book.find(searched) for value, book in BOOKS.items()}
    value = _outweighing(words, said) if any(said.values()) else None
    if value is not None:
        return ExercisesFound(value, evidence_of(words, said[value][0], f"exercises.{value}_word"))
    return None if any(said.values()) else _weak(searched, language)


def _is_bare_si(words: Words, place: int) -> bool:
    """Return whether "si" is a yes and not an "if": after a number, or set apart."""
    if words.tokens[place].text != "si":
        return False
    after_number = place > 0 and words.tokens[place - 1].kind is Kind.NUMBER
    apart = place + 1 < len(words) and words.tokens[place + 1].gap is not Gap.NONE
    return after_number or apart


def _counted(ratios: Sequence[Ratio]) -> Exercises | None:
    if len(ratios) != 1 or not 1 < ratios[0].of <= MOST_EXERCISES or ratios[0].done > ratios[0].of:
        return None
    done, of = ratios[0].done, ratios[0].of
    return Exercises.YES if done == of else Exercises.NO if done == 0 else Exercises.PARTIAL


def _outweighing(words: Words, said: dict[Exercises, list[Match]]) -> Exercises | None:
    if said[Exercises.PARTIAL]:
        return Exercises.PARTIAL
    if said[Exercises.LATER]:
        return Exercises.LATER
    yes, no = _uncovered(said[Exercises.YES], said[Exercises.NO]), said[Exercises.NO]
    if yes and no:
        yes, no = _after_but(words, yes), _after_but(words, no)
    if bool(yes) == bool(no):
        return None
    return Exercises.YES if yes else Exercises.NO


def _uncovered(yes: list[Match], no: list[Match]) -> list[Match]:
    """Return the yes phrases that are not part of a no ("did" in "did not", "hice" in "no los hice")."""
    covered = {place for match in no for place in match.span}
    return [match for match in yes if not covered & set(match.span)]


def _after_but(words: Words, matches: list[Match]) -> list[Match]:
    """Return the matches after the last "but": "wanted to skip but did them" ends in a yes."""
    turns = [place for place, token in enumerate(words.tokens) if token.text in TURNS]
    return [match for match in matches if not turns or match.places[0] > turns[-1]]


def _another_day(words: Words) -> frozenset[int]:
    """Return the places of what is said of another day ("did yesterday", "yesterday yes")."""
    places: set[int] = set()
    for match in OTHER_DAY.find(words):
        start, end = match.places[0], match.places[-1] + 1
        while (
            start > 0 and words.tokens[start].gap is Gap.NONE and words.tokens[start - 1].text not in SAME_DAY
        ):
            start -= 1
        opens = start == match.places[0]
        while opens and end < len(words) and words.tokens[end].text not in SAME_DAY:
            end += 1
        places.update(range(start, end))
    return frozenset(places)


def _weak(words: Words, language: str) -> ExercisesFound | None:
    found = [
        (value, match)
        for value, book in WEAK.items()
        for match in book.find(words)
        if _is_an_answer(words, match.places[0], language)
    ]
    if len({value for value, _ in found}) != 1:
        return None
    value, match = found[0]
    return ExercisesFound(value, evidence_of(words, match, f"exercises.{value}_letter"))


def _is_an_answer(words: Words, place: int, language: str) -> bool:
    """Return whether a single letter stands where an answer stands: first, last, or beside a number."""
    last = place == len(words) - 1
    if language == "es" and words.tokens[place].text == AND_IN_SPANISH and place > 0 and not last:
        return False
    return place == 0 or last or words.tokens[place - 1].kind is Kind.NUMBER
