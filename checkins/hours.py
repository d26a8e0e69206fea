"""When a practice's texts may go out: its hours, in the patient's own zone."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from networks.local_days import instant_of, local_date

_SUNDAY = 6


@dataclass(frozen=True)
class TextingHours:
    """From when until when, local time, and whether Sundays count."""

    opens: time
    closes: time
    on_sunday: bool = True


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
    """Return the slot of a local date, or None on a Sunday without texts."""
    if day.weekday() == _SUNDAY and not hours.on_sunday:
        return None
    return Slot(day, instant_of(day, hours.opens, zone), instant_of(day, hours.closes, zone))


def next_slot(now: datetime, *, hours: TextingHours, zone: ZoneInfo) -> Slot:
    """Return the slot that holds an instant, or the first one after it."""
    day = local_date(now, zone)
    while True:
        slot = slot_on(day, hours=hours, zone=zone)
        if slot is not None and now < slot.closes_at:
            return slot
        day += timedelta(days=1)
