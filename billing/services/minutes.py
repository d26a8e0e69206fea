"""Minutes of management: calls and other time are noted, never edited; a wrong entry is taken back by a new one."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.models import TimeEntry
from billing.services import worked_time
from billing.services.worked_time import MESSAGE_LEFT, NOTED_BY_HAND, WorkedTime, call
from checkins.services.touching import touch
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.local_days import zone_named
from networks.models import AuditEntry, Clinician, Practice, User
from patients.models import Episode


def log_call(
    episode: Episode,
    *,
    clinician: Clinician | None,
    by: User,
    started_at: datetime,
    ended_at: datetime,
    mode: str,
    topic: str,
    reached: bool,
    actor: Actor,
    now: datetime,
    spoke_with: str = TimeEntry.SpokeWith.NOBODY,
    left_message: bool = False,
    is_timed: bool = False,
) -> TimeEntry:
    """Note a call with the patient or caregiver and return the entry; DomainError for times that cannot be.

    `is_timed` says that the server saw both its start and its stop.
    """
    worked = call(
        episode,
        clinician=clinician,
        by=by,
        started_at=started_at,
        ended_at=ended_at,
        mode=mode,
        topic=topic,
        reached=reached,
    )
    if reached:
        worked = replace(worked, spoke_with=spoke_with)
    elif left_message:
        worked = replace(worked, reason=MESSAGE_LEFT)
    if is_timed:
        reason = "" if worked.reason == NOTED_BY_HAND else worked.reason
        worked = replace(worked, origin=TimeEntry.Origin.TIMED, reason=reason)
    return log_many([worked], practice_id=episode.practice_id, actor=actor, now=now)[0]


def log_time(
    episode: Episode,
    *,
    clinician: Clinician | None,
    by: User,
    started_at: datetime,
    ended_at: datetime,
    activity: str,
    reason: str,
    actor: Actor,
    now: datetime,
    in_billed_visit: bool = False,
) -> TimeEntry:
    """Note time entered by hand and return the entry; DomainError without a reason or with times that cannot be."""
    worked = WorkedTime(
        episode=episode,
        clinician=clinician,
        by=by,
        started_at=started_at,
        ended_at=ended_at,
        activity=activity,
        reason=reason.strip(),
        in_billed_visit=in_billed_visit,
    )
    return log_many([worked], practice_id=episode.practice_id, actor=actor, now=now)[0]


def log_many(
    worked: Sequence[WorkedTime], *, practice_id: UUID, actor: Actor, now: datetime
) -> list[TimeEntry]:
    """Note many stretches of time of one practice and return the entries, in six statements or fewer.

    Either all are noted or none: DomainError for the first that cannot be, Conflict for one noted before.
    """
    if not worked:
        return []
    zone = zone_named(Practice.objects.values_list("time_zone", flat=True).get(pk=practice_id))
    for each in worked:
        worked_time.check(each, practice_id=practice_id, zone=zone, now=now)
    entries = [_entry(each, practice_id=practice_id, now=now) for each in worked]
    with transaction.atomic():
        _take_turns({each.episode_id for each in entries}, practice_id=practice_id)
        _refuse_repeats(entries, practice_id=practice_id)
        TimeEntry.objects.bulk_create(entries)
        _audit("time.logged", entries=entries, actor=actor, now=now)
        touch([each.episode_id for each in entries], practice_id=practice_id, now=now)
    return entries


def void(entry: TimeEntry, *, reason: str, actor: Actor, now: datetime) -> TimeEntry:
    """Take an entry back by a new one that names it, and return the new one; Conflict when that was done before."""
    if not reason.strip():
        raise DomainError("Say why the entry is taken back.", field="reason")
    if entry.voids_id is not None:
        raise DomainError("This entry takes another one back: enter the time anew instead.")
    with transaction.atomic():
        _take_turns({entry.episode_id}, practice_id=entry.practice_id)
        if TimeEntry.objects.filter(practice_id=entry.practice_id, voids=entry).exists():
            raise Conflict("This entry was taken back already.")
        taking_back = TimeEntry(
            practice_id=entry.practice_id,
            episode_id=entry.episode_id,
            clinician_id=entry.clinician_id,
            by_id=actor.user_id or entry.by_id,
            credential=entry.credential,
            started_at=entry.started_at,
            ended_at=entry.ended_at,
            activity=entry.activity,
            mode=entry.mode,
            spoke_with=entry.spoke_with,
            origin=TimeEntry.Origin.MANUAL,
            reason=reason.strip(),
            voids=entry,
            occurred_at=now,
            recorded_at=now,
        )
        taking_back.save(force_insert=True)
        _audit("time.voided", entries=[taking_back], actor=actor, now=now)
        touch([entry.episode_id], practice_id=entry.practice_id, now=now)
    return taking_back


def _entry(worked: WorkedTime, *, practice_id: UUID, now: datetime) -> TimeEntry:
    return TimeEntry(
        practice_id=practice_id,
        episode=worked.episode,
        clinician=worked.clinician,
        by=worked.by,
        credential=worked_time.credential_of(worked.clinician, discipline=worked.episode.discipline),
        started_at=worked.first_second,
        ended_at=worked.last_second,
        activity=worked.activity,
        live_contact=worked.live_contact,
        in_billed_visit=worked.in_billed_visit,
        mode=worked.mode,
        topic=worked.topic.strip(),
        spoke_with=worked.spoke_with,
        origin=worked.origin,
        reason=worked.reason.strip(),
        occurred_at=worked.ended_at,
        recorded_at=now,
    )


def _take_turns(episode_ids: set[UUID], *, practice_id: UUID) -> None:
    """Let two clicks at once follow one another; facts themselves cannot be locked, their episodes can."""
    rows = Episode.objects.filter(practice_id=practice_id, pk__in=episode_ids)
    list(rows.order_by("patient_id", "starts_on", "pk").select_for_update(no_key=True).values_list("pk"))


def _refuse_repeats(entries: Sequence[TimeEntry], *, practice_id: UUID) -> None:
    """Refuse what the same person noted before for the same episode and the same seconds: a second click.

    Of time that the server saw the start says it all: the second click only stops it later.
    """
    standing = TimeEntry.objects.filter(
        practice_id=practice_id,
        episode_id__in={each.episode_id for each in entries},
        started_at__in={each.started_at for each in entries},
        voids=None,
        voided_by=None,
    )
    seen = {_same(each) for each in standing}
    for each in entries:
        key = _same(each)
        if key in seen:
            raise Conflict("This time is noted already.", field="started_at")
        seen.add(key)


def _same(entry: TimeEntry) -> tuple[object, ...]:
    is_timed = entry.origin == TimeEntry.Origin.TIMED
    return entry.episode_id, entry.by_id, entry.started_at, None if is_timed else entry.ended_at


def _audit(action: str, *, entries: Sequence[TimeEntry], actor: Actor, now: datetime) -> None:
    AuditEntry.objects.bulk_create(
        [
            audit.build(
                action,
                actor=actor,
                subject_type="time_entry",
                subject_id=each.pk,
                now=now,
                practice_id=each.practice_id,
                patient_id=each.episode.patient_id,
                details={"episode": str(each.episode_id), "activity": each.activity},
            )
            for each in entries
        ]
    )
