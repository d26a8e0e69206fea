"""Network home: the members, from directory rows only."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from networks.models import Membership
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from networks.services import organizations
from tests.clinic import Clinic, signed_in
from tests.world import NOW, SYSTEM, World

HOME = reverse("networks:home")


def _page(world: World, label: str = "cin") -> str:
    return signed_in(world.network_people[(label, Role.QUALITY)]).get(HOME).content.decode()


def test_names_the_members_with_agreement_and_size(world: World) -> None:
    text = _page(world)
    assert "2 member practices" in text
    assert "Oak Physical Therapy" in text
    assert "Elm Physical Therapy" in text
    assert "Participation agreement 2026" in text
    assert "Fir Physical Therapy" not in text


def test_each_network_sees_its_own_members(world: World) -> None:
    text = _page(world, "ipa")
    assert "Fir Physical Therapy" in text
    assert "Elm Physical Therapy" not in text


def test_a_practice_that_left_is_no_longer_shown(world: World) -> None:
    with open_scope(Scope.of_network(world.cin.pk, members=frozenset({world.elm.practice.pk}))):
        membership = Membership.objects.get(practice=world.elm.practice, network=world.cin)
        organizations.leave_network(membership, ends_on=date(2026, 2, 28), actor=SYSTEM, now=NOW)
    assert "Elm Physical Therapy" not in _page(world)


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(HOME).status_code == 302


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.PRACTICE_ADMIN])
def test_a_practices_people_may_not_open_it(world: World, role: Role) -> None:
    assert Clinic(world).as_(role).get(HOME).status_code == 403
