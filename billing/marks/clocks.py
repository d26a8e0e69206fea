"""The two clocks: a 30-day window that counts days, a calendar month that counts minutes; always both."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from billing.code_set import ADD_ON_STEP_MINUTES, CODE_SET, WINDOW_DATES
from billing.marks import day_strip
from billing.marks.day_strip import WindowFacts

WIDTH = 240
FULL_MINUTES = 60  # the month bar ends at 98980 and two units of 98981


@dataclass(frozen=True, slots=True)
class MonthFacts:
    """One calendar month as counted: its first day, minutes, assistant's minutes, live contacts."""

    month: date
    minutes: int = 0
    live_contacts: int = 0
    pta_minutes: int = 0


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: how far it is filled, where its ticks stand, how much of its span has passed, its words."""

    filled: int
    passed: int
    ticks: tuple[int, ...]
    words: str
    detail: str
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class Clocks:
    """Days and minutes side by side; `days` is None before the first data day opened a window."""

    days: Bar | None
    minutes: Bar
    has_contact: bool


def draw(window: WindowFacts | None, month: MonthFacts, *, today: date) -> Clocks:
    """Lay out both clocks as seen on `today`."""
    return Clocks(
        days=_days_bar(window, today=today) if window else None,
        minutes=_minutes_bar(month, today=today),
        has_contact=month.live_contacts > 0,
    )


def _days_bar(window: WindowFacts, *, today: date) -> Bar:
    strip = day_strip.draw(window, today=today)
    gone = min(max((today - window.starts_on).days + 1, 0), WINDOW_DATES)
    floors = tuple(tick // day_strip.CELL_WIDTH + 1 for tick in strip.ticks)
    return Bar(
        filled=_scaled(strip.days, WINDOW_DATES),
        passed=_scaled(gone, WINDOW_DATES),
        ticks=tuple(_scaled(floor, WINDOW_DATES) for floor in floors),
        words=strip.words,
        detail=strip.outlook,
    )


def _minutes_bar(month: MonthFacts, *, today: date) -> Bar:
    last = month.month.replace(day=monthrange(month.month.year, month.month.month)[1])
    gone = min(max((today - month.month).days + 1, 0), last.day)
    floors = [tier.minimum for tier in CODE_SET.nearest(last).management_tiers]
    floors += [floors[-1] + ADD_ON_STEP_MINUTES, floors[-1] + 2 * ADD_ON_STEP_MINUTES]
    return Bar(
        filled=_scaled(min(month.minutes, FULL_MINUTES), FULL_MINUTES),
        passed=_scaled(gone, last.day),
        ticks=tuple(_scaled(floor, FULL_MINUTES) for floor in floors if floor < FULL_MINUTES),
        words=minutes_words(month),
        detail=_month_end(last, today=today),
    )


def minutes_words(month: MonthFacts) -> str:
    """Say the month's minutes and live contacts, such as "25 minutes, 1 live contact"."""
    minutes = f"{month.minutes} minute{'' if month.minutes == 1 else 's'}"
    if month.live_contacts == 0:
        return f"{minutes}, no live contact yet"
    calls = "1 live contact" if month.live_contacts == 1 else f"{month.live_contacts} live contacts"
    return f"{minutes}, {calls}"


def _month_end(last: date, *, today: date) -> str:
    if today > last:
        return f"{last:%B} is closed"
    left = (last - today).days
    if left == 0:
        return f"{last:%B} ends today"
    return f"{last:%B} ends in {left} day{'' if left == 1 else 's'}"


def _scaled(value: int, whole: int) -> int:
    return round(WIDTH * value / whole)
