"""One workspace at a time; a role that has ended opens nothing from the same instant."""

from datetime import timedelta

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import RequestFactory

from networks.models import RoleAssignment, User
from networks.permissions import Permission, Role
from networks.scoping import Scope, open_scope, practice_scope
from networks.services import organizations
from networks.workspaces import SESSION_KEY, scope_of, workspaces_of
from tests.world import NOW, SYSTEM, World

LATER = NOW + timedelta(minutes=1)


def request_of(user: object, **session: str) -> HttpRequest:
    request = RequestFactory().get("/")
    request.user = user
    request.session = SessionStore()
    request.session.update(session)
    return request


@pytest.fixture
def traveller(world: World) -> User:
    """Somebody who works at Oak and at Elm, and for the CIN."""
    person = organizations.invite("traveller@daybook.test", name="Traveller", now=NOW)
    for home, role in ((world.oak, Role.CLINICIAN), (world.elm, Role.BILLER)):
        with practice_scope(home.practice.pk):
            organizations.assign_role(person, role=role, home=home.practice, actor=SYSTEM, now=NOW)
    with open_scope(Scope.of_network(world.cin.pk)):
        organizations.assign_role(person, role=Role.QUALITY, home=world.cin, actor=SYSTEM, now=NOW)
    return person


def test_one_workspace_is_active_and_only_its_rows_and_rights_count(world: World, traveller: User) -> None:
    assert len(workspaces_of(traveller, now=LATER)) == 3
    scope = scope_of(request_of(traveller, **{SESSION_KEY: f"practice:{world.elm.practice.pk}"}), now=LATER)
    assert scope is not None
    assert scope.practice_id == world.elm.practice.pk
    assert scope.settings.practices == {world.elm.practice.pk}
    assert scope.settings.networks == frozenset()
    assert scope.may(Permission.SEE_BILLING)
    assert not scope.may(Permission.TEXT_PATIENTS) or Permission.TEXT_PATIENTS in scope.permissions


def test_a_network_workspace_reads_its_members_of_today(world: World, traveller: User) -> None:
    scope = scope_of(request_of(traveller, **{SESSION_KEY: f"network:{world.cin.pk}"}), now=LATER)
    assert scope is not None
    assert scope.practice_id is None
    assert scope.settings.practices == frozenset()
    assert scope.settings.members == {world.oak.practice.pk, world.elm.practice.pk}


@pytest.mark.parametrize(
    "wanted", ["", "operator", "practice:00000000-0000-0000-0000-000000000000", "network:x", "practice:"]
)
def test_a_workspace_that_is_not_theirs_falls_back_to_one_that_is(
    world: World, traveller: User, wanted: str
) -> None:
    scope = scope_of(request_of(traveller, **{SESSION_KEY: wanted}), now=LATER)
    assert scope is not None
    assert scope.practice_id in {world.oak.practice.pk, world.elm.practice.pk}


def test_an_ended_role_is_over_at_once(world: World, traveller: User) -> None:
    at_elm = {SESSION_KEY: f"practice:{world.elm.practice.pk}"}
    held = RoleAssignment.objects.get(user=traveller, practice=world.elm.practice)
    with practice_scope(world.elm.practice.pk):
        organizations.end_role(held, actor=SYSTEM, now=LATER)
    scope = scope_of(request_of(traveller, **at_elm), now=LATER)
    assert scope is not None
    assert scope.practice_id != world.elm.practice.pk
    assert world.elm.practice.pk not in scope.settings.practices


def test_without_any_role_there_is_no_scope(world: World) -> None:
    person = world.oak.people[Role.BILLER]
    for held in RoleAssignment.objects.filter(user=person):
        with practice_scope(world.oak.practice.pk):
            organizations.end_role(held, actor=SYSTEM, now=LATER)
    assert scope_of(request_of(person), now=LATER) is None


def test_a_role_does_not_hold_before_it_begins(world: World, traveller: User) -> None:
    assert workspaces_of(traveller, now=NOW - timedelta(seconds=1)) == []
