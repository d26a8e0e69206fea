"""The clinic that API tests look at: Oak's three patients on Monday 2 March 2026, 9:00 in Chicago."""

import pytest
import time_machine

from billing.services.minutes import log_call
from networks.models import User
from networks.permissions import Role
from tests.clinic import STEADY, Clinic, fill
from tests.world import NOW, SYSTEM, World

STORIES = {
    "Vera": (*STEADY[:5], "my chest hurts"),
    "Sam": ("4 Y", "4 Y", None, None, None, None),
    "Wendy": STEADY,
}


@pytest.fixture(autouse=True)
def monday():
    """Let it be Monday morning."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def clinic(world: World) -> Clinic:
    """Vera wrote of chest pain, Sam fell silent, Wendy is doing well; one call was logged for each."""
    clinic = Clinic(world, fill(world.oak, STORIES))
    with clinic.scope():
        for who in clinic.people.values():
            log_call(
                who.episode,
                clinician=world.oak.clinician,
                by=User.objects.get(pk=world.oak.people[Role.CLINICIAN].pk),
                started_at=NOW.replace(hour=14, minute=0),
                ended_at=NOW.replace(hour=14, minute=9),
                mode="phone",
                topic="Exercises",
                reached=True,
                actor=SYSTEM,
                now=NOW,
            )
    return clinic
