"""`manage.py found_practice`: a practice with its first administrator, in a network or by itself."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.urls import reverse

from networks import clock
from networks.actors import Actor
from networks.local_days import local_date, zone_named
from networks.management.first_people import (
    add_link_option,
    clear_errors,
    is_known,
    let_in,
    refuse_same_name,
)
from networks.models import Network, Practice, RoleAssignment
from networks.permissions import Role
from networks.scoping import Scope, open_scope, practice_scope
from networks.services import organizations
from networks.services.people import parse_email

_ACTOR = Actor.part("command")


class Command(BaseCommand):
    """Found a practice, join it to its network, invite its administrator."""

    help = "Found a practice and invite its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the practice and for who looks after it."""
        parser.add_argument("name")
        parser.add_argument(
            "--text-name", required=True, help="the name patients see in texts; plain letters"
        )
        parser.add_argument("--phone", required=True, help="the number patients call, such as 312-555-0100")
        parser.add_argument("--time-zone", required=True, help="such as America/Chicago")
        parser.add_argument("--state", required=True, help="two letters, such as IL")
        parser.add_argument("--admin", required=True, metavar="EMAIL")
        parser.add_argument("--admin-name", required=True, metavar="NAME")
        parser.add_argument("--network", type=UUID, metavar="ID", help="the network that it joins today")
        parser.add_argument("--agreement", default="", help="under which agreement it joins, with its date")
        add_link_option(parser)

    def handle(self, *args: object, **options: object) -> None:
        """Found, join, invite, and print ids and what is next."""
        now = clock.now()
        typed = {key: str(value or "").strip() for key, value in options.items()}
        if not all(typed[key] for key in ("name", "text_name", "admin_name")):
            raise CommandError("Write the practice's name, its name in texts, and the administrator's name.")
        with clear_errors(), transaction.atomic():
            email = parse_email(typed["admin"])
            refuse_same_name(typed["name"], kind="practice")
            was_known = is_known(email)
            practice = _found(typed, now=now)
            network_id = options["network"]
            if isinstance(network_id, UUID):
                _join(practice, network_id, agreement=typed["agreement"], now=now)
            assignment = _first_admin(practice, email=email, name=typed["admin_name"], now=now)
        self.stdout.write(f"practice  {practice.pk}")
        let_in(assignment, print_link=bool(options["print_link"]), was_known=was_known, say=self.stdout.write)
        self.stdout.write(
            "Next, by the administrator, once signed in: the texting line at "
            f"{settings.PUBLIC_BASE_URL}{reverse('checkins:line-setup')} "
            f"and colleagues at {settings.PUBLIC_BASE_URL}{reverse('networks:people')}"
        )


def _found(typed: dict[str, str], *, now: datetime) -> Practice:
    return organizations.found_practice(
        name=typed["name"],
        text_name=typed["text_name"],
        phone=typed["phone"],
        time_zone=typed["time_zone"],
        state=typed["state"],
        actor=_ACTOR,
        now=now,
    )


def _first_admin(practice: Practice, *, email: str, name: str, now: datetime) -> RoleAssignment:
    person = organizations.invite(email, name=name, now=now)
    with practice_scope(practice.pk):
        return organizations.assign_role(
            person, role=Role.PRACTICE_ADMIN, home=practice, actor=_ACTOR, now=now
        )


def _join(practice: Practice, network_id: UUID, *, agreement: str, now: datetime) -> None:
    starts_on = local_date(now, zone_named(practice.time_zone))
    with open_scope(Scope.of_network(network_id, members=frozenset({practice.pk}))):
        network = Network.objects.filter(pk=network_id).first()
        if network is None:
            raise CommandError("There is no network with this id: take it from what found_network printed.")
        organizations.join_network(
            practice,
            network=network,
            agreement=agreement or f"Participation agreement of {starts_on}",
            starts_on=starts_on,
            actor=_ACTOR,
            now=now,
        )
