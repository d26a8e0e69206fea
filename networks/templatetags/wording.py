"""How figures and dates are put into words on every page."""

import re
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template

register = template.Library()

_WRITTEN_DATE = re.compile(r"\b(\d{4}-\d{2}-\d{2})\b")


@register.filter
def day(value: date | None) -> str:
    """Return a date as people say it, such as "Tue 3 Mar"; empty for none."""
    return f"{value:%a} {value.day} {value:%b}" if value else ""


@register.filter
def clock_in(value: datetime | None, zone: str) -> str:
    """Return the time of day of an instant in a zone, such as "9:05"; empty for none."""
    if value is None:
        return ""
    local = value.astimezone(ZoneInfo(zone))
    return f"{local.hour}:{local:%M}"


@register.filter
def day_in(value: datetime | None, zone: str) -> str:
    """Return the date of an instant in a zone as people say it."""
    return day(value.astimezone(ZoneInfo(zone)).date()) if value else ""


@register.filter
def moment_in(value: datetime | None, zone: str) -> str:
    """Return the date and time of day of an instant in a zone, such as "Tue 3 Mar, 9:05"; empty for none."""
    return f"{day_in(value, zone)}, {clock_in(value, zone)}" if value else ""


@register.filter
def spoken(sentence: str) -> str:
    """Return a sentence with its dates, kept as 2026-03-16, as people say them: 16 Mar 2026."""
    return _WRITTEN_DATE.sub(_said, sentence)


def _said(found: re.Match[str]) -> str:
    try:
        value = date.fromisoformat(found[1])
    except ValueError:
        # Digits that only look like a date, in a reference for example.
        return found[1]
    return f"{value.day} {value:%b %Y}"
