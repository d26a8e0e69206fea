"""The bar that moves a demonstration's clock: there only where the setting is on."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import Client

from networks import clock
from networks.permissions import Role
from tests.world import NOW, World

START = NOW + timedelta(days=1)


@pytest.fixture
def visitor(world: World, client: Client):
    with time_machine.travel(START, tick=False):
        client.force_login(world.oak.people[Role.CLINICIAN])
        yield client


@pytest.fixture
def movable(settings, tmp_path: Path) -> None:
    settings.DEMO_CLOCK_FILE = str(tmp_path / "demo-clock")


def test_without_the_setting_there_is_neither_bar_nor_address(visitor: Client) -> None:
    assert b"Demo clock" not in visitor.get("/today/").content
    assert visitor.post("/demo-clock/", {"by": "hour"}).status_code == 404


def test_the_bar_tells_the_time_and_each_button_moves_it(visitor: Client, movable: None) -> None:
    page = visitor.get("/today/").content.decode()
    assert "Demo clock" in page
    assert all(f'value="{by}"' in page for by in ("hour", "day", "week"))

    for by, ahead in (("hour", 1), ("day", 25), ("week", 193)):
        answer = visitor.post("/demo-clock/", {"by": by, "next": "/today/"})
        assert (answer.status_code, answer["Location"]) == (302, "/today/")
        assert clock.now() == START + timedelta(hours=ahead)


def test_a_step_that_is_none_is_refused_and_a_way_out_of_the_site_leads_home(
    visitor: Client, movable: None
) -> None:
    assert visitor.post("/demo-clock/", {"by": "year"}).status_code == 400
    assert visitor.get("/demo-clock/").status_code == 405
    assert visitor.post("/demo-clock/", {"by": "hour", "next": "https://evil.test/"})["Location"] == "/"


def test_nobody_moves_it_without_signing_in(client: Client, movable: None) -> None:
    answer = client.post("/demo-clock/", {"by": "week"})
    assert answer["Location"].startswith("/accounts/login/")
    assert clock.now() - clock.machine_now() < timedelta(seconds=5)
