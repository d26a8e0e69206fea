"""Founding networks and practices, joining them, and who works there."""

from collections.abc import Callable
from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction

from networks import audit, work
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.identifiers import parse_npi, parse_state, parse_us_phone
from networks.keys import uuid7
from networks.local_days import UnknownZoneError, zone_named
from networks.models import Clinician, Membership, Network, Practice, RoleAssignment, Site, User
from networks.permissions import NETWORK_ROLES, PRACTICE_ROLES, Role
from networks.scoping import Scope, open_scope


def found_network(
    *, name: str, kind: str, actor: Actor, now: datetime, mode: str = Network.Mode.PRE_INTEGRATION
) -> Network:
    """Found and return a network; opens a scope of its own."""
    new_id = uuid7()
    with open_scope(Scope.of_network(new_id)):
        network = Network.objects.create(id=new_id, name=name, kind=kind, mode=mode)
        audit.record(
            "network.founded",
            actor=actor,
            subject_type="network",
            subject_id=new_id,
            now=now,
            network_id=new_id,
        )
        work.ring(new_id, work.Queue.SEAL_NETWORK, at=now)
    return network


def found_practice(
    *,
    name: str,
    text_name: str,
    phone: str,
    time_zone: str,
    state: str,
    actor: Actor,
    now: datetime,
    opened_on: date | None = None,
) -> Practice:
    """Found and return a practice with its first site; opens a scope of its own.

    Raises DomainError for a zone or state that does not exist, a telephone number that nobody could dial, or a
    text name that would need more than plain letters.
    """
    try:
        zone_named(time_zone)
    except UnknownZoneError:
        raise DomainError(
            "That time zone does not exist; use one such as America/Chicago.", field="time_zone"
        ) from None
    if not text_name.isascii():
        raise DomainError(
            "Use plain letters for the name in texts: others make texts longer.", field="text_name"
        )
    state, phone = _parsed(parse_state, state, "state"), _parsed(parse_us_phone, phone, "phone")
    new_id = uuid7()
    with open_scope(Scope.of_practice(new_id)):
        practice = Practice.objects.create(
            id=new_id,
            name=name,
            text_name=text_name,
            phone=phone,
            time_zone=time_zone,
            state=state,
            opened_on=opened_on,
        )
        Site.objects.create(practice=practice, name="Main clinic")
        audit.record(
            "practice.founded",
            actor=actor,
            subject_type="practice",
            subject_id=new_id,
            now=now,
            practice_id=new_id,
        )
    return practice


def add_site(practice: Practice, *, name: str, actor: Actor, now: datetime, address: str = "") -> Site:
    """Add a place where a practice treats patients; Conflict when it has one of that name."""
    if Site.objects.filter(practice=practice, name=name).exists():
        raise Conflict("This practice has a site of that name already.", field="name")
    with transaction.atomic():
        site = Site.objects.create(practice=practice, name=name, address=address)
        audit.record(
            "site.added",
            actor=actor,
            subject_type="site",
            subject_id=site.pk,
            now=now,
            practice_id=practice.pk,
        )
    return site


def set_texting_hours(
    practice: Practice, *, opens: str, closes: str, on_sunday: bool, actor: Actor, now: datetime
) -> None:
    """Set from when until when a practice texts, local time as HH:MM; DomainError when out of order."""
    first, last = time.fromisoformat(opens), time.fromisoformat(closes)
    if first >= last:
        raise DomainError("Texting must end later in the day than it begins.", field="texts_until")
    with transaction.atomic():
        practice.texts_from, practice.texts_until, practice.texts_on_sunday = first, last, on_sunday
        practice.save(update_fields=["texts_from", "texts_until", "texts_on_sunday"])
        audit.record(
            "practice.texting_hours_set",
            actor=actor,
            subject_type="practice",
            subject_id=practice.pk,
            now=now,
            practice_id=practice.pk,
            details={"from": f"{first:%H:%M}", "until": f"{last:%H:%M}", "sundays": on_sunday},
        )


def join_network(
    practice: Practice, *, network: Network, agreement: str, starts_on: date, actor: Actor, now: datetime
) -> Membership:
    """Join a practice to a network under an agreement; needs the network's scope."""
    with transaction.atomic():
        open_one = Membership.objects.filter(practice=practice, network=network, ends_on=None)
        if open_one.exists():
            raise Conflict("This practice is a member already: end the present membership first.")
        membership = Membership.objects.create(
            practice=practice, network=network, agreement=agreement, starts_on=starts_on
        )
        audit.record(
            "membership.began",
            actor=actor,
            subject_type="membership",
            subject_id=membership.pk,
            now=now,
            network_id=network.pk,
            details={"practice": str(practice.pk)},
        )
    return membership


def leave_network(membership: Membership, *, ends_on: date, actor: Actor, now: datetime) -> None:
    """End a membership; the patients stay with the practice. Needs the network's scope."""
    if ends_on < membership.starts_on:
        raise DomainError("A membership cannot end before it began.", field="ends_on")
    with transaction.atomic():
        membership.ends_on = ends_on
        membership.save(update_fields=["ends_on"])
        audit.record(
            "membership.ended",
            actor=actor,
            subject_type="membership",
            subject_id=membership.pk,
            now=now,
            network_id=membership.network_id,
        )


def add_clinician(
    practice: Practice,
    *,
    name: str,
    npi: str,
    credential: str,
    actor: Actor,
    now: datetime,
    user: User | None = None,
    site: Site | None = None,
) -> Clinician:
    """Add a clinician to a practice; DomainError for an NPI whose check digit is wrong."""
    valid_npi = _parsed(parse_npi, npi, "npi")
    with transaction.atomic():
        clinician = Clinician.objects.create(
            practice=practice, name=name, npi=valid_npi, credential=credential, user=user, site=site
        )
        audit.record(
            "clinician.added",
            actor=actor,
            subject_type="clinician",
            subject_id=clinician.pk,
            now=now,
            practice_id=practice.pk,
        )
    return clinician


def invite(email: str, *, name: str, now: datetime, password: str | None = None) -> User:
    """Return the person with this e-mail address, made when there is none yet."""
    found = User.objects.filter(email=email.lower()).first()
    return found or User.objects.create_user(email, password, name=name, joined_at=now)


def assign_role(
    user: User,
    *,
    role: Role,
    home: Practice | Network | None,
    actor: Actor,
    now: datetime,
    invited_name: str = "",
) -> RoleAssignment:
    """Give a person a role in a practice or a network (None: operator); needs the home's scope.

    `invited_name` is what an inviter called them, shown there until they sign in.
    Raises DomainError where the role does not belong there, Conflict where they hold it already.
    """
    practice_id, network_id = _home_ids(role, home)
    held = RoleAssignment.objects.in_force(now).filter(user=user, role=role.value)
    if any((each.practice_id, each.network_id) == (practice_id, network_id) for each in held):
        raise Conflict("This person holds that role here already.")
    with transaction.atomic():
        assignment = RoleAssignment.objects.create(
            user=user,
            role=role.value,
            practice_id=practice_id,
            network_id=network_id,
            workspace_name=home.name if home else "Operations",
            time_zone=home.time_zone if isinstance(home, Practice) else "UTC",
            starts_at=now,
            invited_name=invited_name,
        )
        if home is not None:
            audit.record(
                "role.assigned",
                actor=actor,
                subject_type="role_assignment",
                subject_id=assignment.pk,
                now=now,
                practice_id=practice_id,
                network_id=network_id,
                details={"role": role.value, "person": str(user.pk)},
            )
    return assignment


def end_role(
    assignment: RoleAssignment,
    *,
    actor: Actor,
    now: datetime,
    ends_at: datetime | None = None,
    reason: str = "",
) -> None:
    """End a role, at once where no later instant is given: the person's next request no longer has it."""
    details: dict[str, object] = {"role": assignment.role, "person": str(assignment.user_id)}
    if reason:
        details["reason"] = reason
    with transaction.atomic():
        assignment.ends_at = ends_at or now
        assignment.save(update_fields=["ends_at"])
        if assignment.practice_id or assignment.network_id:
            audit.record(
                "role.ended",
                actor=actor,
                subject_type="role_assignment",
                subject_id=assignment.pk,
                now=now,
                practice_id=assignment.practice_id,
                network_id=assignment.network_id,
                details=details,
            )


def _parsed(parse: Callable[[str], str], text: str, field: str) -> str:
    try:
        return parse(text)
    except ValueError as error:
        raise DomainError(str(error), field=field) from None


def _home_ids(role: Role, home: Practice | Network | None) -> tuple[UUID | None, UUID | None]:
    if isinstance(home, Practice) and role in PRACTICE_ROLES:
        return home.pk, None
    if isinstance(home, Network) and role in NETWORK_ROLES:
        return None, home.pk
    if home is None and role is Role.OPERATOR:
        return None, None
    raise DomainError(
        "That role does not belong there: practice roles go to practices, network roles to networks."
    )
