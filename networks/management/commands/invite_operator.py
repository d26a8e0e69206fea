"""`manage.py invite_operator`: bring in somebody who watches the installation."""

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from networks import clock
from networks.actors import Actor
from networks.management.first_people import add_link_option, clear_errors, is_known, let_in
from networks.permissions import Role
from networks.services import organizations
from networks.services.people import parse_email


class Command(BaseCommand):
    """Give somebody the operator's role."""

    help = "Invite somebody to watch this installation; operators see no patient."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for who it is."""
        parser.add_argument("email")
        parser.add_argument("name")
        add_link_option(parser)

    def handle(self, *args: object, **options: object) -> None:
        """Invite, and say how they get in."""
        now = clock.now()
        with clear_errors(), transaction.atomic():
            email = parse_email(str(options["email"]))
            was_known = is_known(email)
            person = organizations.invite(email, name=str(options["name"]).strip(), now=now)
            assignment = organizations.assign_role(
                person, role=Role.OPERATOR, home=None, actor=Actor.part("command"), now=now
            )
        let_in(assignment, print_link=bool(options["print_link"]), was_known=was_known, say=self.stdout.write)
