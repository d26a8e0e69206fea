"""Putting a stranger's text aside with a reason, and back; danger that is open is never put aside."""

from datetime import datetime

from django.db import transaction

from checkins.models import Alert, InboundRow, PutAside
from networks import audit, work
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.turns import take_turn

_LONGEST = 200  # letters, as the column holds


def put_aside(row: InboundRow, *, reason: str, actor: Actor, now: datetime) -> PutAside:
    """Take a stranger's text off the list and return the row that says why.

    DomainError without a reason; Conflict while its danger sign is open. A text that is aside already stays so
    with its first reason.
    """
    reason = reason.strip().replace("\x00", "")
    if not reason:
        raise DomainError("Say in a few words why nobody needs to look at it.", field="reason")
    if len(reason) > _LONGEST:
        raise DomainError(f"Shorten the reason to {_LONGEST} letters.", field="reason")
    with transaction.atomic():
        take_turn("stranger", row.message_id)
        if _has_danger(row):
            raise Conflict("A danger sign is open: close its alert first, with what was done.")
        standing = PutAside.objects.filter(practice_id=row.practice_id, message_id=row.message_id).standing()
        known = standing.first()
        if known is not None:
            return known
        made = _record(row, reason=reason, actor=actor, now=now, ends=None)
        _note("stranger.put_aside", made, actor=actor, now=now)
    return made


def put_back(row: InboundRow, *, actor: Actor, now: datetime) -> None:
    """Bring a stranger's text back to the list; doing so twice changes nothing."""
    with transaction.atomic():
        take_turn("stranger", row.message_id)
        standing = PutAside.objects.filter(practice_id=row.practice_id, message_id=row.message_id).standing()
        known = standing.first()
        if known is None:
            return
        made = _record(row, reason="", actor=actor, now=now, ends=known)
        _note("stranger.put_back", made, actor=actor, now=now)


def _has_danger(row: InboundRow) -> bool:
    flags = Alert.objects.filter(
        practice_id=row.practice_id, message_id=row.message_id, kind=Alert.Kind.RED_FLAG
    )
    return flags.open().exists()


def _record(row: InboundRow, *, reason: str, actor: Actor, now: datetime, ends: PutAside | None) -> PutAside:
    return PutAside.objects.create(
        practice_id=row.practice_id,
        message_id=row.message_id,
        reason=reason,
        by_id=actor.user_id,
        ends=ends,
        occurred_at=now,
        recorded_at=now,
    )


def _note(action: str, made: PutAside, *, actor: Actor, now: datetime) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="inbound_message",
        subject_id=made.message_id,
        now=now,
        practice_id=made.practice_id,
    )
    work.ring(made.practice_id, work.Queue.SEAL, at=now)
