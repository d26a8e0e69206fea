"""Setting a patient's row aside until a date, and taking that back; danger is never set aside."""

from datetime import date, datetime, timedelta

from django.db import transaction

from checkins.models import Alert, Snooze
from networks import audit, work
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.local_days import local_date, zone_named
from networks.turns import take_turn
from patients.models import Episode

LONGEST_DAYS = 31  # our choice: nobody is out of sight for longer than a month


def snooze(episode: Episode, *, until: date, reason: str, actor: Actor, now: datetime) -> Snooze:
    """Set an episode aside until a patient-local date and return the snooze.

    DomainError without a reason or with a date out of reach; Conflict while a danger sign is open. Asking
    for the same once more, as a double click does, returns the one that stands.
    """
    reason = _checked(episode, until=until, reason=reason, now=now)
    with transaction.atomic():
        take_turn("snooze", episode.pk)
        if _has_danger(episode):
            raise Conflict(
                "A danger sign is open: call, and close it with what was done. It is never set aside."
            )
        standing = _standing(episode)
        if standing is not None and (standing.until, standing.reason) == (until, reason):
            return standing
        made = _record(episode, until=until, reason=reason, actor=actor, now=now)
        _note("patient.snoozed", made, actor=actor, now=now)
    return made


def end(snoozed: Snooze, *, actor: Actor, now: datetime) -> None:
    """Bring a row back before its date; doing so twice changes nothing."""
    with transaction.atomic():
        take_turn("snooze", snoozed.episode_id)
        if Snooze.objects.filter(practice_id=snoozed.practice_id, ends=snoozed).exists():
            return
        made = _record(snoozed.episode, until=snoozed.until, reason="", actor=actor, now=now, ends=snoozed)
        _note("patient.snooze_ended", made, actor=actor, now=now)


def _checked(episode: Episode, *, until: date, reason: str, now: datetime) -> str:
    reason = reason.strip().replace("\x00", "")
    today = local_date(now, zone_named(episode.patient.time_zone))
    if not reason:
        raise DomainError("Say in a few words why this can wait.", field="reason")
    if len(reason) > 200:
        raise DomainError("Shorten the reason to 200 letters.", field="reason")
    if until <= today:
        raise DomainError("Choose a day after today.", field="until")
    if until > today + timedelta(days=LONGEST_DAYS):
        raise DomainError(f"Choose a day within the next {LONGEST_DAYS} days.", field="until")
    return reason


def _has_danger(episode: Episode) -> bool:
    flags = Alert.objects.filter(
        practice_id=episode.practice_id, patient_id=episode.patient_id, kind=Alert.Kind.RED_FLAG
    )
    return flags.open().exists()


def _standing(episode: Episode) -> Snooze | None:
    rows = Snooze.objects.filter(practice_id=episode.practice_id, episode=episode)
    return rows.standing().order_by("-occurred_at", "-id").first()


def _record(
    episode: Episode, *, until: date, reason: str, actor: Actor, now: datetime, ends: Snooze | None = None
) -> Snooze:
    return Snooze.objects.create(
        practice_id=episode.practice_id,
        episode=episode,
        until=until,
        reason=reason,
        by_id=actor.user_id,
        ends=ends,
        occurred_at=now,
        recorded_at=now,
    )


def _note(action: str, made: Snooze, *, actor: Actor, now: datetime) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="snooze",
        subject_id=made.pk,
        now=now,
        practice_id=made.practice_id,
        patient_id=made.episode.patient_id,
        details={"until": made.until.isoformat()},
    )
    work.ring(made.practice_id, work.Queue.SEAL, at=now)
