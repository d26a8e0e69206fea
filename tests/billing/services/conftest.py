"""Oak's scope, with its device determination on file."""

from collections.abc import Iterator

import pytest

from networks.scoping import practice_scope
from tests.billing.services import clinic
from tests.world import Home, World


@pytest.fixture
def oak(world: World) -> Iterator[Home]:
    """The practice Oak, its scope open for the whole test."""
    with practice_scope(world.oak.practice.pk):
        clinic.open_gates(world.oak)
        yield world.oak
