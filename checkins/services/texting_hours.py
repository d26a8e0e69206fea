"""Choosing a practice's texting hours: within its state's, and so that nobody who is asked falls silent."""

from datetime import date, datetime, time

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from checkins.hours import TextingHours
from checkins.hours_choice import clock_words, refusal
from checkins.models import Plan
from networks.actors import Actor
from networks.errors import DomainError
from networks.models import Practice
from networks.services import organizations


def choose(
    practice: Practice,
    *,
    opens: time,
    closes: time,
    on_sunday: bool,
    today: date,
    actor: Actor,
    now: datetime,
) -> None:
    """Set from when until when a practice texts, in the patients' local time; holds from the next text on.

    `today` is the practice's local date. Raises DomainError, with its field, for hours out of order, outside those
    of the state or too short, and for an end at or before the hour at which somebody is asked.
    """
    hours = TextingHours(
        opens, closes, on_sunday=on_sunday, state=practice.state if settings.KEEP_STATE_HOURS else ""
    )
    if found := refusal(hours, today=today):
        raise DomainError(found.sentence, field=found.field)
    with transaction.atomic():
        _keep_everybody_asked(practice, closes=closes, today=today)
        organizations.set_texting_hours(
            practice,
            opens=opens.isoformat(),
            closes=closes.isoformat(),
            on_sunday=on_sunday,
            actor=actor,
            now=now,
        )


def _keep_everybody_asked(practice: Practice, *, closes: time, today: date) -> None:
    # A plan whose hour comes after the last text would never ask again, and nobody would be told.
    still = Q(ends_on=None) | Q(ends_on__gte=today)
    latest = Plan.objects.filter(still, practice=practice, send_at__gte=closes).order_by("-send_at")
    count = latest.count()
    if count:
        who = "1 patient is" if count == 1 else f"{count} patients are"
        at = clock_words(latest[0].send_at)
        raise DomainError(
            f"{who} asked at or after that time, the last at {at}: choose an end later than {at}.",
            field="texts_until",
        )
