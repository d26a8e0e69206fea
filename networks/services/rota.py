"""Keeping a practice's rota: who is on call, how they are paged, when the office is open."""

import re
from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.identifiers import parse_e164
from networks.models import OnCallShift, PagingContact, Practice, RoleAssignment, SafetyCover

_NOT_OURS = "This person does not work here: choose somebody of this practice."


@dataclass(frozen=True)
class Cover:
    """What a practice says about its office hours and about who stands behind the rota."""

    opens: time
    closes: time
    weekdays: frozenset[int]
    backup_id: UUID | None = None
    owner_id: UUID | None = None


def set_cover(practice: Practice, *, cover: Cover, actor: Actor, now: datetime) -> SafetyCover:
    """Set office hours, backup and owner; DomainError for hours out of order or a person of another practice."""
    if cover.opens >= cover.closes:
        raise DomainError("The office must close later in the day than it opens.", field="closes")
    if not cover.weekdays <= frozenset(range(7)):
        raise DomainError("Choose weekdays from the list.", field="weekdays")
    for field, person in (("backup", cover.backup_id), ("owner", cover.owner_id)):
        if person is not None and not _works_here(practice, person, now=now):
            raise DomainError(_NOT_OURS, field=field)
    with transaction.atomic():
        kept, _ = SafetyCover.objects.update_or_create(
            practice=practice,
            defaults={
                "opens_at": cover.opens,
                "closes_at": cover.closes,
                "weekdays": sorted(cover.weekdays),
                "backup_id": cover.backup_id,
                "owner_id": cover.owner_id,
            },
        )
        _note("rota.cover_set", practice, kept.pk, actor=actor, now=now)
    return kept


def add_shift(
    practice: Practice,
    *,
    user_id: UUID,
    weekday: int,
    starts_at: time,
    ends_at: time,
    actor: Actor,
    now: datetime,
    is_backup: bool = False,
) -> OnCallShift:
    """Put a person on call for weekly hours; equal times mean a whole day. Conflict for the same hours twice."""
    if not _works_here(practice, user_id, now=now):
        raise DomainError(_NOT_OURS, field="user")
    same = OnCallShift.objects.filter(
        practice=practice, user_id=user_id, weekday=weekday, starts_at=starts_at, is_backup=is_backup
    )
    if same.exists():
        raise Conflict("This person is on call at that hour already.", field="starts_at")
    with transaction.atomic():
        shift = OnCallShift.objects.create(
            practice=practice,
            user_id=user_id,
            weekday=weekday,
            starts_at=starts_at,
            ends_at=ends_at,
            is_backup=is_backup,
        )
        _note("rota.shift_added", practice, shift.pk, actor=actor, now=now, person=user_id)
    return shift


def remove_shift(shift: OnCallShift, *, actor: Actor, now: datetime) -> None:
    """Take weekly hours off the rota."""
    with transaction.atomic():
        _note("rota.shift_removed", shift.practice, shift.pk, actor=actor, now=now, person=shift.user_id)
        shift.delete()


def set_mobile(practice: Practice, *, user_id: UUID, mobile: str, actor: Actor, now: datetime) -> None:
    """Set the number at which a person is paged by text; an empty one takes it away. DomainError for a wrong one."""
    if not _works_here(practice, user_id, now=now):
        raise DomainError(_NOT_OURS, field="user")
    number = _in_full(mobile) if mobile.strip() else ""
    with transaction.atomic():
        if number:
            PagingContact.objects.update_or_create(
                practice=practice, user_id=user_id, defaults={"mobile": number}
            )
        else:
            PagingContact.objects.filter(practice=practice, user_id=user_id).delete()
        act = "rota.mobile_set" if number else "rota.mobile_removed"
        _note(act, practice, user_id, actor=actor, now=now, person=user_id)


def _in_full(mobile: str) -> str:
    digits = re.sub(r"[\s().+-]", "", mobile)
    try:
        return parse_e164(f"+{digits}" if len(digits) == 11 else f"+1{digits}")
    except ValueError:
        raise DomainError(
            "That is no US mobile number: write it with its area code, such as 312 555 0142.", field="mobile"
        ) from None


def _works_here(practice: Practice, user_id: UUID, *, now: datetime) -> bool:
    return (
        RoleAssignment.objects.in_force(now)
        .filter(practice_id=practice.pk, user_id=user_id, user__is_active=True)
        .exists()
    )


def _note(
    action: str,
    practice: Practice,
    subject_id: UUID,
    *,
    actor: Actor,
    now: datetime,
    person: UUID | None = None,
) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="rota",
        subject_id=subject_id,
        now=now,
        practice_id=practice.pk,
        details={"person": str(person)} if person else None,
    )
