"""Drills: a made-up danger sign that walks the ladder, so that a practice knows who answers and how soon."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from checkins import escalation
from checkins.models import Drill, DrillEvent
from checkins.services import escalating
from networks import audit, work
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import Practice

PACES = {escalation.CURRENT: "At the real pace", escalation.QUICK: "Quick: seconds for minutes"}


def start_drill(
    practice: Practice, *, actor: Actor, now: datetime, level: str = "L1", ladder: str = escalation.CURRENT
) -> Drill:
    """Start and return a drill; DomainError for a level or pace that is none, Conflict while another one runs."""
    if actor.user_id is None:
        raise DomainError("A person starts a drill: sign in first.")
    if not escalation.climbs(level) or ladder not in PACES:
        raise DomainError("Choose level and pace from the list.", field="level")
    running = Drill.objects.filter(practice=practice, escalation__state="climbing")
    if running.exists():
        raise Conflict("A drill runs already: acknowledge or end it first.")
    with transaction.atomic():
        drill = Drill.objects.create(
            practice=practice,
            started_by_id=actor.user_id,
            level=level,
            ladder=ladder,
            occurred_at=now,
            recorded_at=now,
        )
        escalating.begin_drill(drill, now=now)
        _note("drill.started", drill, actor=actor, now=now)
    return drill


def acknowledge_drill(drill: Drill, *, actor: Actor, now: datetime) -> None:
    """Note that a person answered the page; doing so twice changes nothing."""
    _add(drill, DrillEvent.Act.ACKNOWLEDGED, actor=actor, now=now)


def end_drill(drill: Drill, *, actor: Actor, now: datetime) -> None:
    """End a drill that nobody need answer any more; doing so twice changes nothing."""
    _add(drill, DrillEvent.Act.ENDED, actor=actor, now=now)


def _add(drill: Drill, act: DrillEvent.Act, *, actor: Actor, now: datetime) -> None:
    if actor.user_id is None:
        raise DomainError("A person answers a drill: sign in first.")
    try:
        with transaction.atomic():
            DrillEvent.objects.create(
                practice_id=drill.practice_id,
                drill=drill,
                act=act,
                by_id=actor.user_id,
                occurred_at=now,
                recorded_at=now,
            )
            escalating.follow(drill.escalation, now=now)
            _note(f"drill.{act.value}", drill, actor=actor, now=now)
    except IntegrityError:
        return


def _note(action: str, drill: Drill, *, actor: Actor, now: datetime) -> None:
    drill_id: UUID = drill.pk
    audit.record(
        action,
        actor=actor,
        subject_type="drill",
        subject_id=drill_id,
        now=now,
        practice_id=drill.practice_id,
        details={"level": drill.level, "ladder": drill.ladder},
    )
    work.ring(drill.practice_id, work.Queue.SEAL, at=now)
