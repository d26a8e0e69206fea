"""The page of rule sets: what each year says, what changed, two approvals."""

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import RuleSetApproval
from billing.services import rule_sets
from networks.permissions import Role
from tests.billing.rules.rule_set_files import as_text, of_2027
from tests.clinic import signed_in
from tests.world import NOW, World

PAGE = reverse("billing:rule-sets")
APPROVE = reverse("billing:approve-rule-set")


@pytest.fixture
def edition(world: World):
    return rule_sets.load(as_text(of_2027(assistant_share="15%")), loaded_by=world.operator, now=NOW)


def _text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_biller_reads_what_changed_in_2026(world: World) -> None:
    text = _text(signed_in(world.oak.people[Role.BILLER]).get(PAGE))
    assert "R2026 beside R2025" in text
    assert "98975: data days needed" in text
    assert "ships with Daybook" in text


def test_the_first_year_stands_alone(world: World) -> None:
    text = _text(signed_in(world.oak.people[Role.BILLER]).get(PAGE, {"set": "R2022"}))
    assert "Everything R2022 says" in text
    assert "beside" not in text.split("<main")[1].split("What changed")[0].replace("beside the year", "")


def test_two_people_approve_a_loaded_year(world: World, edition) -> None:
    operator, admin = signed_in(world.operator), signed_in(world.network_people["cin", Role.NETWORK_ADMIN])
    text = _text(operator.get(PAGE))
    assert "R2027 beside R2026" in text
    assert "Assistant&#x27;s modifier above" in text
    assert "waits for 2 approvals" in text
    first = operator.post(APPROVE, {"edition": edition.pk}, follow=True)
    assert "One more person has to approve it." in _text(first)
    assert "another person has to be the second" in _text(operator.get(PAGE))
    again = operator.post(APPROVE, {"edition": edition.pk}, follow=True)
    assert "You approved this rule set already" in _text(again)
    assert "It decides from now on." in _text(admin.post(APPROVE, {"edition": edition.pk}, follow=True))
    assert RuleSetApproval.objects.count() == 2


def test_a_biller_sees_no_button_and_may_not_approve(world: World, edition) -> None:
    biller = signed_in(world.oak.people[Role.BILLER])
    assert '<form method="post" action="' + APPROVE not in _text(biller.get(PAGE))
    assert biller.post(APPROVE, {"edition": edition.pk}).status_code == 403
    assert not RuleSetApproval.objects.exists()


@pytest.mark.parametrize("given", ["", "none", "00000000-0000-7000-8000-000000000000"])
def test_an_unknown_edition_is_not_found(world: World, given: str) -> None:
    assert signed_in(world.operator).post(APPROVE, {"edition": given}).status_code == 404


def test_an_unknown_choice_shows_the_newest(world: World, edition) -> None:
    assert "R2027 beside R2026" in _text(signed_in(world.operator).get(PAGE, {"set": "R1999"}))


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(PAGE).status_code == 302
    assert Client().post(APPROVE).status_code == 302


def test_the_front_desk_may_not_open_it(world: World) -> None:
    assert signed_in(world.oak.people[Role.FRONT_DESK]).get(PAGE).status_code == 403
