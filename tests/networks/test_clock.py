"""The clock of a demonstration moves forward for every process; the machine's own one does not."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from networks import clock
from networks.permissions import Role
from tests.world import NOW, World

A_WEEK = timedelta(weeks=1)


@pytest.fixture
def movable(settings, tmp_path: Path) -> Path:
    """The file that says how far the clock is ahead."""
    file = tmp_path / "run" / "demo-clock"
    settings.DEMO_CLOCK_FILE = str(file)
    return file


def test_without_the_setting_the_clock_is_the_machines_and_cannot_be_moved() -> None:
    with time_machine.travel(NOW, tick=False):
        assert clock.now() == clock.machine_now() == NOW
        with pytest.raises(ValueError, match="Only the clock of a demonstration"):
            clock.move(A_WEEK)


def test_moves_add_up_and_leave_the_machines_clock_alone(movable: Path) -> None:
    with time_machine.travel(NOW, tick=False):
        assert clock.now() == NOW
        assert clock.move(A_WEEK) == NOW + A_WEEK
        assert clock.move(timedelta(hours=1)) == NOW + A_WEEK + timedelta(hours=1)
        assert clock.now() == NOW + A_WEEK + timedelta(hours=1)
        assert clock.machine_now() == NOW
    assert [each.name for each in movable.parent.iterdir()] == ["demo-clock"]


def test_the_clock_does_not_go_back(movable: Path) -> None:
    with pytest.raises(ValueError, match="only forward"):
        clock.move(-timedelta(hours=1))
    assert not movable.exists()


def test_a_week_that_was_only_moved_over_ends_no_session(world: World, movable: Path, client: Client) -> None:
    with time_machine.travel(NOW + timedelta(days=1), tick=False):
        client.force_login(world.oak.people[Role.CLINICIAN])
        client.get("/accounts/login/")
        clock.move(A_WEEK)
        client.get("/accounts/login/")
        assert "_auth_user_id" in client.session
