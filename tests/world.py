"""An invented world for tests, made by the product's own services."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime

from networks.actors import Actor
from networks.models import Clinician, Network, Practice, User
from networks.permissions import NETWORK_ROLES, PRACTICE_ROLES, Role
from networks.scoping import Scope, open_scope
from networks.services import organizations

NOW = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
SYSTEM = Actor.part("tests")
PASSWORD = "a long test password"


@dataclass
class Home:
    """A practice with one person for every role."""

    practice: Practice
    clinician: Clinician
    people: dict[Role, User] = field(default_factory=dict)


@dataclass
class World:
    """Oak is in both networks, Elm in the CIN, Fir in the IPA."""

    cin: Network
    ipa: Network
    oak: Home
    elm: Home
    fir: Home
    network_people: dict[tuple[str, Role], User] = field(default_factory=dict)
    operator: User | None = None

    @property
    def homes(self) -> list[Home]:
        return [self.oak, self.elm, self.fir]


NPIS = {"oak": "2000000002", "elm": "2000000010", "fir": "2000000028"}


def _home(name: str, *, zone: str, state: str) -> Home:
    practice = organizations.found_practice(
        name=f"{name.title()} Physical Therapy",
        text_name=f"{name.title()} PT",
        phone="312-555-0100",
        time_zone=zone,
        state=state,
        actor=SYSTEM,
        now=NOW,
        opened_on=date(2020, 1, 1),
    )
    people = {}
    with open_scope(Scope.of_practice(practice.pk)):
        for role in sorted(PRACTICE_ROLES):
            person = organizations.invite(
                f"{role.value}@{name}.test", name=f"{name.title()} {role.value}", now=NOW, password=PASSWORD
            )
            organizations.assign_role(person, role=role, home=practice, actor=SYSTEM, now=NOW)
            people[role] = person
        clinician = organizations.add_clinician(
            practice,
            name=f"Dr {name.title()}",
            npi=NPIS[name],
            credential=Clinician.Credential.PT,
            actor=SYSTEM,
            now=NOW,
            user=people[Role.CLINICIAN],
        )
    return Home(practice=practice, clinician=clinician, people=people)


def build_world() -> World:
    """Build and return the world; leaves no scope open."""
    cin = organizations.found_network(name="Lakes CIN", kind=Network.Kind.CIN, actor=SYSTEM, now=NOW)
    ipa = organizations.found_network(name="Plains IPA", kind=Network.Kind.IPA, actor=SYSTEM, now=NOW)
    world = World(
        cin=cin,
        ipa=ipa,
        oak=_home("oak", zone="America/Chicago", state="IL"),
        elm=_home("elm", zone="America/New_York", state="NY"),
        fir=_home("fir", zone="America/Los_Angeles", state="CA"),
    )
    joins = ((cin, world.oak), (cin, world.elm), (ipa, world.oak), (ipa, world.fir))
    for network, home in joins:
        with open_scope(Scope.of_network(network.pk, members=frozenset({home.practice.pk}))):
            organizations.join_network(
                home.practice,
                network=network,
                agreement="Participation agreement 2026",
                starts_on=date(2026, 1, 1),
                actor=SYSTEM,
                now=NOW,
            )
    for label, network in (("cin", cin), ("ipa", ipa)):
        with open_scope(Scope.of_network(network.pk)):
            for role in sorted(NETWORK_ROLES):
                person = organizations.invite(
                    f"{role.value}@{label}.test", name=f"{label} {role.value}", now=NOW, password=PASSWORD
                )
                organizations.assign_role(person, role=role, home=network, actor=SYSTEM, now=NOW)
                world.network_people[(label, role)] = person
    world.operator = organizations.invite(
        "operator@daybook.test", name="Operator", now=NOW, password=PASSWORD
    )
    organizations.assign_role(world.operator, role=Role.OPERATOR, home=None, actor=SYSTEM, now=NOW)
    return world
