"""Windows and months as the marks want them, from rows or from the JSON of a sub-select."""

from calendar import monthrange
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from billing.marks.clocks import MonthFacts
from billing.marks.day_strip import WindowFacts
from billing.models import EpisodeMonth, EpisodeWindow


def window_facts(
    window: EpisodeWindow, *, asked: Iterable[date] = (), uncounted: Iterable[tuple[date, str]] = ()
) -> WindowFacts:
    """Return one decided window with the dates that were asked without an answer."""
    return WindowFacts(
        starts_on=window.starts_on,
        ends_on=window.ends_on,
        clipped_to=window.clipped_to,
        data_days=frozenset(date.fromisoformat(day) for day in window.dates),
        asked=frozenset(asked),
        uncounted=tuple(uncounted),
    )


def window_from_json(found: Mapping[str, Any] | None, *, asked: Iterable[date] = ()) -> WindowFacts | None:
    """Return the window of a sub-select's JSON object; None for none."""
    if not found:
        return None
    return WindowFacts(
        starts_on=date.fromisoformat(found["starts_on"]),
        ends_on=date.fromisoformat(found["ends_on"]),
        clipped_to=date.fromisoformat(found["clipped_to"]),
        data_days=frozenset(date.fromisoformat(day) for day in found["dates"]),
        asked=frozenset(asked),
    )


def month_facts(month: EpisodeMonth | None, *, today: date) -> MonthFacts:
    """Return one counted month; nothing counted yet for none."""
    if month is None:
        return MonthFacts(today.replace(day=1))
    return MonthFacts(month.month, month.minutes, month.live_contacts, month.pta_minutes)


def month_from_json(found: Mapping[str, Any] | None, *, today: date) -> MonthFacts:
    """Return the month of a sub-select's JSON object; nothing counted yet for none."""
    if not found:
        return MonthFacts(today.replace(day=1))
    return MonthFacts(date.fromisoformat(found["month"]), found["minutes"], found["contacts"], found["pta"])


def last_of_month(day: date) -> date:
    """Return the last date of the calendar month of `day`."""
    return day.replace(day=monthrange(day.year, day.month)[1])
