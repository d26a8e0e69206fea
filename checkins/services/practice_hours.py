"""A practice's texting hours as they hold now, with its state's."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from checkins.hours import NeverOpenError, Slot, TextingHours, asking_span, next_slot
from checkins.state_hours import Span
from networks.errors import DomainError
from networks.local_days import zone_named
from networks.models import Practice

_NEVER = "The texting hours of this practice lie outside those of its state: change them in the settings."
_BEFORE_THE_END = timedelta(hours=1)  # our choice: whoever is asked last still has an hour of texts
_HOURS = ("texts_from", "texts_until", "texts_on_sunday", "state")
# For whoever reads the hours along with other statements in one round trip.
HOURS_OF = f"SELECT {', '.join(_HOURS)} FROM {Practice._meta.db_table} WHERE id = %(practice)s"  # noqa: S608 - constants


def hours_of(practice: Practice) -> TextingHours:
    """Return a practice's texting hours; its state's hold too, except in demonstrations (KEEP_STATE_HOURS)."""
    return TextingHours(
        practice.texts_from,
        practice.texts_until,
        on_sunday=practice.texts_on_sunday,
        state=practice.state if settings.KEEP_STATE_HOURS else "",
    )


def slot_for(practice: Practice, *, zone: str, now: datetime) -> Slot:
    """Return the slot in which a text written now may leave; DomainError when there is never one."""
    try:
        return next_slot(now, hours=hours_of(practice), zone=zone_named(zone))
    except NeverOpenError:
        raise DomainError(_NEVER) from None


def asking_span_of(practice: Practice, *, today: date) -> Span:
    """Return the hours at which a check-in may be set, its state's kept too; DomainError when there are none."""
    span = asking_span(hours_of(practice), today=today)
    if span is None:
        raise DomainError(_NEVER)
    return span


def fitting_hour(practice: Practice, wanted: time, *, today: date) -> time:
    """Return an hour at which everybody is asked: the one wanted, else the nearest that the hours allow."""
    span = asking_span_of(practice, today=today)
    if wanted < span.opens:
        return span.opens
    latest = (datetime.combine(today, span.closes) - _BEFORE_THE_END).time()
    return wanted if wanted < span.closes else max(span.opens, latest)


def hours_around(practice_id: UUID, *, now: datetime) -> dict[str, list[Any]]:
    """Return a practice's texting hours on the local dates that some place on earth has now, column by column."""
    return columns_around(Practice.objects.values_list(*_HOURS).get(pk=practice_id), now=now)


def columns_around(found: Sequence[Any], *, now: datetime) -> dict[str, list[Any]]:
    """As `hours_around`, from the row that `HOURS_OF` finds."""
    hours = hours_of(Practice(**dict(zip(_HOURS, found, strict=True))))
    days = [now.date() + timedelta(days=away) for away in (-1, 0, 1)]
    spans = [(day, span) for day in days if (span := hours.on(day))]
    return {
        "hour_days": [day for day, _ in spans],
        "hour_opens": [span.opens for _, span in spans],
        "hour_closes": [span.closes for _, span in spans],
    }
