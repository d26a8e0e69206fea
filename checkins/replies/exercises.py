"""What a text says about the day's exercises: yes, no, partial or later, or nothing that is sure."""

from collections.abc import Sequence
from dataclasses import dataclass

from .lexicon import phrase_book
from .phrases import Match, Words
from .reading import Evidence, Exercises
from .red_flags import evidence_of
from .scores import Ratio
from .tokens import Gap

IGNORED = phrase_book("exercises", sections=["ignore"])
BOOKS = {value: phrase_book("exercises", sections=[value.value]) for value in Exercises}
WEAK = {
    Exercises.YES: phrase_book("exercises", sections=["weak_yes"]),
    Exercises.NO: phrase_book("exercises", sections=["weak_no"]),
}
OTHER_DAY = phrase_book("exercises", sections=["other_day"])
# "5 y no los hice": in Spanish "y" is "and", so between words it answers nothing.
AND_IN_SPANISH = "y"
# "6 of 200" counts no exercises.
MOST_EXERCISES = 30


@dataclass(frozen=True, slots=True)
class ExercisesFound:
    """What was said, and the words it rests on."""

    value: Exercises
    evidence: Evidence


def find_exercises(words: Words, ratios: Sequence[Ratio], *, language: str) -> ExercisesFound | None:
    """Return the answer of one text, or None where nothing or two different things are said.

    "Some", "half", "2 of 3" outweigh a yes or no; "not yet", "tonight" outweigh a no.
    """
    counted = _counted(ratios)
    if counted is not None:
        return ExercisesFound(counted, Evidence(f"exercises.{counted}_count"))
    masked = frozenset(place for match in IGNORED.find(words) for place in match.span)
    searched = words.without(masked | _another_day(words))
    said = {value: book.find(searched) for value, book in BOOKS.items()}
    value = _outweighing(said) if any(said.values()) else None
    if value is not None:
        return ExercisesFound(value, evidence_of(words, said[value][0], f"exercises.{value}_word"))
    return None if any(said.values()) else _weak(searched, language)


def _counted(ratios: Sequence[Ratio]) -> Exercises | None:
    if len(ratios) != 1 or not 1 < ratios[0].of <= MOST_EXERCISES or ratios[0].done > ratios[0].of:
        return None
    done, of = ratios[0].done, ratios[0].of
    return Exercises.YES if done == of else Exercises.NO if done == 0 else Exercises.PARTIAL


def _outweighing(said: dict[Exercises, list[Match]]) -> Exercises | None:
    if said[Exercises.PARTIAL]:
        return Exercises.PARTIAL
    if said[Exercises.LATER]:
        return Exercises.LATER
    yes, no = _uncovered(said[Exercises.YES], said[Exercises.NO]), said[Exercises.NO]
    if yes and no:
        return _last_word(yes, no)
    return Exercises.YES if yes else Exercises.NO if no else None


def _uncovered(yes: list[Match], no: list[Match]) -> list[Match]:
    """Return the yes phrases that are not part of a no ("did" in "did not", "hice" in "no los hice")."""
    covered = {place for match in no for place in match.span}
    return [match for match in yes if not covered & set(match.span)]


def _last_word(yes: list[Match], no: list[Match]) -> Exercises | None:
    """Return None: a yes and a no in one text leave two readings."""
    del yes, no
    return None


def _another_day(words: Words) -> frozenset[int]:
    """Return the places of what is said of another day: the clause that holds "yesterday"."""
    places: set[int] = set()
    for match in OTHER_DAY.find(words):
        start = match.places[0]
        while start > 0 and words.tokens[start].gap is Gap.NONE:
            start -= 1
        end = match.places[-1]
        while end + 1 < len(words) and words.tokens[end + 1].gap is Gap.NONE:
            end += 1
        places.update(range(start, end + 1))
    return frozenset(places)


def _weak(words: Words, language: str) -> ExercisesFound | None:
    found = [
        (value, match)
        for value, book in WEAK.items()
        for match in book.find(words)
        if not _is_and(words, match.places[0], language)
    ]
    if len({value for value, _ in found}) != 1:
        return None
    value, match = found[0]
    return ExercisesFound(value, evidence_of(words, match, f"exercises.{value}_letter"))


def _is_and(words: Words, place: int, language: str) -> bool:
    return language == "es" and words.tokens[place].text == AND_IN_SPANISH and 0 < place < len(words) - 1
