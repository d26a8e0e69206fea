"""The register of disputed readings: seven questions, choices with date, source and name."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.db import ProgrammingError, transaction
from django.test import Client
from django.urls import reverse

from billing.disputed_readings import DISPUTED
from billing.models import PayerPolicy, ReadingChoice
from networks.models import AuditEntry, Payer
from networks.permissions import Role
from networks.scoping import practice_scope
from tests.billing.services import clinic
from tests.clinic import signed_in
from tests.world import World

PAGE = reverse("billing:disputed-readings")
CHOOSE = reverse("billing:choose-reading")
REGISTER = json.loads((Path(__file__).parents[3] / "data/rtm_codes_2026.json").read_text(encoding="utf-8"))


@pytest.fixture
def payer(world: World) -> Payer:
    return clinic.payer()


def _given(**changes: object) -> dict[str, object]:
    return {
        "dispute": "window_anchor",
        "way": "set_up_day",
        "starts_on": "2026-04-01",
        "source": "Contractor's letter of March",
        "payer": "",
    } | changes


def _text(answer, status: int = 200) -> str:
    assert answer.status_code == status
    return answer.content.decode()


@pytest.mark.parametrize("dispute", DISPUTED, ids=lambda each: each.key)
def test_every_question_has_readings_with_known_sources(dispute) -> None:
    known = set(REGISTER["sources"]) | {"MEM"}
    assert len(dispute.ways) >= 2
    assert len({each.key for each in dispute.ways}) == len(dispute.ways)
    assert all(each.sources and set(each.sources) <= known for each in dispute.ways)


def test_every_question_is_shown_with_its_default(world: World) -> None:
    text = _text(signed_in(world.oak.people[Role.CLINICIAN]).get(PAGE))
    assert text.count(">our default<") == len(DISPUTED) == 7
    assert text.count("Nobody chose otherwise.") == 7
    assert "Record the choice" not in text


def test_a_choice_is_recorded_with_who_and_when(world: World) -> None:
    biller = world.oak.people[Role.BILLER]
    text = _text(signed_in(biller).post(CHOOSE, _given(), follow=True))
    assert "The choice is recorded" in text
    assert f"approved by {biller.name}" in text
    with practice_scope(world.oak.practice.pk):
        choice = ReadingChoice.objects.get()
        assert (choice.way, choice.starts_on, choice.approved_by_id) == (
            "set_up_day",
            date(2026, 4, 1),
            biller.pk,
        )
        entry = AuditEntry.objects.get(action="reading.chosen")
        assert entry.details == {"question": "window_anchor", "reading": "set_up_day"}
        with pytest.raises(ProgrammingError), transaction.atomic():
            ReadingChoice.objects.update(way="rolling")


def test_a_payers_live_contacts_become_its_policy(world: World, payer: Payer) -> None:
    given = _given(dispute="live_contacts", way="plain", payer=payer.pk)
    client = signed_in(world.oak.people[Role.BILLER])
    text = _text(client.post(CHOOSE, given, follow=True))
    assert "One in the month covers all management codes." in text
    with practice_scope(world.oak.practice.pk):
        policy = PayerPolicy.objects.get()
        assert (policy.payer_id, policy.live_contact_rule, policy.covered_codes) == (payer.pk, "plain", None)
    again = _text(client.post(CHOOSE, given), status=422)
    assert "is settled already" in again


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"way": "none"}, "Choose one of the readings."),
        ({"dispute": "nothing"}, "Choose one of the readings."),
        ({"starts_on": "soon"}, "Enter the date from which it holds."),
        ({"source": " "}, "Say where this was read, or who decided it and why."),
        ({"payer": "none"}, "Choose a payer from the list."),
        ({"dispute": "live_contacts", "way": "plain"}, "Choose the payer"),
    ],
    ids=["reading", "question", "date", "source", "payer", "live contacts without payer"],
)
def test_what_cannot_be_taken_is_said(world: World, changes, message) -> None:
    answer = signed_in(world.oak.people[Role.BILLER]).post(CHOOSE, _given(**changes))
    assert message in _text(answer, status=422)
    with practice_scope(world.oak.practice.pk):
        assert not ReadingChoice.objects.exists()


def test_another_practice_sees_none_of_it(world: World) -> None:
    signed_in(world.oak.people[Role.BILLER]).post(CHOOSE, _given())
    text = _text(signed_in(world.fir.people[Role.BILLER]).get(PAGE))
    assert "letter of March" not in text


def test_who_may_open_and_choose(world: World) -> None:
    assert Client().get(PAGE).status_code == 302
    assert Client().post(CHOOSE).status_code == 302
    assert signed_in(world.oak.people[Role.FRONT_DESK]).get(PAGE).status_code == 403
    assert signed_in(world.oak.people[Role.CLINICIAN]).post(CHOOSE, _given()).status_code == 403
