"""When a practice's texts may go out: its hours and its state's, in the patient's own zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from checkins.state_hours import Span, state_span
from networks.local_days import instant_of, local_date

_SUNDAY = 7
_LOOK_AHEAD = 14  # days; whoever has no slot in two weeks has none at all


class NeverOpenError(ValueError):
    """The practice's hours and its state's have nothing in common."""


@dataclass(frozen=True)
class TextingHours:
    """From when until when, local time; whether Sundays count; the state whose hours hold too, "" for none."""

    opens: time
    closes: time
    on_sunday: bool = True
    state: str = ""

    def on(self, day: date) -> Span | None:
        """Return the hours of a local date, or None when nothing goes out that day.

        >>> TextingHours(time(9), time(20), state="TX").on(date(2026, 3, 8))
        Span(opens=datetime.time(12, 0), closes=datetime.time(20, 0))
        """
        if day.isoweekday() == _SUNDAY and not self.on_sunday:
            return None
        if not self.state:
            return Span(self.opens, self.closes)
        allowed = state_span(self.state, day)
        if allowed is None:
            return None
        opens, closes = max(self.opens, allowed.opens), min(self.closes, allowed.closes)
        return Span(opens, closes) if opens < closes else None


def asking_span(hours: TextingHours, *, today: date) -> Span | None:
    """Return from when until when an hour is one at which everybody is asked, as of the seven dates from `today`.

    An hour before a day's opening is asked at the opening; one at or after a day's end would be silent that day,
    so the earliest end counts. None where no day has texts, or no hour fits them all.

    >>> asking_span(TextingHours(time(9), time(20), state="RI"), today=date(2026, 3, 2))
    Span(opens=datetime.time(9, 0), closes=datetime.time(17, 0))
    """
    days = [hours.on(today + timedelta(days=away)) for away in range(7)]
    spans = [each for each in days if each is not None]
    if not spans:
        return None
    opens, closes = min(each.opens for each in spans), min(each.closes for each in spans)
    return Span(opens, closes) if opens < closes else None


@dataclass(frozen=True)
class Slot:
    """A span of one local date inside the texting hours: from the first instant, up to the second."""

    day: date
    opens_at: datetime
    closes_at: datetime

    def holds(self, instant: datetime) -> bool:
        """Tell whether an instant lies inside the slot."""
        return self.opens_at <= instant < self.closes_at


def slot_on(day: date, *, hours: TextingHours, zone: ZoneInfo) -> Slot | None:
    """Return the slot of a local date, or None on a day without texts."""
    span = hours.on(day)
    if span is None:
        return None
    return Slot(day, instant_of(day, span.opens, zone), instant_of(day, span.closes, zone))


def asked_at(day: date, send_at: time, *, hours: TextingHours, zone: ZoneInfo) -> datetime | None:
    """Return when a check-in of a local date goes out; None on a day without texts or whose texts end before.

    >>> lexington, kentucky = ZoneInfo("America/New_York"), TextingHours(time(9), time(20), state="KY")
    >>> str(asked_at(date(2026, 3, 3), time(9), hours=kentucky, zone=lexington))  # 10:00 there
    '2026-03-03 15:00:00+00:00'
    """
    slot = slot_on(day, hours=hours, zone=zone)
    if slot is None:
        return None
    at = max(slot.opens_at, instant_of(day, send_at, zone))
    return at if at < slot.closes_at else None


def next_slot(now: datetime, *, hours: TextingHours, zone: ZoneInfo) -> Slot:
    """Return the slot that holds an instant, or the first one after it; NeverOpenError when there is none."""
    today = local_date(now, zone)
    for away in range(_LOOK_AHEAD):
        slot = slot_on(today + timedelta(days=away), hours=hours, zone=zone)
        if slot is not None and now < slot.closes_at:
            return slot
    raise NeverOpenError("The practice's texting hours never meet its state's.")
