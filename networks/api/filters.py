"""Filters by date: plain calendar dates in the address, instants in the practice's own time zone behind it."""

from datetime import date, timedelta
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import QuerySet
from django_filters import (  # type: ignore[import-untyped] # no types are published; only this module imports it
    BooleanFilter,
    CharFilter,
    ChoiceFilter,
    DateFilter,
    FilterSet,
    UUIDFilter,
)

from networks.api.callers import scope_of_call
from networks.local_days import start_of_day, zone_named

__all__ = [
    "FIRST",
    "LAST",
    "BooleanFilter",
    "CharFilter",
    "ChoiceFilter",
    "DayFilter",
    "FilterSet",
    "InstantsFrom",
    "InstantsUntil",
    "UUIDFilter",
    "days_from",
    "days_until",
]

FIRST, LAST = date(1900, 1, 1), date(2100, 12, 31)
_WITHIN = [
    MinValueValidator(FIRST, f"Use a date from {FIRST} on."),
    MaxValueValidator(LAST, f"Use a date until {LAST}."),
]


class DayFilter(DateFilter):  # type: ignore[misc] # django-filter has no types
    """A column of dates, from or until a date, both included."""

    def __init__(self, field_name: str, lookup: str, **more: Any) -> None:  # noqa: ANN401 - the field's arguments
        super().__init__(field_name, lookup, validators=_WITHIN, input_formats=["%Y-%m-%d"], **more)


class InstantsFrom(DayFilter):
    """A column of instants, from the first of a local date on."""

    def __init__(self, field_name: str) -> None:
        super().__init__(field_name, "gte", label="On or after this date, in the practice's time zone.")

    def filter(self, qs: QuerySet[Any], value: date | None) -> QuerySet[Any]:
        """Keep rows on or after the local date."""
        return qs if value is None else self._cut(qs, value)

    def _cut(self, qs: QuerySet[Any], day: date) -> QuerySet[Any]:
        zone = zone_named(scope_of_call(self.parent.request).time_zone)
        return qs.filter(**{f"{self.field_name}__{self.lookup_expr}": start_of_day(day, zone)})


class InstantsUntil(InstantsFrom):
    """A column of instants, until the last of a local date."""

    def __init__(self, field_name: str) -> None:
        DayFilter.__init__(
            self, field_name, "lt", label="On or before this date, in the practice's time zone."
        )

    def _cut(self, qs: QuerySet[Any], day: date) -> QuerySet[Any]:
        return super()._cut(qs, day + timedelta(days=1))


def days_from(field_name: str) -> DayFilter:
    """Return a filter that keeps dates on or after the one given."""
    return DayFilter(field_name, "gte", label="On or after this date.")


def days_until(field_name: str) -> DayFilter:
    """Return a filter that keeps dates on or before the one given."""
    return DayFilter(field_name, "lte", label="On or before this date.")
