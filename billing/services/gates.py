"""What opens a gate, recorded: dated, audited, and billing told; payers' side stands in `coverages`."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from billing.models import DeviceDetermination, Exclusion, SetUp
from billing.services.coverages import end_coverage, record_coverage, settle_payer_policy
from billing.services.given_values import fits, in_order, require
from checkins.services.touching import touch
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.local_days import local_date, start_of_day, zone_named
from networks.models import Clinician, Practice
from patients.models import Episode

__all__ = [
    "end_coverage",
    "end_device_determination",
    "end_exclusion",
    "record_coverage",
    "record_device_determination",
    "record_exclusion",
    "record_set_up",
    "settle_payer_policy",
]

# Teaching takes minutes; more than a working day is a slip of the pen (our choice).
_MOST_SET_UP_MINUTES = 480


def record_device_determination(
    practice: Practice,
    *,
    basis: str,
    memo: str,
    software_version: str,
    signed_by: str,
    starts_on: date,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
) -> DeviceDetermination:
    """Record and return why the practice holds the software to be a device; DomainError names what is missing."""
    require(basis, "Say on which basis the software is a device.", field="basis", longest=200)
    require(memo, "Name the memo that explains it.", field="memo", longest=300)
    require(software_version, "Name the software version.", field="software_version", longest=40)
    require(signed_by, "Say who signed it.", field="signed_by", longest=120)
    in_order(starts_on, ends_on)
    with transaction.atomic():
        determination = DeviceDetermination.objects.create(
            practice=practice,
            basis=basis.strip(),
            memo=memo.strip(),
            software_version=software_version.strip(),
            signed_by=signed_by.strip(),
            starts_on=starts_on,
            ends_on=ends_on,
        )
        audit.record(
            "device_determination.recorded",
            actor=actor,
            subject_type="device_determination",
            subject_id=determination.pk,
            now=now,
            practice_id=practice.pk,
        )
        episodes = Episode.objects.filter(practice=practice).values_list("pk", flat=True)
        touch(episodes, practice_id=practice.pk, now=now)
    return determination


def end_device_determination(
    determination: DeviceDetermination, *, ends_on: date, actor: Actor, now: datetime
) -> None:
    """Set the last date of a determination; DomainError when that lies before its first."""
    in_order(determination.starts_on, ends_on)
    with transaction.atomic():
        determination.ends_on = ends_on
        determination.save(update_fields=["ends_on"])
        audit.record(
            "device_determination.ended",
            actor=actor,
            subject_type="device_determination",
            subject_id=determination.pk,
            now=now,
            practice_id=determination.practice_id,
        )
        episodes = Episode.objects.filter(practice_id=determination.practice_id).values_list("pk", flat=True)
        touch(episodes, practice_id=determination.practice_id, now=now)


def record_set_up(
    episode: Episode,
    *,
    completed_on: date,
    pt_minutes: int,
    pta_minutes: int,
    taught_by: Clinician,
    actor: Actor,
    now: datetime,
    note: str = "",
    occurred_at: datetime | None = None,
    reason: str = "",
) -> SetUp:
    """Record and return that the patient was set up and taught, once an episode; minutes of PT and PTA.

    With a reason it corrects the one on file by a new row. DomainError for a date outside the episode or in
    the future, Conflict when it was recorded before and no reason is given.
    """
    zone = zone_named(episode.practice.time_zone)
    _check_set_up(
        episode,
        completed_on=completed_on,
        minutes=(pt_minutes, pta_minutes),
        taught_by=taught_by,
        today=local_date(now, zone),
    )
    fits(note, field="note", longest=300)
    fits(reason, field="reason", longest=200)
    with transaction.atomic():
        standing = _set_up_to_correct(episode, reason=reason)
        set_up = SetUp(
            practice_id=episode.practice_id,
            episode=episode,
            completed_on=completed_on,
            pt_minutes=pt_minutes,
            pta_minutes=pta_minutes,
            taught_by=taught_by,
            note=note.strip(),
            occurred_at=occurred_at or min(now, start_of_day(completed_on, zone)),
            recorded_at=now,
            replaces=standing,
            reason=reason.strip() if standing else "",
        )
        set_up.save(force_insert=True)
        action = "set_up.corrected" if standing else "set_up.recorded"
        _about_episode(action, "set_up", set_up.pk, episode=episode, actor=actor, now=now)
    return set_up


def _set_up_to_correct(episode: Episode, *, reason: str) -> SetUp | None:
    """The set-up on file, which only a reason may correct; two clicks at once follow one another."""
    Episode.objects.select_for_update(no_key=True).get(pk=episode.pk, practice_id=episode.practice_id)
    standing = SetUp.objects.standing().filter(practice_id=episode.practice_id, episode=episode).first()
    if standing is not None and not reason.strip():
        raise Conflict("The set-up of this episode is recorded already.", field="completed_on")
    return standing


def _check_set_up(
    episode: Episode, *, completed_on: date, minutes: tuple[int, int], taught_by: Clinician, today: date
) -> None:
    if completed_on > today:
        raise DomainError("The set-up lies in the future: record it once it is done.", field="completed_on")
    if completed_on < episode.starts_on:
        raise DomainError("The set-up lies before the evaluation: check the date.", field="completed_on")
    if episode.ends_on is not None and completed_on > episode.ends_on:
        raise DomainError("The set-up lies after the discharge: check the date.", field="completed_on")
    for field, spent in zip(("pt_minutes", "pta_minutes"), minutes, strict=True):
        if not 0 <= spent <= _MOST_SET_UP_MINUTES:
            raise DomainError("Enter the minutes of teaching, from 0 to 480.", field=field)
    if taught_by.practice_id != episode.practice_id:
        raise DomainError("This clinician works for another practice.", field="taught_by")


def record_exclusion(
    episode: Episode,
    *,
    kind: str,
    starts_on: date,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
    source: str = "",
) -> Exclusion:
    """Record and return a span in which another service shuts RTM out; DomainError for dates out of order."""
    if kind not in Exclusion.Kind.values:
        raise DomainError("Choose what excludes remote monitoring.", field="kind")
    in_order(starts_on, ends_on)
    fits(source, field="source", longest=200)
    with transaction.atomic():
        exclusion = Exclusion.objects.create(
            practice_id=episode.practice_id,
            episode=episode,
            kind=kind,
            starts_on=starts_on,
            ends_on=ends_on,
            source=source.strip(),
        )
        _about_episode("exclusion.recorded", "exclusion", exclusion.pk, episode=episode, actor=actor, now=now)
    return exclusion


def end_exclusion(exclusion: Exclusion, *, ends_on: date, actor: Actor, now: datetime) -> None:
    """Set the last date of an exclusion; DomainError when that lies before its first."""
    in_order(exclusion.starts_on, ends_on)
    with transaction.atomic():
        exclusion.ends_on = ends_on
        exclusion.save(update_fields=["ends_on"])
        episode = exclusion.episode
        _about_episode("exclusion.ended", "exclusion", exclusion.pk, episode=episode, actor=actor, now=now)


def _about_episode(
    action: str, subject_type: str, subject_id: UUID, *, episode: Episode, actor: Actor, now: datetime
) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type=subject_type,
        subject_id=subject_id,
        now=now,
        practice_id=episode.practice_id,
        patient_id=episode.patient_id,
    )
    touch([episode.pk], practice_id=episode.practice_id, now=now)
