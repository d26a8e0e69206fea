"""Pages are looked at on Monday 2 March 2026, 9:00 in Chicago."""

import pytest
import time_machine

from tests.clinic import STEADY, Clinic, fill
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(NOW):
        yield


@pytest.fixture
def clinic(world: World) -> Clinic:
    """Vera wrote of chest pain, Sam fell silent, Wendy is doing well."""
    stories = {
        "Vera": (*STEADY[:5], "my chest hurts"),
        "Sam": ("4 Y", "4 Y", None, None, None, None),
        "Wendy": STEADY,
    }
    return Clinic(world, fill(world.oak, stories))
