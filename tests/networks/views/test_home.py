"""Home: where somebody's role has its work; and switching between workspaces."""

import pytest
from django.test import Client
from django.urls import reverse

from networks.permissions import Role
from networks.scoping import Scope, open_scope
from networks.services import organizations
from tests.clinic import Clinic, signed_in
from tests.world import NOW, SYSTEM, World

PRACTICE_HOMES = {
    Role.CLINICIAN: "/today/",
    Role.ASSISTANT: "/today/",
    Role.FRONT_DESK: "/today/",
    Role.PRACTICE_ADMIN: "/today/",
    Role.BILLER: "/billing/",
    Role.AUDITOR: "/audit/",
}


@pytest.mark.parametrize(("role", "home"), PRACTICE_HOMES.items())
def test_each_role_of_a_practice_has_its_home(world: World, role: Role, home: str) -> None:
    client = Clinic(world).as_(role)
    assert client.get("/").url == home
    assert client.get(home).status_code == 200


@pytest.mark.parametrize("role", [Role.NETWORK_ADMIN, Role.QUALITY, Role.CONTRACTING, Role.CREDENTIALING])
def test_network_roles_have_the_network(world: World, role: Role) -> None:
    client = signed_in(world.network_people[("cin", role)])
    assert client.get("/").url == "/network/"
    assert client.get("/network/").status_code == 200


def test_the_operator_has_operations(world: World) -> None:
    assert signed_in(world.operator).get("/").url == "/operations/"


def test_anonymous_people_are_led_to_the_sign_in(db: None) -> None:
    assert Client().get("/").url == "/accounts/login/?next=/"


def test_somebody_without_a_role_is_told(world: World) -> None:
    person = organizations.invite("new@oak.test", name="New", now=NOW, password="a long test password")
    page = signed_in(person).get("/")
    assert page.status_code == 403
    assert "You have no role yet" in page.content.decode()


def test_switching_changes_what_is_seen(world: World) -> None:
    person = world.oak.people[Role.CLINICIAN]
    with open_scope(Scope.of_practice(world.elm.practice.pk)):
        organizations.assign_role(person, role=Role.BILLER, home=world.elm.practice, actor=SYSTEM, now=NOW)
    client = signed_in(person)
    assert "Elm Physical Therapy" in client.get("/patients/").content.decode()
    wanted = f"practice:{world.oak.practice.pk}"
    assert client.post(reverse("networks:switch"), {"workspace": wanted}).url == "/"
    assert client.get("/").url == "/today/"
    client.post(reverse("networks:switch"), {"workspace": f"practice:{world.elm.practice.pk}"})
    assert client.get("/").url == "/billing/"
    assert client.get("/today/").status_code == 403


def test_nobody_switches_to_where_they_do_not_work(world: World) -> None:
    client = Clinic(world).as_(Role.CLINICIAN)
    for wanted in (f"practice:{world.elm.practice.pk}", "operator", "", "practice:x"):
        assert client.post(reverse("networks:switch"), {"workspace": wanted}).status_code == 404


def test_switching_needs_a_sign_in_and_a_post(world: World) -> None:
    assert Client().post(reverse("networks:switch")).status_code == 302
    assert Clinic(world).as_(Role.CLINICIAN).get(reverse("networks:switch")).status_code == 405
