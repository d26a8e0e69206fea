"""`manage.py add_api_client`: register a machine for one practice or network; its secret is shown once."""

from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser

from networks import clock
from networks.actors import Actor
from networks.api_scopes import SCOPES
from networks.errors import DomainError
from networks.models import Network, Practice
from networks.permissions import NETWORK_ROLES, PRACTICE_ROLES, Role
from networks.scoping import Scope, open_scope
from networks.services.api_clients import Registered, register_client


class Command(BaseCommand):
    """Register an API client and print its id and secret."""

    help = "Register a machine that calls the API."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for a title, a home, a role there, and scopes."""
        parser.add_argument("title", help="what the machine is, such as: EHR bridge")
        home = parser.add_mutually_exclusive_group(required=True)
        home.add_argument("--practice", type=UUID, help="the practice's id")
        home.add_argument("--network", type=UUID, help="the network's id")
        roles = sorted(each.value for each in PRACTICE_ROLES | NETWORK_ROLES)
        parser.add_argument("--role", choices=roles, required=True)
        parser.add_argument("--scope", choices=sorted(SCOPES), action="append", required=True)

    def handle(self, *args: object, **options: object) -> None:
        """Register and print; a home that is not there ends with one sentence."""
        practice_id, network_id = options["practice"], options["network"]
        if isinstance(practice_id, UUID):
            with open_scope(Scope.of_practice(practice_id)):
                found = self._register(Practice.objects.filter(pk=practice_id).first(), options)
        elif isinstance(network_id, UUID):
            with open_scope(Scope.of_network(network_id)):
                found = self._register(Network.objects.filter(pk=network_id).first(), options)
        else:
            raise CommandError("Name a practice or a network.")
        self.stdout.write(f"client id      {found.client_id}")
        self.stdout.write(f"client secret  {found.secret}")
        self.stdout.write("The secret is shown this once and kept nowhere: store it now.")

    def _register(self, home: Practice | Network | None, options: dict[str, object]) -> Registered:
        if home is None:
            raise CommandError("There is no practice or network with this id.")
        scopes = options["scope"]
        try:
            return register_client(
                str(options["title"]),
                home=home,
                role=Role(str(options["role"])),
                scopes=[str(each) for each in scopes] if isinstance(scopes, list) else [],
                actor=Actor.part("command"),
                now=clock.now(),
            )
        except DomainError as error:
            raise CommandError(error.sentence) from error
