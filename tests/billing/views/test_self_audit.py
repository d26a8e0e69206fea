"""The page of the self-audit: counts of this practice only."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from billing.selectors.self_audit import audit_facts
from billing.services import decisions, gates
from networks.permissions import Role
from networks.scoping import practice_scope
from tests.billing.services import clinic
from tests.clinic import signed_in
from tests.world import SYSTEM, World

PAGE = reverse("billing:self-audit")
MAY = datetime(2026, 5, 4, 15, 0, tzinfo=UTC)


@pytest.fixture
def oak(world: World):
    """Two patients from March on; one is monitored elsewhere and was never talked with."""
    with time_machine.travel(MAY), practice_scope(world.oak.practice.pk):
        clinic.open_gates(world.oak)
        talked, silent = (clinic.enrol(world.oak, number=each) for each in (1, 2))
        for each in (talked, silent):
            clinic.report(each, 0, 1, 30, 31)
        clinic.talk(world.oak, talked, 2, length=14, now=MAY)
        gates.record_exclusion(silent, kind="other_rtm", starts_on=clinic.after(70), actor=SYSTEM, now=MAY)
        decisions.refresh_all(world.oak.practice.pk, now=MAY)
        yield world.oak


def _text(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def test_counts_are_those_of_the_facts(oak) -> None:
    found = audit_facts(oak.practice.pk, first=clinic.START, last=MAY.date(), zone=oak.practice.time_zone)
    assert sorted((len(each.device_dates), len(each.management_dates)) for each in found.patients) == [
        (2, 0),
        (2, 1),
    ]
    assert sum(each.monitored_elsewhere for each in found.patients) == 1
    assert all(each.has_set_up and each.was_evaluated_first for each in found.patients)
    assert found.enrollments == {clinic.START.replace(day=1): 2}
    assert sorted(found.window_days) == [2, 2, 2, 2]
    assert list(found.month_minutes) == [14]
    assert [each.is_live_contact for each in found.entries] == [True]
    assert found.entries[0].delay.days > 1


def test_the_page_says_what_to_look_at_and_how_it_is_counted(oak) -> None:
    text = _text(signed_in(oak.people[Role.PRACTICE_ADMIN]).get(PAGE))
    assert "1 of 2 patients with device supply (50%)" in text
    assert "1 of 1 time entries (100%)" in text
    assert "4 in all; 4 at exactly 2, 0 at exactly 16 days." in text
    assert "Example" not in text


def test_an_empty_practice_is_told_so(world: World) -> None:
    assert "Nothing to count yet" in _text(signed_in(world.elm.people[Role.BILLER]).get(PAGE))


def test_another_practice_sees_none_of_it(oak, world: World) -> None:
    assert "Nothing to count yet" in _text(signed_in(world.fir.people[Role.BILLER]).get(PAGE))


def test_who_may_open_it(world: World) -> None:
    assert Client().get(PAGE).status_code == 302
    assert signed_in(world.oak.people[Role.FRONT_DESK]).get(PAGE).status_code == 403


def test_costs_the_same_however_many_patients(oak, django_assert_max_num_queries) -> None:
    with django_assert_max_num_queries(12):
        audit_facts(oak.practice.pk, first=clinic.START, last=MAY.date(), zone="America/Chicago")
