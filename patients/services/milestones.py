"""Milestones of an episode: recorded with a date and where it is known from, taken back by a new row."""

from datetime import date, datetime

from django.db import transaction

from networks import audit, work
from networks.actors import Actor
from networks.errors import DomainError
from networks.local_days import local_date, zone_named
from networks.models import User
from networks.turns import take_turn
from patients.models import Episode, Milestone

_LONGEST_TITLE = 80
_LONGEST_REASON = 200


def record(
    episode: Episode, *, title: str, reached_on: date, evidence: str, by: User, actor: Actor, now: datetime
) -> Milestone:
    """Record that a step was reached and return it; DomainError names the field that does not fit.

    The same step on the same date once more, as a double click gives, returns the one that stands.
    """
    title = " ".join(title.replace("\x00", "").split())
    if not title:
        raise DomainError("Say what they can do now.", field="title")
    if len(title) > _LONGEST_TITLE:
        raise DomainError(f"Shorten this to {_LONGEST_TITLE} letters.", field="title")
    today = local_date(now, zone_named(episode.patient.time_zone))
    if not episode.starts_on <= reached_on <= today:
        raise DomainError("Choose a date between the evaluation and today.", field="reached_on")
    with transaction.atomic():
        take_turn("milestone", episode.pk)
        known = Milestone.objects.filter(
            practice_id=episode.practice_id,
            episode=episode,
            title=title,
            reached_on=reached_on,
            voids=None,
            voided_by=None,
        ).first()
        if known is not None:
            return known
        made = Milestone.objects.create(
            practice_id=episode.practice_id,
            episode=episode,
            title=title,
            reached_on=reached_on,
            evidence=evidence,
            by=by,
            occurred_at=now,
            recorded_at=now,
        )
        _note("milestone.recorded", made, actor=actor, now=now)
    return made


def void(milestone: Milestone, *, reason: str, by: User, actor: Actor, now: datetime) -> None:
    """Take a milestone back with a reason; DomainError without one, twice changes nothing."""
    reason = reason.replace("\x00", "").strip()
    if not reason:
        raise DomainError("Say in a few words why this is taken back.", field="reason")
    if len(reason) > _LONGEST_REASON:
        raise DomainError(f"Shorten the reason to {_LONGEST_REASON} letters.", field="reason")
    if milestone.voids_id is not None:
        raise DomainError("This is a taking-back itself.", field="reason")
    with transaction.atomic():
        take_turn("milestone", milestone.episode_id)
        if Milestone.objects.filter(practice_id=milestone.practice_id, voids=milestone).exists():
            return
        made = Milestone.objects.create(
            practice_id=milestone.practice_id,
            episode=milestone.episode,
            title=milestone.title,
            reached_on=milestone.reached_on,
            evidence=milestone.evidence,
            reason=reason,
            by=by,
            voids=milestone,
            occurred_at=now,
            recorded_at=now,
        )
        _note("milestone.voided", made, actor=actor, now=now)


def _note(action: str, made: Milestone, *, actor: Actor, now: datetime) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="milestone",
        subject_id=made.pk,
        now=now,
        practice_id=made.practice_id,
        patient_id=made.episode.patient_id,
        details={"evidence": made.evidence},
    )
    work.ring(made.practice_id, work.Queue.SEAL, at=now)
