"""A practice's cover in a danger, read for the ladder and the pages: office hours, rota, who stands behind it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from networks.local_days import zone_named
from networks.models import OnCallShift, PagingContact, Practice, RoleAssignment, SafetyCover, User
from networks.permissions import Role
from networks.rota import OfficeHours, Shift, is_open, on_call

# Whom a danger may be shown to and who may acknowledge it; others on the rota are left out of pages.
_CARE = (Role.PRACTICE_ADMIN.value, Role.CLINICIAN.value, Role.ASSISTANT.value)


@dataclass(frozen=True)
class PracticeCover:
    """Who stands by for one practice's patients, and when its office reads texts."""

    hours: OfficeHours
    zone: ZoneInfo
    shifts: tuple[Shift, ...] = ()
    backup_id: UUID | None = None
    owner_id: UUID | None = None
    admins: tuple[UUID, ...] = ()
    care: frozenset[UUID] = field(default_factory=frozenset)

    def is_open(self, *, at: datetime) -> bool:
        """Tell whether somebody reads what patients write at an instant."""
        return is_open(self.hours, at=at, zone=self.zone)

    def on_call(self, *, at: datetime) -> tuple[UUID, ...]:
        """Return who is on call and still works here."""
        return self.able(on_call(self.shifts, at=at, zone=self.zone))

    def backup(self, *, at: datetime) -> tuple[UUID, ...]:
        """Return who is the backup: by the rota, else the standing one."""
        standing = (self.backup_id,) if self.backup_id else ()
        return self.able(on_call(self.shifts, at=at, zone=self.zone, as_backup=True)) or self.able(standing)

    def owner(self) -> tuple[UUID, ...]:
        """Return the owner who is called last."""
        return self.able((self.owner_id,)) if self.owner_id else ()

    def able(self, people: Iterable[UUID]) -> tuple[UUID, ...]:
        """Keep those who may see and acknowledge alerts here now."""
        return tuple(each for each in people if each in self.care)


def office_of(practice_id: UUID) -> PracticeCover:
    """Return a practice's office hours alone; two queries."""
    return _cover(practice_id, SafetyCover.objects.filter(practice_id=practice_id).first())


def cover_of(practice_id: UUID, *, now: datetime) -> PracticeCover:
    """Return a practice's cover; four queries."""
    kept = SafetyCover.objects.filter(practice_id=practice_id).first()
    shifts = tuple(
        Shift(each.user_id, each.weekday, each.starts_at, each.ends_at, each.is_backup)
        for each in OnCallShift.objects.filter(practice_id=practice_id).order_by("weekday", "starts_at", "id")
    )
    held = list(
        RoleAssignment.objects.in_force(now)
        .filter(practice_id=practice_id, role__in=_CARE, user__is_active=True)
        .order_by("starts_at", "id")
        .values_list("user_id", "role")
    )
    admins = tuple(dict.fromkeys(user for user, role in held if role == Role.PRACTICE_ADMIN))
    return _cover(practice_id, kept, shifts=shifts, admins=admins, care=frozenset(user for user, _ in held))


def _cover(
    practice_id: UUID,
    kept: SafetyCover | None,
    *,
    shifts: tuple[Shift, ...] = (),
    admins: tuple[UUID, ...] = (),
    care: frozenset[UUID] = frozenset(),
) -> PracticeCover:
    zone = zone_named(Practice.objects.values_list("time_zone", flat=True).get(pk=practice_id))
    hours = OfficeHours(kept.opens_at, kept.closes_at, frozenset(kept.weekdays)) if kept else OfficeHours()
    return PracticeCover(
        hours=hours,
        zone=zone,
        shifts=shifts,
        backup_id=kept.backup_id if kept else None,
        owner_id=kept.owner_id if kept else None,
        admins=admins,
        care=care,
    )


@dataclass(frozen=True)
class Reach:
    """How one person is paged: always by e-mail, by text where the practice keeps a mobile."""

    user_id: UUID
    email: str
    mobile: str = ""


def reaches(practice_id: UUID, people: Iterable[UUID]) -> list[Reach]:
    """Return how people are reached, in their order; two queries."""
    wanted = list(people)
    emails = dict(User.objects.filter(pk__in=wanted).values_list("pk", "email"))
    mobiles = {
        each.user_id: each.mobile
        for each in PagingContact.objects.filter(practice_id=practice_id, user_id__in=wanted)
    }
    return [Reach(each, emails[each], mobiles.get(each, "")) for each in wanted if each in emails]
