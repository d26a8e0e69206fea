"""Who is on call when, and when the office is open: weekly hours in the practice's own zone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from networks.local_days import instant_of, local_date, local_time

_WEEKEND = 5
_LONGEST_CLOSED = 15  # days looked ahead; a week that has no open day at all never opens


@dataclass(frozen=True)
class Shift:
    """One person's weekly hours; Monday is 0; hours that end at or before their start end the next day."""

    person: UUID
    weekday: int
    starts: time
    ends: time
    is_backup: bool = False


@dataclass(frozen=True)
class OfficeHours:
    """When somebody reads what patients write: weekdays with Monday as 0, local time."""

    opens: time = time(8, 0)
    closes: time = time(18, 0)
    weekdays: frozenset[int] = frozenset(range(_WEEKEND))


def on_call(
    shifts: Iterable[Shift], *, at: datetime, zone: ZoneInfo, as_backup: bool = False
) -> tuple[UUID, ...]:
    """Return who is on call at an instant, in the order of the shifts, each person once."""
    clock, today = local_time(at, zone), local_date(at, zone).weekday()
    held = (
        each.person
        for each in shifts
        if each.is_backup == as_backup and _holds(each, clock=clock, weekday=today)
    )
    return tuple(dict.fromkeys(held))


def _holds(shift: Shift, *, clock: time, weekday: int) -> bool:
    if shift.starts < shift.ends:
        return weekday == shift.weekday and shift.starts <= clock < shift.ends
    begun_today = weekday == shift.weekday and clock >= shift.starts
    begun_yesterday = weekday == (shift.weekday + 1) % 7 and clock < shift.ends
    return begun_today or begun_yesterday


def is_open(hours: OfficeHours, *, at: datetime, zone: ZoneInfo) -> bool:
    """Tell whether the office is open at an instant.

    >>> monday = datetime.fromisoformat("2026-03-02T15:00:00+00:00")
    >>> is_open(OfficeHours(), at=monday, zone=ZoneInfo("America/Chicago"))
    True
    """
    clock = local_time(at, zone)
    return local_date(at, zone).weekday() in hours.weekdays and hours.opens <= clock < hours.closes


def next_opening(hours: OfficeHours, *, at: datetime, zone: ZoneInfo) -> datetime:
    """Return when the office opens next, or the instant itself while it is open or when it never opens."""
    if is_open(hours, at=at, zone=zone):
        return at
    today = local_date(at, zone)
    for ahead in range(_LONGEST_CLOSED):
        day = today + timedelta(days=ahead)
        opens = instant_of(day, hours.opens, zone)
        if day.weekday() in hours.weekdays and opens >= at:
            return opens
    return at


def after_open_time(hours: OfficeHours, *, start: datetime, span: timedelta, zone: ZoneInfo) -> datetime:
    """Return the instant at which so much open time has passed since a start; nights and closed days do not count."""
    at, left = next_opening(hours, at=start, zone=zone), span
    while is_open(hours, at=at, zone=zone):
        closes = instant_of(local_date(at, zone), hours.closes, zone)
        if at + left < closes:
            return at + left
        left -= closes - at
        at = next_opening(hours, at=closes, zone=zone)
    return at + left
