"""Network home: the directory, and figures as far as the information wall lets them through."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from networks.models import AuditEntry, Membership
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from networks.services import organizations
from tests.clinic import Clinic, signed_in
from tests.reporting.monitored import courses, monitor
from tests.world import NOW, SYSTEM, World

HOME = reverse("reporting:home")
# Frame 8; members, network, roles, spells; scope and back 6; cohort 6; today 2; the wall's entry.
PINNED = 32


def _page(world: World, label: str = "cin", role: Role = Role.QUALITY) -> str:
    return signed_in(world.network_people[(label, role)]).get(HOME).content.decode()


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


def test_before_integration_every_figure_is_withheld_with_the_reason_and_audited(world: World) -> None:
    text = _page(world, "ipa")
    assert "The information wall withholds figures here." in text
    assert "before integration" in text
    assert text.count("Withheld, for the reason above.") == 3
    with open_scope(Scope.of_network(world.ipa.pk)):
        entry = AuditEntry.objects.get(action="wall.decided")
    assert entry.details["mode"] == "pre_integration"
    assert entry.details["allowed"] == []


def test_a_clinically_integrated_network_shows_its_quality_lead_each_practice(integrated) -> None:
    text = _page(integrated.world)
    assert "The information wall withholds" not in text
    assert "n 44" in text
    assert "n 36" in text
    assert "n 80" in text
    assert "Withheld" not in text


def test_contracting_staff_see_all_practices_together_and_none_by_name(integrated) -> None:
    text = _page(integrated.world, role=Role.CONTRACTING)
    assert "It names one practice; only pooled figures may be seen." in text
    assert "n 80" in text
    assert "n 44" not in text


def test_credentialing_staff_see_the_directory_only(integrated) -> None:
    text = _page(integrated.world, role=Role.CREDENTIALING)
    assert "Oak Physical Therapy" in text
    assert "n 80" not in text
    assert "Outcome profiles" not in text


def test_no_patient_is_named(integrated) -> None:
    assert "Invented" not in _page(integrated.world)


def test_takes_as_many_queries_for_few_as_for_many(integrated, django_assert_num_queries) -> None:
    client = signed_in(integrated.world.network_people[("cin", Role.QUALITY)])
    client.get(HOME)
    with django_assert_num_queries(PINNED):
        client.get(HOME)
    monitor(integrated.world.oak, courses(20, seed=9), payer=integrated.payer, tag="more")
    with django_assert_num_queries(PINNED):
        client.get(HOME)


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(HOME).status_code == 302


@pytest.mark.parametrize("role", [Role.CLINICIAN, Role.PRACTICE_ADMIN])
def test_a_practices_people_may_not_open_it(world: World, role: Role) -> None:
    assert Clinic(world).as_(role).get(HOME).status_code == 403
