"""How figures and dates are put into words on every page."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import template

register = template.Library()


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
