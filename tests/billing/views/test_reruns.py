"""A month run again under another rule set, on the page and by the command; nothing is written."""

import io
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import CommandError
from django.test import Client
from django.urls import reverse

from billing.services import decisions
from networks.permissions import Role
from networks.scoping import practice_scope
from tests.billing.services import clinic
from tests.clinic import signed_in
from tests.world import World

PAGE = reverse("billing:rerun")
APRIL = datetime(2026, 4, 20, 15, 0, tzinfo=UTC)


@pytest.fixture
def oak(world: World):
    """A patient with five data days and fourteen minutes in March 2026, seen in April."""
    with time_machine.travel(APRIL), practice_scope(world.oak.practice.pk):
        clinic.open_gates(world.oak)
        episode = clinic.enrol(world.oak, number=1)
        clinic.report(episode, 0, 1, 2, 3, 4)
        clinic.talk(world.oak, episode, 2, length=14, now=APRIL)
        decisions.refresh([episode.pk], practice_id=world.oak.practice.pk, now=APRIL)
        yield world.oak


def _text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_march_2026_under_2025_shows_each_line_that_differs(oak) -> None:
    before = clinic.derived(oak.practice.pk)
    text = _text(signed_in(oak.people[Role.BILLER]).get(PAGE, {"month": "2026-03", "rules": "R2025"}))
    assert "March 2026 under R2025" in text
    assert "98985 GP, may be certified" in text
    assert "98977 GP, not allowed" in text
    assert "16 to 30 are needed for 98977" in text
    assert "98979 GP, may be certified" in text
    assert "98980 GP, not allowed" in text
    assert clinic.derived(oak.practice.pk) == before


def test_under_its_own_rules_nothing_differs(oak) -> None:
    text = _text(signed_in(oak.people[Role.PRACTICE_ADMIN]).get(PAGE, {"month": "2026-03", "rules": "R2026"}))
    assert "No line differs." in text


def test_an_empty_month_says_so(oak) -> None:
    text = _text(signed_in(oak.people[Role.BILLER]).get(PAGE, {"month": "2025-01", "rules": "R2025"}))
    assert "No line in this month" in text


def test_another_practice_sees_none_of_it(oak, world: World) -> None:
    text = _text(signed_in(world.fir.people[Role.BILLER]).get(PAGE, {"month": "2026-03", "rules": "R2025"}))
    assert "No line in this month" in text
    assert "Example" not in text


@pytest.mark.parametrize(
    "asked", [{"month": "March", "rules": "R2025"}, {"month": "2026-13", "rules": "R2025"}]
)
def test_a_month_that_is_none_is_named(world: World, asked) -> None:
    text = _text(signed_in(world.oak.people[Role.BILLER]).get(PAGE, asked))
    assert "Write the month as year and month, such as 2026-03." in text


def test_an_unknown_rule_set_asks_again(world: World) -> None:
    text = _text(signed_in(world.oak.people[Role.BILLER]).get(PAGE, {"month": "2026-03", "rules": "R2027"}))
    assert "under R2027" not in text


def test_who_may_open_it(world: World) -> None:
    assert Client().get(PAGE).status_code == 302
    assert signed_in(world.oak.people[Role.FRONT_DESK]).get(PAGE).status_code == 403


def test_the_command_prints_ids_and_codes_only(oak) -> None:
    out = io.StringIO()
    call_command("rerun_month", "2026-03", rules="R2025", practice=oak.practice.pk, stdout=out)
    text = out.getvalue()
    assert "98985 may be certified: 1 now, 0 then (-1)" in text
    assert text.endswith("3 lines differ.\n")
    assert "Example" not in text


@pytest.mark.parametrize(
    ("month", "rules", "known", "message"),
    [
        ("2026", "R2025", True, "Write the month"),
        ("2026-03", "R2027", True, "No approved rule set is called R2027"),
        ("2026-03", "R2025", False, "no practice with this id"),
    ],
)
def test_the_command_refuses_in_words(world: World, month, rules, known, message) -> None:
    practice = world.oak.practice.pk if known else world.oak.clinician.pk
    with pytest.raises(CommandError, match=message):
        call_command("rerun_month", month, rules=rules, practice=practice)
