"""Change of pain: thresholds met exactly, windows at both ends, and what is too little to say anything."""

import doctest
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from reporting.instruments import pain_change as module
from reporting.instruments.pain_change import (
    PainReading,
    average_pain,
    daily_means,
    pain_change,
    pain_course,
    weekly_slope,
)

START = date(2026, 3, 1)


def readings(*pairs):
    """Return readings from (day after the start, value)."""
    return [PainReading(START + timedelta(days=day), Decimal(str(value))) for day, value in pairs]


# Baseline, end; then 2 points, 30 percent, 50 percent, worse, room to improve.
CHANGES = {
    "7 to 4": (7, 4, True, True, False, False, True),
    "3 to 2: a third, one point": (3, 2, False, True, False, False, True),
    "10 to 8: two points, a fifth": (10, 8, True, False, False, False, True),
    "10 to 7: thirty percent to the hair": (10, 7, True, True, False, False, True),
    "4 to 2: half to the hair": (4, 2, True, True, True, False, True),
    "just under two points": (
        Fraction(20, 3),
        Fraction(14, 3) + Fraction(1, 10**9),
        False,
        False,
        False,
        False,
        True,
    ),
    "halves": (Decimal("6.5"), Decimal("4.5"), True, True, False, False, True),
    "no change": (5, 5, False, False, False, False, True),
    "two points worse": (5, 7, False, False, False, True, True),
    "one and a half worse": (5, Decimal("6.5"), False, False, False, False, True),
    "little pain at first": (2, 0, True, True, True, False, False),
    "no pain at first": (0, 0, False, False, False, False, False),
    "no pain at first, then some": (0, 2, False, False, False, True, False),
}


@pytest.mark.parametrize(
    ("baseline", "end", "points", "share", "half", "worse", "room"), CHANGES.values(), ids=CHANGES
)
def test_change(baseline, end, points, share, half, worse, room):
    change = pain_change(baseline, end)
    found = (change.reached_points, change.reached_share, change.reached_substantial_share)
    assert found == (points, share, half)
    assert (change.worsened, change.has_room) == (worse, room)
    assert change.responded == (points and share)


def test_share_is_undefined_without_pain_at_first():
    assert pain_change(0, 3).share is None


@pytest.mark.parametrize(("baseline", "end"), [(11, 3), (3, 11), (-1, 3), (3, -1)])
def test_score_outside_the_scale_is_refused(baseline, end):
    with pytest.raises(ValueError, match="between 0 and 10"):
        pain_change(baseline, end)


@pytest.mark.parametrize("value", ["11", "-0.5", "NaN", "Infinity"])
def test_reading_outside_the_scale_is_refused(value):
    with pytest.raises(ValueError, match="between 0 and 10"):
        PainReading(START, Decimal(value))


@given(some.integers(0, 20), some.integers(0, 20))
def test_improving_and_worsening_mirror_each_other(first, second):
    there, back = (
        pain_change(Fraction(one, 2), Fraction(two, 2)) for one, two in ((first, second), (second, first))
    )
    assert there.improvement == -back.improvement
    assert there.reached_points == back.worsened


def course(*pairs, days=60):
    return pain_course(readings(*pairs), enrolled_on=START, until=START + timedelta(days=days))


@pytest.mark.parametrize(
    ("pairs", "baseline", "end"),
    [
        pytest.param([(0, 8), (60, 4)], 8, 4, id="one day at each end"),
        pytest.param([(0, 8), (1, 7), (2, 6), (3, 0), (60, 4)], 7, 4, id="first three days only"),
        pytest.param([(6, 8), (7, 1), (60, 4)], 8, 4, id="day 6 is in, day 7 is out"),
        pytest.param([(0, 8), (50, 9), (56, 3), (58, 4), (60, 5)], 8, 4, id="last three days only"),
        pytest.param([(0, 8), (46, 9), (47, 4)], 8, 4, id="the last 14 days begin on day 47"),
        pytest.param([(0, 8), (0, 6), (60, 4)], 7, 4, id="a day with two readings counts as their mean"),
        pytest.param([(0, 8), (60, 4), (61, 0), (-1, 0)], 8, 4, id="outside the episode"),
        pytest.param([(60, 4), (0, 8)], 8, 4, id="in any order"),
    ],
)
def test_ends_of_a_course(pairs, baseline, end):
    found = course(*pairs).change
    assert (found.baseline, found.end) == (baseline, end)


@pytest.mark.parametrize(
    ("pairs", "days", "reasons"),
    [
        pytest.param(
            [], 60, ("No reading in the first 7 days.", "No later reading in the last 14 days."), id="none"
        ),
        pytest.param([(7, 8), (60, 4)], 60, ("No reading in the first 7 days.",), id="late start"),
        pytest.param([(0, 8), (46, 4)], 60, ("No later reading in the last 14 days.",), id="early stop"),
        pytest.param(
            [(0, 8), (1, 7)], 5, ("No later reading in the last 14 days.",), id="one day serves once"
        ),
    ],
)
def test_not_measured_says_why(pairs, days, reasons):
    found = course(*pairs, days=days)
    assert found.change is None
    assert found.reasons == reasons


def test_days_used_are_told():
    found = course((0, 8), (2, 7), (59, 3), (60, 2))
    assert found.baseline_days == (START, START + timedelta(days=2))
    assert found.end_days == (START + timedelta(days=59), START + timedelta(days=60))


def test_end_before_start_is_refused():
    with pytest.raises(ValueError, match="cannot end before"):
        course(days=-1)


WORKED = [(0, 8), (7, 6), (14, 5), (28, 3)]


def test_worked_course():
    assert average_pain(readings(*WORKED)) == pytest.approx(5.125)
    assert weekly_slope(readings(*WORKED)) == pytest.approx(-1.2)


@pytest.mark.parametrize(
    ("pairs", "averaged", "sloped"),
    [
        pytest.param([], False, False, id="nothing"),
        pytest.param([(0, 8), (14, 4)], False, False, id="two days"),
        pytest.param([(0, 8), (7, 5), (14, 4)], True, False, id="three days over fourteen"),
        pytest.param([(0, 8), (3, 7), (7, 5), (13, 4)], False, False, id="thirteen days"),
        pytest.param([(0, 8), (3, 7), (7, 5), (14, 4)], True, True, id="four days over fourteen"),
        pytest.param([(0, 8), (3, 7), (7, 5), (22, 4)], False, True, id="a gap of fifteen days"),
    ],
)
def test_too_sparse_says_nothing(pairs, averaged, sloped):
    assert (average_pain(readings(*pairs)) is not None) == averaged
    assert (weekly_slope(readings(*pairs)) is not None) == sloped


def test_daily_means_are_exact_and_in_order():
    assert daily_means(readings((3, 1), (0, 8), (0, 7), (0, 7))) == {
        START: Fraction(22, 3),
        START + timedelta(days=3): Fraction(1),
    }


def test_examples_in_docstrings_hold():
    outcome = doctest.testmod(module)
    assert outcome.attempted
    assert outcome.failed == 0
