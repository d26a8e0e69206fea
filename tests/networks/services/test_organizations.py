"""Founding, joining and roles, against the real database."""

import pytest

from networks.errors import Conflict, DomainError
from networks.models import Membership, Practice, RoleAssignment
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from networks.services import organizations
from tests.world import NOW, SYSTEM, World


def test_without_a_scope_nothing_is_visible(world: World) -> None:
    assert Practice.objects.count() == 0
    assert Membership.objects.count() == 0


def test_a_practice_sees_itself_only(world: World) -> None:
    with open_scope(Scope.of_practice(world.oak.practice.pk)):
        assert [each.name for each in Practice.objects.all()] == ["Oak Physical Therapy"]


def test_a_network_reads_its_members_directory_and_may_not_write_it(world: World) -> None:
    members = frozenset({world.oak.practice.pk, world.elm.practice.pk})
    with open_scope(Scope.of_network(world.cin.pk, members=members)):
        assert {each.name for each in Practice.objects.all()} == {
            "Oak Physical Therapy",
            "Elm Physical Therapy",
        }
        assert Practice.objects.update(name="Ours now") == 0


def test_joining_twice_is_refused(world: World) -> None:
    with open_scope(Scope.of_network(world.cin.pk)), pytest.raises(Conflict):
        organizations.join_network(
            world.oak.practice,
            network=world.cin,
            agreement="again",
            starts_on=NOW.date(),
            actor=SYSTEM,
            now=NOW,
        )


def test_a_network_role_does_not_fit_a_practice(world: World) -> None:
    with open_scope(Scope.of_practice(world.oak.practice.pk)), pytest.raises(DomainError):
        organizations.assign_role(
            world.oak.people[Role.BILLER], role=Role.QUALITY, home=world.oak.practice, actor=SYSTEM, now=NOW
        )


def test_an_ended_role_no_longer_holds(world: World) -> None:
    person = world.oak.people[Role.BILLER]
    held = RoleAssignment.objects.get(user=person)
    with open_scope(Scope.of_practice(world.oak.practice.pk)):
        organizations.end_role(held, actor=SYSTEM, now=NOW)
    assert not RoleAssignment.objects.in_force(NOW).filter(user=person).exists()
