"""What the commands of the first set-up share: bringing in the first people and telling how they get in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from smtplib import SMTPException

from django.conf import settings
from django.core.management.base import CommandError, CommandParser
from django.urls import reverse

from networks.errors import DomainError
from networks.models import RoleAssignment, User
from networks.services import invitations


@contextmanager
def clear_errors() -> Iterator[None]:
    """Turn a broken rule into one sentence and a failing exit."""
    try:
        yield
    except DomainError as error:
        raise CommandError(error.sentence) from error


def add_link_option(parser: CommandParser) -> None:
    """Let the caller have the link to choose a password printed where no mail is set up."""
    parser.add_argument(
        "--print-link",
        action="store_true",
        help="print the link to choose a password instead of mailing it; whoever holds it gets in",
    )


def is_known(email: str) -> bool:
    """Tell whether somebody has this e-mail address already."""
    return User.objects.filter(email=email).exists()


def refuse_same_name(name: str, *, kind: str) -> None:
    """Refuse to found a second home of one name: most likely the command was given twice."""
    there = RoleAssignment.objects.filter(workspace_name=name, **{f"{kind}__isnull": False}).first()
    if there is not None:
        found = there.practice_id or there.network_id
        raise CommandError(f"A {kind} of this name is here already: {found}. Nothing was changed.")


def let_in(
    assignment: RoleAssignment, *, print_link: bool, was_known: bool, say: Callable[[str], object]
) -> None:
    """Mail the invitation or print the link, and say what is next."""
    person = assignment.user
    say(
        f"person    {person.pk}{' (known already: the role was added, nothing else changed)' if was_known else ''}"
    )
    if person.has_usable_password():
        say(f"They have a password already and sign in as before: {settings.PUBLIC_BASE_URL}/")
    elif print_link:
        say(f"One-time link to choose a password, good for {invitations.link_days()} days:")
        say(invitations.password_link(person))
        say("Whoever opens it first gets in: hand it over yourself, and nowhere else.")
    else:
        _mail(assignment, say=say)


def _mail(assignment: RoleAssignment, *, say: Callable[[str], object]) -> None:
    again = f"manage.py password_link {assignment.user.email}"
    try:
        invitations.send(assignment, inviter="", now=assignment.starts_at)
    except (OSError, SMTPException) as error:
        forgotten = settings.PUBLIC_BASE_URL + reverse("account_reset_password")
        raise CommandError(
            f"All of the above is kept, but the mail did not leave ({type(error).__name__}): look at EMAIL_URL. "
            f"Do not repeat this command: let the person ask for a link at {forgotten} once mail works, "
            f"or print one with: {again}"
        ) from error
    if settings.EMAIL_BACKEND.endswith("console.EmailBackend"):
        say(f"Mail is not set up (EMAIL_URL): the invitation was only printed. Its link once more: {again}")
    else:
        say(f"Invitation mailed; its link works for {invitations.link_days()} days. Nothing came? {again}")
