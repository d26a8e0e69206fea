"""Change of pain on the numeric rating scale of 0-10 (NPRS), and who counts as having improved.

Means of up to three days stand for the start and the end: single readings exaggerate regression to the
mean. All figures are exact fractions, so that "30 percent" and "2 points" are met or not, never nearly.
Positive change is always improvement.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from reporting.statistics import area_under_curve, least_squares

# The scale's ends (NPRS: 0 no pain, 10 worst imaginable).
_LEAST, _MOST = 0, 10

# Thresholds of low back pain consensus (Ostelo and others, Spine 2008): 2 points or 30 percent; "much better"
# in chronic musculoskeletal pain is 2 points or 33 percent (Salaffi and others, European Journal of Pain
# 2004). 50 percent is a substantial change (IMMPACT, Dworkin and others, Journal of Pain 2008).
POINTS = 2
SHARE = Fraction(30, 100)
SUBSTANTIAL_SHARE = Fraction(50, 100)

# House rules, all shown with the figure they shape.
LEAST_BASELINE = 3  # below this a change of 2 points and 30 percent has little room
_DAYS_EACH = 3  # readings of up to this many days are averaged at either end
_BASELINE_DAYS = 7  # days 0 to 6 after enrollment
_END_DAYS = 14  # the last 14 days
_LONGEST_GAP = 14
_SHORTEST_SPAN = 14
_FEWEST_FOR_AREA = 3
_FEWEST_FOR_SLOPE = 4


@dataclass(frozen=True)
class PainReading:
    """One reading of 0-10 on a date in the patient's zone; halves are fine."""

    on: date
    value: Decimal

    def __post_init__(self) -> None:
        if not (self.value.is_finite() and _LEAST <= self.value <= _MOST):
            raise ValueError("A pain reading lies between 0 and 10.")


@dataclass(frozen=True)
class PainChange:
    """From a baseline to an end: the improvement in points and as a share, and what it amounts to."""

    baseline: Fraction
    end: Fraction
    improvement: Fraction
    share: Fraction | None
    reached_points: bool
    reached_share: bool
    reached_substantial_share: bool
    worsened: bool
    has_room: bool

    @property
    def responded(self) -> bool:
        """Tell whether both the points and the share were reached."""
        return self.reached_points and self.reached_share


@dataclass(frozen=True)
class PainCourse:
    """An episode's change with the days it rests on; `change` is None when it was not measured, with why."""

    change: PainChange | None
    baseline_days: tuple[date, ...]
    end_days: tuple[date, ...]
    reasons: tuple[str, ...]


def pain_change(baseline: Decimal | Fraction | int, end: Decimal | Fraction | int) -> PainChange:
    """Return the change between two pain scores of 0-10; raise ValueError for a score outside.

    >>> change = pain_change(7, 4)
    >>> change.improvement, change.share, change.responded
    (Fraction(3, 1), Fraction(3, 7), True)
    >>> change = pain_change(3, 2)
    >>> change.reached_share, change.reached_points
    (True, False)
    """
    first, last = Fraction(baseline), Fraction(end)
    if not (_LEAST <= first <= _MOST and _LEAST <= last <= _MOST):
        raise ValueError("A pain score lies between 0 and 10.")
    improvement = first - last
    share = improvement / first if first else None
    return PainChange(
        baseline=first,
        end=last,
        improvement=improvement,
        share=share,
        reached_points=improvement >= POINTS,
        reached_share=share is not None and share >= SHARE,
        reached_substantial_share=share is not None and share >= SUBSTANTIAL_SHARE,
        worsened=-improvement >= POINTS,
        has_room=first >= LEAST_BASELINE,
    )


def pain_course(readings: Iterable[PainReading], *, enrolled_on: date, until: date) -> PainCourse:
    """Return the change from the first week after enrollment to the last 14 days up to `until`, both included.

    Several readings of one day count as their mean. A day that served for the baseline does not serve for
    the end as well. Readings outside the two windows do not matter.
    """
    if until < enrolled_on:
        raise ValueError("An episode cannot end before it began.")
    days = daily_means(reading for reading in readings if enrolled_on <= reading.on <= until)
    first_week = enrolled_on + timedelta(days=_BASELINE_DAYS)
    baseline = [day for day in days if day < first_week][:_DAYS_EACH]
    last_days = until - timedelta(days=_END_DAYS)
    end = [day for day in days if day > last_days and day not in baseline][-_DAYS_EACH:]
    reasons = tuple(
        reason
        for found, reason in (
            (baseline, f"No reading in the first {_BASELINE_DAYS} days."),
            (end, f"No later reading in the last {_END_DAYS} days."),
        )
        if not found
    )
    change = None if reasons else pain_change(_mean(days, baseline), _mean(days, end))
    return PainCourse(change, tuple(baseline), tuple(end), reasons)


def daily_means(readings: Iterable[PainReading]) -> dict[date, Fraction]:
    """Return each day's mean reading, days in ascending order."""
    by_day: defaultdict[date, list[Decimal]] = defaultdict(list)
    for reading in readings:
        by_day[reading.on].append(reading.value)
    return {day: sum(map(Fraction, by_day[day]), Fraction()) / len(by_day[day]) for day in sorted(by_day)}


def average_pain(readings: Iterable[PainReading]) -> float | None:
    """Return pain averaged over time (area under the course divided by its days); None when too sparse.

    It needs 3 days with readings over at least 14 days and no gap of more than 14 days.
    """
    days, values = _course(readings)
    if not _is_dense(days, fewest=_FEWEST_FOR_AREA):
        return None
    if any(later - earlier > _LONGEST_GAP for earlier, later in pairwise(days)):
        return None
    return area_under_curve(days, values) / (days[-1] - days[0])


def weekly_slope(readings: Iterable[PainReading]) -> float | None:
    """Return the least-squares change of pain in points per week; None with under 4 days over 14 days."""
    days, values = _course(readings)
    if not _is_dense(days, fewest=_FEWEST_FOR_SLOPE):
        return None
    return least_squares(days, values)[0] * 7


def _mean(values: dict[date, Fraction], days: Sequence[date]) -> Fraction:
    return sum((values[day] for day in days), Fraction()) / len(days)


def _course(readings: Iterable[PainReading]) -> tuple[list[int], list[float]]:
    """Return day numbers counted from the first reading, and the mean of each day."""
    means = daily_means(readings)
    first = min(means, default=date.min)
    return [(day - first).days for day in means], [float(value) for value in means.values()]


def _is_dense(days: Sequence[int], *, fewest: int) -> bool:
    return len(days) >= fewest and days[-1] - days[0] >= _SHORTEST_SPAN
