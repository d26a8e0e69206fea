"""A session ends an hour after its last request, and twelve hours after its first."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from networks.permissions import Role
from tests.world import NOW, World

START = NOW + timedelta(days=1)


@pytest.fixture
def clock() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


@pytest.fixture
def visitor(world: World, clock: time_machine.Traveller, client: Client) -> Client:
    client.force_login(world.oak.people[Role.CLINICIAN])
    visit(client)
    return client


def visit(client: Client) -> bool:
    """Open a page; return whether the session still belongs to somebody."""
    client.get("/accounts/login/")
    return "_auth_user_id" in client.session


def test_a_session_that_is_used_goes_on(visitor: Client, clock: time_machine.Traveller) -> None:
    for _ in range(10):
        clock.shift(timedelta(minutes=55))
        assert visit(visitor)


def test_after_an_hour_without_a_request_it_is_over(visitor: Client, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(minutes=59))
    assert visit(visitor)
    clock.shift(timedelta(minutes=61))
    assert not visit(visitor)


def test_after_twelve_hours_it_is_over_however_busy(visitor: Client, clock: time_machine.Traveller) -> None:
    for _ in range(23):
        clock.shift(timedelta(minutes=30))
        assert visit(visitor)
    clock.shift(timedelta(minutes=31))
    assert not visit(visitor)


def test_signing_in_gives_a_new_session(world: World, client: Client) -> None:
    client.get("/accounts/login/")
    client.session.save()
    before = client.session.session_key
    client.force_login(world.oak.people[Role.CLINICIAN])
    assert client.session.session_key != before
