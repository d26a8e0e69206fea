"""A drill once a week by itself, for practices that turned it on: always in office hours, one at a time."""

from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from checkins.models import Drill, WeeklyDrill
from checkins.services import drills
from networks import audit
from networks.actors import Actor
from networks.cover import PracticeCover, cover_of, office_of
from networks.errors import Conflict, DomainError
from networks.local_days import local_date, local_time
from networks.models import Practice


def set_weekly(
    practice: Practice, *, weekday: int | None, at: time, actor: Actor, now: datetime
) -> WeeklyDrill:
    """Have a drill started each week on a weekday (Monday is 0) from an hour on, or none at all, and return it.

    DomainError where the office is closed then: a drill proves something only when people are there.
    """
    if actor.user_id is None:
        raise DomainError("A person turns this on: sign in first.")
    hours = office_of(practice.pk).hours
    if weekday is not None and weekday not in hours.weekdays:
        raise DomainError("The office is closed on that day: choose one of its open days.", field="weekday")
    if weekday is not None and not hours.opens <= at < hours.closes:
        raise DomainError(
            f"Choose an hour in which the office is open: {hours.opens:%H:%M} to {hours.closes:%H:%M}.",
            field="at",
        )
    with transaction.atomic():
        kept, _ = WeeklyDrill.objects.update_or_create(
            practice=practice, defaults={"weekday": weekday, "at": at, "set_by_id": actor.user_id}
        )
        audit.record(
            "drill.weekly_set",
            actor=actor,
            subject_type="weekly_drill",
            subject_id=kept.pk,
            now=now,
            practice_id=practice.pk,
            details={"weekday": "off" if weekday is None else str(weekday), "at": f"{at:%H:%M}"},
        )
    return kept


def start_due(practice_id: UUID, *, now: datetime) -> Drill | None:
    """Start this week's drill if its hour has come, and return it; None where none is due or one was held today.

    It is started in the name of who turned it on, or of an admin when that person has left; while another
    drill runs it waits. Call inside the practice's scope.
    """
    kept = WeeklyDrill.objects.filter(practice_id=practice_id).select_related("practice").first()
    if kept is None or kept.weekday is None:
        return None
    cover = cover_of(practice_id, now=now)
    today = local_date(now, cover.zone)
    if today.weekday() != kept.weekday or local_time(now, cover.zone) < kept.at or not cover.is_open(at=now):
        return None
    last = Drill.objects.filter(practice_id=practice_id).order_by("-occurred_at").first()
    person = _person(kept, cover)
    if person is None or (last is not None and local_date(last.occurred_at, cover.zone) == today):
        return None
    try:
        return drills.start_drill(kept.practice, actor=Actor.person(person), now=now)
    except Conflict:
        return None


def _person(kept: WeeklyDrill, cover: PracticeCover) -> UUID | None:
    set_by: UUID = kept.set_by_id
    return set_by if set_by in cover.care else next(iter(cover.admins), None)
