"""Telling people by e-mail that they have a role, with the link by which newcomers choose their password."""

import logging
from datetime import datetime
from functools import partial
from smtplib import SMTPException

from allauth.account.adapter import get_adapter
from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.db import transaction
from django.urls import reverse

from networks import audit
from networks.actors import Actor
from networks.errors import Conflict
from networks.models import RoleAssignment, User
from networks.role_words import role_words
from networks.selectors import has_arrived

_LOG = logging.getLogger(__name__)
_SECONDS_A_DAY = 24 * 60 * 60


def link_days() -> int:
    """Return for how many days a link to choose a password works."""
    return settings.PASSWORD_RESET_TIMEOUT // _SECONDS_A_DAY


def password_link(person: User) -> str:
    """Return a link that works once, by which a person chooses their password; whoever holds it may."""
    key = default_token_generator.make_token(person)
    place = {"uidb36": user_pk_to_url_str(person), "key": key}
    return _whole(reverse("account_reset_password_from_key", kwargs=place))


def send_when_kept(assignment: RoleAssignment, *, inviter: str, now: datetime) -> None:
    """Send the invitation of a role once the open transaction is committed; a mail that fails undoes nothing."""
    transaction.on_commit(partial(_try_to_send, assignment, inviter=inviter, now=now))


def send_again(assignment: RoleAssignment, *, inviter: str, actor: Actor, now: datetime) -> None:
    """Send an invitation once more, with a new link; Conflict for somebody who has signed in since.

    Needs the home's scope. The former link works on until its time is over or a password is chosen.
    """
    home = {"practice_id": assignment.practice_id, "network_id": assignment.network_id}
    if has_arrived(assignment.user, **home):
        raise Conflict("This person has signed in already and needs no invitation.")
    with transaction.atomic():
        audit.record(
            "invitation.sent_again",
            actor=actor,
            subject_type="role_assignment",
            subject_id=assignment.pk,
            now=now,
            practice_id=assignment.practice_id,
            network_id=assignment.network_id,
            details={"person": str(assignment.user_id)},
        )
        send_when_kept(assignment, inviter=inviter, now=now)


def send(assignment: RoleAssignment, *, inviter: str, now: datetime) -> None:
    """Send the invitation of a role now and note that it left; what the mail server says wrong is raised.

    Somebody without a password gets a link to choose one, everybody else is told to sign in as before.
    """
    person = assignment.user
    is_new = not person.has_usable_password()
    shown = {
        "name": assignment.invited_name or person.name,
        "home": assignment.workspace_name,
        "role": role_words(assignment.role),
        "inviter": inviter,
        "link": password_link(person) if is_new else "",
        "days": link_days(),
        "sign_in": _whole(reverse("account_login")),
        "forgotten": _whole(reverse("account_reset_password")),
        "asks_second_step": settings.MFA_REQUIRED,
    }
    prefix = "account/email/invitation" if is_new else "account/email/role_given"
    get_adapter().render_mail(prefix, person.email, shown).send()
    RoleAssignment.objects.filter(pk=assignment.pk).update(mailed_at=now)


def _whole(path: str) -> str:
    return f"{settings.PUBLIC_BASE_URL}{path}"


def _try_to_send(assignment: RoleAssignment, *, inviter: str, now: datetime) -> None:
    try:
        send(assignment, inviter=inviter, now=now)
    except (OSError, SMTPException):
        # The role stands; the page of people says that no mail left and offers to send it again.
        _LOG.exception("invitation_not_mailed", extra={"role_assignment": str(assignment.pk)})
