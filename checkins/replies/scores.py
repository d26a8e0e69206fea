"""Which numbers of a text are a score for pain or function now."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .claimed import exceeds_unled, is_claimed, is_rated_otherwise
from .engagements import is_date, is_engagement
from .labels import (
    Style,
    When,
    corrects,
    denies_the_one_before,
    is_contrasted,
    label_of,
    names_follow_numbers,
    part_of,
    times_follow_numbers,
    when_said,
)
from .meant_otherwise import (
    exceeds_the_scale,
    is_asked_about,
    is_clock,
    is_difference,
    is_end_of_scale,
    is_hour,
    is_in_an_area,
    is_judged,
    is_limit,
    is_put_on,
    is_shaded,
    is_vague,
    tells_the_hour,
)
from .neighbors import ANSWERS, word_set
from .numbers import TOP, Number, Shape, find_numbers
from .rated_elsewhere import are_drawn, is_of_another
from .reading import Question
from .reports import closes_a_report, is_timed_by_therapy
from .strangers import (
    counts_what_follows,
    is_coloured,
    is_doubted,
    is_introduced,
    stands_among_strangers,
)
from .surroundings import UNITS, Around
from .tokens import Kind, Token

# "1", a dash and an answer stand before a "2-".
MARKED = 3
# Units of the exercises themselves.
EXERCISE_UNITS = word_set("exercise_units")
# Numbers one calls, never a score: emergency services and the crisis line of the United States.
# And "50/50" without its sign.
HOTLINES = frozenset({Decimal(911), Decimal(988), Decimal(411), Decimal(311), Decimal(5050)})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A number that may be a score; `low` equals `high` unless two were given. It may lie outside the scale."""

    low: Decimal
    high: Decimal
    when: When
    label: Question | None
    contrast: bool
    corrects: bool
    behind_no: bool
    part: str | None
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


def find_candidates(
    tokens: Sequence[Token], *, language: str = "en", unreal: frozenset[int] = frozenset()
) -> tuple[list[Candidate], list[Ratio]]:
    """Return the possible scores of one text and its "2 of 3" counts, in order.

    `unreal` are the offsets of numbers that are wished for, supposed or denied.
    """
    tokens = _without_dashed_markers(tokens)
    numbers = find_numbers(tokens, language=language)
    markers = list_markers(tokens, numbers)
    counted = [
        number
        for number in numbers
        if number.first not in markers and tokens[number.first].start not in unreal
    ]
    ratios = [
        Ratio(number.value, number.high, number.first, number.last)
        for number in counted
        if number.shape is Shape.RATIO and number.high is not None and not _counts_others(tokens, number)
    ]
    ratios += [
        Ratio(number.value, TOP, number.first, number.last)
        for number in counted
        if number.shape is Shape.OUT_OF_TEN and Around(tokens, number).counts_exercises()
    ]
    scores = [number for number in counted if number.shape is not Shape.RATIO and _is_score(tokens, number)]
    if are_drawn(tokens, counted):
        return [], ratios
    if any(number.value <= TOP for number in scores):
        scores = [
            number for number in scores if number.value <= TOP or not exceeds_unled(Around(tokens, number))
        ]
    if not scores:
        return [], ratios
    first = Around(tokens, scores[0])
    style = Style(names_follow_numbers(first), times_follow_numbers(first))
    return [_candidate(tokens, number, style) for number in scores], ratios


def _without_dashed_markers(tokens: Sequence[Token]) -> Sequence[Token]:
    """Return the tokens with the "1-" and "2-" of "1-5 2-Y" as signs, so that no range is read in them."""
    starts = [
        place
        for place in range(len(tokens) - 2)
        if tokens[place].text in {"1", "2"}
        and tokens[place + 1].text in {"-", "="}
        and not tokens[place].glued
        and (place == 0 or tokens[place].start > tokens[place - 1].end)
    ]
    if [tokens[place].text for place in starts] != ["1", "2"] or starts[0] != 0 or starts[1] < MARKED:
        return tokens
    if tokens[starts[1] + 2].text not in ANSWERS:
        return tokens
    gone = {place + step for place in starts for step in (0, 1)}
    return [
        replace(token, text=",", kind=Kind.MARK) if place in gone else token
        for place, token in enumerate(tokens)
    ]


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
    return bool(after and after[0].text in UNITS - EXERCISE_UNITS) or is_date(tokens, number)


def _starts(tokens: Sequence[Token], place: int) -> bool:
    return place == 0 or not tokens[place].glued


def _is_score(tokens: Sequence[Token], number: Number) -> bool:
    if number.shape in {Shape.ODD, Shape.SCALE} or number.value in HOTLINES:
        return False
    around = Around(tokens, number)
    shaded = is_shaded(around)
    denied = around.is_denied() and not (shaded or exceeds_the_scale(around))
    if around.has_odd_shape() or denied or around.is_phone_or_year() or around.is_vital_sign():
        return False
    if is_asked_about(around) or around.is_pronoun() or around.is_bare_top() or around.names_a_day():
        return False
    if is_engagement(tokens, around) or counts_what_follows(around) or is_of_another(around):
        return False
    if number.shape is Shape.OUT_OF_TEN:
        return not (around.counts_exercises() or is_judged(around) or is_rated_otherwise(around))
    if (
        is_claimed(around)
        or is_hour(around)
        or is_clock(around)
        or tells_the_hour(around)
        or is_difference(around)
        or is_limit(around)
        or is_judged(around)
        or is_vague(around)
        or is_end_of_scale(around)
    ):
        return False
    if is_in_an_area(around) or closes_a_report(around):
        return True
    if number.shape is Shape.PLAIN and stands_among_strangers(around) and not is_coloured(around):
        return False
    led = (
        shaded
        or not around.follows_a_stranger()
        or is_put_on(around)
        or is_coloured(around)
        or is_doubted(around)
        or is_introduced(around)
        or is_timed_by_therapy(around)
    )
    return led and not around.counts_something()


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
        behind_no=denies_the_one_before(around),
        part=part_of(around),
        first=number.first,
        last=number.last,
        rule="word" if number.in_words else "range" if high != number.value else "number",
    )
