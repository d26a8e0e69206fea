"""Reads shaped for one page; each says how many queries it needs."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Count, F, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from networks.audit_wording import BY_PEOPLE, people_in
from networks.models import (
    AuditEntry,
    Clinician,
    Membership,
    Network,
    OnCallShift,
    PagingContact,
    Practice,
    RoleAssignment,
    Site,
    User,
)


@dataclass(frozen=True)
class MemberRow:
    """A member practice with its membership and the size of its directory."""

    membership: Membership
    practice: Practice
    sites: int
    clinicians: int


def members_of(network_id: UUID, *, on: date) -> list[MemberRow]:
    """Return the network's members of a date by name, from directory rows only; one query."""
    rows = (
        Membership.objects.filter(
            Q(ends_on=None) | Q(ends_on__gte=on), network_id=network_id, starts_on__lte=on
        )
        .select_related("practice")
        .annotate(sites=_count(Site), clinicians=_count(Clinician))
        .order_by("practice__name")
    )
    return [MemberRow(each, each.practice, each.sites or 0, each.clinicians or 0) for each in rows]


def _count(model: type[Site | Clinician]) -> Subquery:
    rows = model._default_manager.filter(practice_id=OuterRef("practice_id")).order_by()
    return Subquery(rows.values("practice_id").annotate(number=Count("id")).values("number"))


def audit_entries(
    *, practice_id: UUID | None, network_id: UUID | None, family: str = "", patient_id: UUID | None = None
) -> QuerySet[AuditEntry]:
    """Return the workspace's audit entries, newest first.

    Of one family of acts (`people` is whatever a person did, not the program), or about one patient.
    """
    if practice_id is not None:
        rows = AuditEntry.objects.filter(practice_id=practice_id)
    else:
        rows = AuditEntry.objects.filter(network_id=network_id) if network_id else AuditEntry.objects.none()
    if family == BY_PEOPLE:
        rows = rows.filter(user_id__isnull=False)
    elif family:
        rows = rows.filter(action__startswith=f"{family}.")
    if patient_id:
        rows = rows.filter(patient_id=patient_id)
    return rows.order_by("-recorded_at", "-id")


def last_act(action: str, *, practice_id: UUID) -> AuditEntry | None:
    """Return a practice's newest audit entry of one act that is about no patient, or None; one query."""
    # Without a patient: the index then leads past the many entries about patients.
    rows = AuditEntry.objects.filter(practice_id=practice_id, patient_id=None, action=action)
    return rows.order_by("-occurred_at", "-id").first()


def names_in(entries: Sequence[AuditEntry]) -> dict[UUID, str]:
    """Return the names of everybody who acted in these entries of one workspace or is named in them; one query."""
    if not entries:
        return {}
    acted = [each.user_id for each in entries if each.user_id]
    named = [person for each in entries for person in people_in(each.details)]
    home = entries[0]
    return names_at([*acted, *named], practice_id=home.practice_id, network_id=home.network_id)


def names_of(user_ids: Sequence[UUID]) -> dict[UUID, str]:
    """Return the names of people by id; one query."""
    return dict(User.objects.filter(pk__in=user_ids).values_list("pk", "name"))


def names_at(
    user_ids: Sequence[UUID], *, practice_id: UUID | None, network_id: UUID | None
) -> dict[UUID, str]:
    """Return what people are called in one practice or network; one query.

    Until somebody invited has signed in, that is what the inviter wrote: their own name would tell that Daybook
    knew them from elsewhere.
    """
    invited = (
        roles_at(practice_id=practice_id, network_id=network_id)
        .filter(Q(user__last_login=None) | Q(user__last_login__lt=F("starts_at")), user=OuterRef("pk"))
        .exclude(invited_name="")
        .order_by("starts_at")
        .values("invited_name")[:1]
    )
    people = User.objects.filter(pk__in=user_ids)
    return dict(people.annotate(called=Coalesce(Subquery(invited), "name")).values_list("pk", "called"))


def clinicians_of(practice_id: UUID) -> QuerySet[Clinician]:
    """Return a practice's clinicians by name."""
    return Clinician.objects.filter(practice_id=practice_id).order_by("name", "id")


def clinician_of(practice_id: UUID, user_id: UUID | None) -> Clinician | None:
    """Return the clinician that a signed-in person is in a practice; None for office staff; one query."""
    return Clinician.objects.filter(practice_id=practice_id, user_id=user_id).first() if user_id else None


def person(user_id: UUID) -> User:
    """Return a person by id; one query."""
    return User.objects.get(pk=user_id)


def own_practice(practice_id: UUID | None) -> Practice | None:
    """Return the active workspace's practice; None in a network's workspace; one query."""
    return Practice.objects.filter(pk=practice_id).first() if practice_id else None


def own_network(network_id: UUID | None) -> Network | None:
    """Return the active workspace's network; None in a practice's workspace; one query."""
    return Network.objects.filter(pk=network_id).first() if network_id else None


def shifts_of(practice_id: UUID) -> list[OnCallShift]:
    """Return a practice's weekly hours on call, day by day; one query."""
    rows = OnCallShift.objects.filter(practice_id=practice_id)
    return list(rows.order_by("weekday", "starts_at", "is_backup", "id"))


def paging_mobiles(practice_id: UUID) -> dict[UUID, str]:
    """Return the numbers at which a practice's people are paged; one query."""
    rows = PagingContact.objects.filter(practice_id=practice_id)
    return {each.user_id: each.mobile for each in rows}


def roles_at(*, practice_id: UUID | None, network_id: UUID | None) -> QuerySet[RoleAssignment]:
    """Return every role that anybody ever had in one practice or network; none without either."""
    if practice_id is not None:
        return RoleAssignment.objects.filter(practice_id=practice_id)
    if network_id is not None:
        return RoleAssignment.objects.filter(network_id=network_id)
    return RoleAssignment.objects.none()


def has_arrived(person: User, *, practice_id: UUID | None, network_id: UUID | None) -> bool:
    """Tell whether a person signed in after they first got a role in a practice or network; one query."""
    roles = roles_at(practice_id=practice_id, network_id=network_id).filter(user=person)
    return _is_after(person.last_login, roles.aggregate(first=Min("starts_at"))["first"])


def _is_after(seen: datetime | None, began: datetime | None) -> bool:
    return seen is not None and began is not None and seen >= began


@dataclass(frozen=True)
class Colleague:
    """Somebody who works, or worked, in a practice or network, with every role they had there by its beginning."""

    id: UUID
    name: str
    email: str
    has_arrived: bool
    has_second_step: bool
    roles: tuple[RoleAssignment, ...]

    @property
    def mailed_at(self) -> datetime | None:
        """When an invitation last left for them."""
        return max((each.mailed_at for each in self.roles if each.mailed_at), default=None)

    def is_called(self, text: str) -> bool:
        """Tell whether each word of a text is part of the name or the e-mail address; any text that is empty fits."""
        known = f"{self.name} {self.email}".casefold()
        return all(each in known for each in text.casefold().split())

    def present(self, *, at: datetime) -> list[RoleAssignment]:
        """Return the roles that hold at an instant."""
        return [
            each for each in self.roles if each.starts_at <= at and (not each.ends_at or each.ends_at > at)
        ]


def colleagues(
    *, practice_id: UUID | None, network_id: UUID | None, user_id: UUID | None = None
) -> list[Colleague]:
    """Return everybody who ever had a role in a practice or network, or one of them, by name; three queries."""
    rows = roles_at(practice_id=practice_id, network_id=network_id)
    rows = rows.filter(user_id=user_id) if user_id else rows
    held: dict[UUID, list[RoleAssignment]] = defaultdict(list)
    for each in rows.select_related("user").order_by("starts_at", "id"):
        held[each.user_id].append(each)
    names = names_at(list(held), practice_id=practice_id, network_id=network_id)
    secured = _with_second_step(list(held))
    found = [
        Colleague(
            id=user,
            name=names[user],
            email=roles[0].user.email,
            has_arrived=_is_after(roles[0].user.last_login, roles[0].starts_at),
            has_second_step=user in secured,
            roles=tuple(roles),
        )
        for user, roles in held.items()
    ]
    return sorted(found, key=lambda each: (each.name.casefold(), each.email))


def _with_second_step(user_ids: Sequence[UUID]) -> frozenset[UUID]:
    # Recovery codes alone are no second step.
    kinds = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
    rows = Authenticator.objects.filter(user_id__in=user_ids, type__in=kinds)
    return frozenset(rows.values_list("user_id", flat=True))
