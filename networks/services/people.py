"""Who works in a practice or a network: inviting people, giving further roles, ending them."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.local_days import local_date, start_of_day, zone_named
from networks.models import Clinician, Network, Practice, RoleAssignment, User
from networks.permissions import ADMIN_ROLES, Role
from networks.role_endings import PAST, Ending, refusal
from networks.selectors import has_arrived, roles_at
from networks.services import invitations, organizations


@dataclass(frozen=True)
class Post:
    """What somebody is to be in a practice or network; a clinician also has an NPI and a credential."""

    role: Role
    npi: str = ""
    credential: str = ""


def invite(
    home: Practice | Network, *, email: str, name: str, post: Post, actor: Actor, now: datetime
) -> RoleAssignment:
    """Give a role to the person with this e-mail address, known or not, and tell them by e-mail.

    Nothing that comes back or is shown tells whether the address was known. Needs the home's scope. DomainError
    for what is no e-mail address, no name or no NPI; Conflict where the person holds that role here.
    """
    address, called = parse_email(email), name.strip()
    if not called:
        raise DomainError("Write the person's name.", field="name")
    with transaction.atomic():
        person = organizations.invite(address, name=called, now=now)
        assignment = _assign(person, home, post, called=called, actor=actor, now=now)
        invitations.send_when_kept(assignment, inviter=_name_of(actor), now=now)
    return assignment


def give_role(
    person: User, *, home: Practice | Network, post: Post, actor: Actor, now: datetime
) -> RoleAssignment:
    """Give somebody who works or worked here a role, and tell them by e-mail; Conflict where they hold it.

    Needs the home's scope.
    """
    roles = roles_at(**_key_of(home)).filter(user=person)
    called = roles.exclude(invited_name="").values_list("invited_name", flat=True).first()
    with transaction.atomic():
        assignment = _assign(person, home, post, called=called or person.name, actor=actor, now=now)
        invitations.send_when_kept(assignment, inviter=_name_of(actor), now=now)
    return assignment


def end_role(
    assignment: RoleAssignment, *, last_day: date, reason: str, actor: Actor, now: datetime
) -> RoleAssignment:
    """End a role after its last day, local to the home; today: at once. Needs the home's scope.

    Raises DomainError for a past day, Conflict for a role that has ended or must stay (see `role_endings`).
    """
    key = {"practice_id": assignment.practice_id, "network_id": assignment.network_id}
    zone = zone_named(assignment.time_zone)
    today = local_date(now, zone)
    with transaction.atomic():
        # Locked, so that two administrators cannot end each other in the same moment.
        admins = list(
            roles_at(**key)
            .filter(role__in=ADMIN_ROLES, starts_at__lte=now, ends_at=None, user__is_active=True)
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        assignment.refresh_from_db()
        said = refusal(
            Ending(
                role=Role(assignment.role),
                is_own=assignment.user_id == actor.user_id,
                has_ended=assignment.ends_at is not None and assignment.ends_at <= now,
                other_admins=len({each.user_id for each in admins} - {assignment.user_id}),
                today=today,
                last_day=last_day,
            )
        )
        if said:
            raise DomainError(said, field="last_day") if said == PAST else Conflict(said)
        ends_at = now if last_day == today else start_of_day(last_day + timedelta(days=1), zone)
        organizations.end_role(assignment, actor=actor, now=now, ends_at=ends_at, reason=reason)
    return assignment


def parse_email(email: str) -> str:
    """Return an e-mail address as it is kept; DomainError for what is none."""
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise DomainError("Write an e-mail address, such as ana@example.org.", field="email") from None
    return address


def _assign(
    person: User, home: Practice | Network, post: Post, *, called: str, actor: Actor, now: datetime
) -> RoleAssignment:
    is_here = has_arrived(person, **_key_of(home))
    assignment = organizations.assign_role(
        person, role=post.role, home=home, actor=actor, now=now, invited_name="" if is_here else called
    )
    if post.role is Role.CLINICIAN and isinstance(home, Practice):
        _keep_clinician(home, person, post, called=called, actor=actor, now=now)
    return assignment


def _keep_clinician(
    practice: Practice, person: User, post: Post, *, called: str, actor: Actor, now: datetime
) -> None:
    """Make the clinician whom a person is, or join them to the one with that NPI who had no account."""
    npi = post.npi.strip()
    own = Clinician.objects.filter(practice=practice, user=person).first()
    if own is not None and npi in {"", own.npi}:
        return
    if own is not None:
        raise Conflict("This person is a clinician here already, with another NPI.", field="npi")
    if not npi:
        raise DomainError("A clinician needs an NPI: ten digits, from the NPPES registry.", field="npi")
    if post.credential not in Clinician.Credential.values:
        raise DomainError("Choose the clinician's credential.", field="credential")
    known = Clinician.objects.filter(practice=practice, npi=npi).first()
    if known is None:
        organizations.add_clinician(
            practice, name=called, npi=npi, credential=post.credential, actor=actor, now=now, user=person
        )
    elif known.user_id is None:
        _join(known, person, actor=actor, now=now)
    else:
        raise Conflict("Another person here has this NPI: compare it with the NPPES registry.", field="npi")


def _join(clinician: Clinician, person: User, *, actor: Actor, now: datetime) -> None:
    clinician.user = person
    clinician.save(update_fields=["user"])
    audit.record(
        "clinician.joined_to_account",
        actor=actor,
        subject_type="clinician",
        subject_id=clinician.pk,
        now=now,
        practice_id=clinician.practice_id,
        details={"person": str(person.pk)},
    )


def _key_of(home: Practice | Network) -> dict[str, UUID | None]:
    is_practice = isinstance(home, Practice)
    return {"practice_id": home.pk if is_practice else None, "network_id": None if is_practice else home.pk}


def _name_of(actor: Actor) -> str:
    if actor.user_id is None:
        return ""
    return User.objects.values_list("name", flat=True).get(pk=actor.user_id)
