"""A small clinic with a week of answers, and people signed in to look at it; made for tests of pages."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from django.test import Client

from billing.models import DeviceDetermination
from billing.services import decisions
from networks.models import User
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from tests import factories
from tests.factories import Enrolled
from tests.world import NOW, Home, World

TODAY = date(2026, 3, 2)
FIRST = TODAY - timedelta(days=6)
STEADY = ("4 Y", "4 Y", "3 Y", "4 N", "3 Y", "3 Y")
# Vera writes of chest pain, Sam falls silent, Wendy is doing well.
STORIES: dict[str, Sequence[str | None]] = {
    "Vera": (*STEADY[:5], "my chest hurts"),
    "Sam": ("4 Y", "4 Y", None, None, None, None),
    "Wendy": STEADY,
}


@dataclass
class Clinic:
    """Oak with patients by name, as they stand on Monday 2 March 2026, 9:00 in Chicago."""

    world: World
    people: dict[str, Enrolled] = field(default_factory=dict)

    @property
    def home(self) -> Home:
        return self.world.oak

    def as_(self, role: Role, *, home: Home | None = None) -> Client:
        """Return a browser in which one of a practice's people is signed in."""
        return signed_in((home or self.home).people[role])

    def scope(self, home: Home | None = None):
        """Open the practice's scope, to look at rows."""
        return open_scope(Scope.of_practice((home or self.home).practice.pk))


def signed_in(person: User) -> Client:
    """Return a browser in which a person is signed in."""
    client = Client()
    client.force_login(person)
    return client


def fill(home: Home, stories: dict[str, Sequence[str | None]], *, now: datetime = NOW) -> dict[str, Enrolled]:
    """Enrol one patient for each story a week ago, let them answer daily, and decide what it amounts to."""
    start = factories.local_noon(FIRST - timedelta(days=1), home, hour=8)
    with open_scope(Scope.of_practice(home.practice.pk)):
        if not DeviceDetermination.objects.exists():
            factories.determination(home, starts_on=date(2020, 1, 1), now=start)
        people = {
            name: factories.enrolled(home, now=start, given_name=name, family_name="Ortiz", gated=True)
            for name in stories
        }
        told = [(people[name], answers) for name, answers in stories.items()]
        factories.days_of_answers(home, told, first=FIRST, days=len(STEADY))
        decisions.refresh_all(home.practice.pk, now=now)
    return people
