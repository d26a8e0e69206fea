"""Which numbers of a text are a score for pain or function now."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .labels import (
    Style,
    When,
    corrects,
    is_contrasted,
    label_of,
    names_follow_numbers,
    times_follow_numbers,
    when_said,
)
from .numbers import Number, Shape, find_numbers
from .reading import Question
from .surroundings import UNITS, Around, word_set
from .tokens import Kind, Token

# Units of the exercises themselves.
EXERCISE_UNITS = word_set("exercise_units")
# Numbers one calls, never a score: emergency services and the crisis line of the United States.
HOTLINES = frozenset({Decimal(911), Decimal(988), Decimal(411), Decimal(311)})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may be a score; `low` equals `high` unless two were given. It may lie outside the scale."""

    low: Decimal
    high: Decimal
    when: When
    label: Question | None
    contrast: bool
    corrects: bool
    first: int
    last: int
    rule: str


@dataclass(frozen=True, slots=True)
class Ratio:
    """So many of so many, as in "2 of 3 done"."""

    done: Decimal
    of: Decimal
    first: int
    last: int


def find_candidates(tokens: Sequence[Token], *, language: str = "en") -> tuple[list[Candidate], list[Ratio]]:
    """Return the possible scores of one text and its "2 of 3" counts, in order."""
    numbers = find_numbers(tokens, language=language)
    markers = list_markers(tokens, numbers)
    counted = [number for number in numbers if number.first not in markers]
    ratios = [
        Ratio(number.value, number.high, number.first, number.last)
        for number in counted
        if number.shape is Shape.RATIO and number.high is not None and not _counts_others(tokens, number)
    ]
    scores = [number for number in counted if number.shape is not Shape.RATIO and _is_score(tokens, number)]
    if not scores:
        return [], ratios
    first = Around(tokens, scores[0])
    style = Style(names_follow_numbers(first), times_follow_numbers(first))
    return [_candidate(tokens, number, style) for number in scores], ratios


def list_markers(tokens: Sequence[Token], numbers: Sequence[Number]) -> dict[int, int]:
    """Return the positions of "1)", "2)" … that number the answers, with their numbers."""
    marked = [
        number
        for number in numbers
        if number.shape is Shape.PLAIN
        and number.first + 1 < len(tokens)
        and tokens[number.first].kind is Kind.NUMBER
        and tokens[number.first + 1].text in ").:-="
        and number.first + 2 < len(tokens)
        and _starts(tokens, number.first)
    ]
    values = [int(number.value) for number in marked]
    if len(values) < 2 or values != list(range(1, len(values) + 1)):
        return {}
    return {number.first: int(number.value) for number in marked}


def _counts_others(tokens: Sequence[Token], number: Number) -> bool:
    """Return whether "2 of 3" counts something else than exercises ("2 of 3 pills")."""
    after = Around(tokens, number).after[:1]
    return bool(after) and after[0].text in UNITS - EXERCISE_UNITS


def _starts(tokens: Sequence[Token], place: int) -> bool:
    return place == 0 or not tokens[place].glued


def _is_score(tokens: Sequence[Token], number: Number) -> bool:
    if number.shape in {Shape.ODD, Shape.SCALE} or number.value in HOTLINES:
        return False
    around = Around(tokens, number)
    if around.has_odd_shape() or around.is_denied() or around.is_phone_or_year() or around.is_vital_sign():
        return False
    if around.is_pronoun() or around.is_bare_top() or around.names_a_day():
        return False
    if number.shape is Shape.OUT_OF_TEN:
        return not around.counts_exercises()
    return not around.follows_a_stranger() and not around.counts_something()


def _candidate(tokens: Sequence[Token], number: Number, style: Style) -> Candidate:
    around = Around(tokens, number)
    high = number.high if number.shape is Shape.RANGE and number.high is not None else number.value
    return Candidate(
        low=number.value,
        high=high,
        when=when_said(around, times_follow=style.times_follow),
        label=label_of(around, named_after=style.names_follow),
        contrast=is_contrasted(around),
        corrects=corrects(around),
        first=number.first,
        last=number.last,
        rule="word" if number.in_words else "range" if high != number.value else "number",
    )
