"""The clinic that tests of pages look at: Oak's three patients on Monday 2 March 2026, 9:00 in Chicago."""

import copy
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from tests.clinic import STORIES, Clinic, fill
from tests.module_rows import Unblocked
from tests.world import NOW, World


@pytest.fixture(autouse=True)
def monday() -> Iterator[None]:
    """Let it be Monday morning."""
    with time_machine.travel(NOW):
        yield


@pytest.fixture(scope="module")
def filled_clinic(built_world: World, module_rows: Unblocked) -> Clinic:
    """Vera wrote of chest pain, Sam fell silent, Wendy is doing well; told once for the tests of a module."""
    # A minute before the tests, so that what they add has later keys.
    with module_rows(), time_machine.travel(NOW - timedelta(minutes=1)):
        world = copy.deepcopy(built_world)
        return Clinic(world, fill(world.oak, STORIES))


@pytest.fixture
def clinic(filled_clinic: Clinic, db: None) -> Clinic:
    """Vera wrote of chest pain, Sam fell silent, Wendy is doing well."""
    return copy.deepcopy(filled_clinic)
