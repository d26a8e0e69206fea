"""Which dates with readings are data days, and why the others are not."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.document import DateRange, Document, ExclusionKind, Reading, ReadingSource
from networks.local_days import local_date

EXCLUSION_WORDS = {
    ExclusionKind.RPM: "remote physiologic monitoring",
    ExclusionKind.OTHER_RTM: "remote therapeutic monitoring by another practice",
    ExclusionKind.HOME_HEALTH: "a home-health plan",
    ExclusionKind.INPATIENT: "an inpatient stay",
}


@dataclass(frozen=True, slots=True)
class ReadingDate:
    """A date in the patient's zone with readings; without objections it is a data day.

    `readings` are those it rests on, in order of time: staff-entered ones only where there are no others.
    """

    day: date
    objections: tuple[str, ...]
    readings: tuple[Reading, ...]

    @property
    def is_data_day(self) -> bool:
        """Whether the date counts."""
        return not self.objections


@dataclass(frozen=True, slots=True)
class _Condition:
    """What to say of a date that none of the ranges holds or, for a bar, that one of them holds."""

    objection: str
    ranges: tuple[DateRange, ...]
    is_bar: bool = False

    def failing(self, days: Sequence[date]) -> set[date]:
        """Those of the ascending days that it speaks against."""
        held: set[date] = set()
        for each in self.ranges:
            end = len(days) if each.last is None else bisect_right(days, each.last)
            held.update(days[bisect_left(days, each.first) : end])
        return held if self.is_bar else set(days) - held


def assess_reading_dates(document: Document) -> tuple[ReadingDate, ...]:
    """Every date with readings, ascending, up to `as_of`."""
    readings = _readings_by_day(document)
    days = sorted(readings)
    objections: dict[date, list[str]] = {day: [] for day in days}
    for condition in (*_grounds(document), *_bars(document)):
        for day in condition.failing(days):
            objections[day].append(condition.objection)
    return tuple(_assess_date(day, readings=readings[day], objections=objections[day]) for day in days)


def _readings_by_day(document: Document) -> dict[date, list[Reading]]:
    found: dict[date, list[Reading]] = defaultdict(list)
    for reading in sorted(document.readings, key=lambda each: (each.at, each.id or "")):
        day = local_date(reading.at, document.patient_time_zone)
        if day <= document.as_of:
            found[day].append(reading)
    return found


def _assess_date(day: date, *, readings: list[Reading], objections: list[str]) -> ReadingDate:
    # Staff-entered values never count: they were at the heart of the 2024 settlement on monitoring (S29).
    given = [each for each in readings if each.source is not ReadingSource.STAFF]
    staff_only = () if given else ("values entered by staff only",)
    return ReadingDate(day, (*staff_only, *objections), tuple(given or readings))


def _grounds(document: Document) -> tuple[_Condition, ...]:
    setup, covered_from = document.known_setup, document.payer.covered_from
    plans = tuple(plan.dates for plan in document.rtm_plans)
    return (
        _Condition("outside the episode of care", (document.episode.dates,)),
        _Condition("outside the consent", (document.consent,) if document.consent else ()),
        _Condition("in no plan of care that names RTM", plans),
        _Condition("before set-up was completed", (DateRange(setup.completed_on, None),) if setup else ()),
        _Condition("before the payer's coverage began", (DateRange(covered_from or date.min, None),)),
    )


def _bars(document: Document) -> tuple[_Condition, ...]:
    ranges: dict[ExclusionKind, list[DateRange]] = defaultdict(list)
    for exclusion in document.exclusions:
        ranges[exclusion.kind].append(exclusion.dates)
    return tuple(
        _Condition(f"during {EXCLUSION_WORDS[kind]}", tuple(ranges[kind]), is_bar=True)
        for kind in ExclusionKind
        if kind in ranges
    )
