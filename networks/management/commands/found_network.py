"""`manage.py found_network`: the first network of an installation, with its first administrator."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from networks import clock
from networks.actors import Actor
from networks.management.first_people import (
    add_link_option,
    clear_errors,
    is_known,
    let_in,
    refuse_same_name,
)
from networks.models import Network
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from networks.services import organizations
from networks.services.people import parse_email


class Command(BaseCommand):
    """Found a network and invite its administrator."""

    help = "Found a network (CIN, IPA or ACO) and invite its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the network and for who looks after it."""
        parser.add_argument("name")
        parser.add_argument("--kind", choices=Network.Kind.values, required=True)
        parser.add_argument(
            "--mode",
            choices=Network.Mode.values,
            default=Network.Mode.PRE_INTEGRATION.value,
            help="how far it is integrated, and so what members may learn about each other",
        )
        parser.add_argument("--admin", required=True, metavar="EMAIL")
        parser.add_argument("--admin-name", required=True, metavar="NAME")
        add_link_option(parser)

    def handle(self, *args: object, **options: object) -> None:
        """Found, invite, and print ids and what is next."""
        now, actor, name = clock.now(), Actor.part("command"), str(options["name"]).strip()
        if not name or not str(options["admin_name"]).strip():
            raise CommandError("Write the network's name and the administrator's name.")
        with clear_errors(), transaction.atomic():
            email = parse_email(str(options["admin"]))
            refuse_same_name(name, kind="network")
            was_known = is_known(email)
            network = organizations.found_network(
                name=name, kind=str(options["kind"]), mode=str(options["mode"]), actor=actor, now=now
            )
            person = organizations.invite(email, name=str(options["admin_name"]).strip(), now=now)
            with open_scope(Scope.of_network(network.pk)):
                assignment = organizations.assign_role(
                    person, role=Role.NETWORK_ADMIN, home=network, actor=actor, now=now
                )
        self.stdout.write(f"network   {network.pk}")
        let_in(assignment, print_link=bool(options["print_link"]), was_known=was_known, say=self.stdout.write)
        self.stdout.write(f"Next: its practices, each with manage.py found_practice … --network {network.pk}")
