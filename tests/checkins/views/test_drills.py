"""Drills: marked as such everywhere, counted nowhere, with a report of times."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from checkins.models import Alert, AlertEvent, Drill, Escalation
from checkins.services import drills, escalating
from networks.actors import Actor
from networks.permissions import Role
from tests.clinic import Clinic
from tests.world import NOW

PAGE = reverse("checkins:drills")
START = reverse("checkins:start-drill")


@pytest.fixture
def drill(clinic: Clinic) -> Drill:
    with clinic.scope():
        who = Actor.person(clinic.home.people[Role.PRACTICE_ADMIN].pk)
        return drills.start_drill(clinic.home.practice, actor=who, now=NOW)


def _at(name: str, drill: Drill) -> str:
    return reverse(f"checkins:{name}", args=[drill.pk])


def test_an_admin_starts_one(clinic: Clinic) -> None:
    page = clinic.as_(Role.PRACTICE_ADMIN).post(START, {"level": "L1", "ladder": "2026.1"}, follow=True)
    text = page.content.decode()
    assert "DRILL, " in text
    assert "Acknowledge the drill" in text


@pytest.mark.parametrize(
    "sent",
    [{}, {"level": "L9", "ladder": "2026.1"}, {"level": "L1", "ladder": "x"}],
    ids=["empty", "level", "pace"],
)
def test_bad_input_is_refused_in_words(clinic: Clinic, sent: dict[str, str]) -> None:
    page = clinic.as_(Role.PRACTICE_ADMIN).post(START, sent)
    assert page.status_code == 422
    assert "Choose level and pace from the list." in page.content.decode()


def test_one_runs_at_a_time(clinic: Clinic, drill: Drill) -> None:
    page = clinic.as_(Role.PRACTICE_ADMIN).post(START, {"level": "L1", "ladder": "2026.1"})
    assert "A drill runs already" in page.content.decode()


def test_pages_are_marked_and_the_report_gives_times(clinic: Clinic, drill: Drill) -> None:
    practice = clinic.home.practice
    with clinic.scope():
        # The clinic's own red flag would page too.
        Escalation.objects.filter(alert__isnull=False).update(state="closed")
    escalating.walk_due(practice.pk, now=NOW)
    escalating.walk_due(practice.pk, now=NOW + timedelta(minutes=5))
    assert len(mail.outbox) == 2
    assert all(each.subject.startswith("DRILL, nobody is in danger.") for each in mail.outbox)
    with clinic.scope():
        who = Actor.person(clinic.home.people[Role.CLINICIAN].pk)
        drills.acknowledge_drill(drill, actor=who, now=NOW + timedelta(minutes=7, seconds=3))
    escalating.walk_due(practice.pk, now=NOW + timedelta(hours=1))
    assert len(mail.outbox) == 2
    text = clinic.as_(Role.CLINICIAN).get(_at("drill", drill)).content.decode()
    assert "Oak clinician answered after 7 min 03 s" in text
    assert "5 min 00 s after the start" in text


def test_it_leaves_no_trace_among_alerts_and_patients(clinic: Clinic, drill: Drill) -> None:
    with clinic.scope():
        before = Alert.objects.count(), AlertEvent.objects.count()
    escalating.walk_due(clinic.home.practice.pk, now=NOW)
    with clinic.scope():
        assert Alert.objects.count() == before[0]
        assert AlertEvent.objects.exclude(alert__kind="red_flag").count() == 0
    for page in (reverse("today"), reverse("checkins:alerts"), reverse("checkins:messages")):
        assert "DRILL" not in clinic.as_(Role.CLINICIAN).get(page).content.decode()


def test_answering_twice_changes_nothing(clinic: Clinic, drill: Drill) -> None:
    client = clinic.as_(Role.CLINICIAN)
    for _ in range(2):
        assert client.post(_at("acknowledge-drill", drill)).status_code == 302
    with clinic.scope():
        assert drill.events.count() == 1


def test_only_admins_start_and_end(clinic: Clinic, drill: Drill) -> None:
    client = clinic.as_(Role.CLINICIAN)
    assert client.post(START, {"level": "L1"}).status_code == 403
    assert client.post(_at("end-drill", drill)).status_code == 403
    assert clinic.as_(Role.PRACTICE_ADMIN).post(_at("end-drill", drill)).status_code == 302
    assert clinic.as_(Role.FRONT_DESK).post(_at("acknowledge-drill", drill)).status_code == 403


def test_another_practices_drill_does_not_exist(clinic: Clinic, drill: Drill) -> None:
    client = clinic.as_(Role.PRACTICE_ADMIN, home=clinic.world.elm)
    assert client.get(_at("drill", drill)).status_code == 404
    assert client.post(_at("acknowledge-drill", drill)).status_code == 404
    assert client.post(_at("end-drill", drill)).status_code == 404


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(PAGE).status_code == 302


def test_an_admin_has_one_started_each_week(clinic: Clinic) -> None:
    admin, weekly = clinic.as_(Role.PRACTICE_ADMIN), reverse("checkins:weekly-drill")
    page = admin.post(weekly, {"weekday": "1", "at": "10:00"}, follow=True).content.decode()
    assert "A drill starts by itself each week." in page
    assert '<option value="1" selected>Tuesdays</option>' in page
    assert "Tuesdays from 10:00." in clinic.as_(Role.CLINICIAN).get(PAGE).content.decode()
    assert (
        "No drill starts by itself."
        in admin.post(weekly, {"weekday": "", "at": "10:00"}, follow=True).content.decode()
    )


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({}, "Choose the day and the hour"),
        ({"weekday": "9", "at": "10:00"}, "Choose the day and the hour"),
        ({"weekday": "6", "at": "10:00"}, "The office is closed on that day"),
        ({"weekday": "1", "at": "05:00"}, "Choose an hour in which the office is open"),
    ],
)
def test_a_week_that_does_not_fit_is_said(clinic: Clinic, sent: dict[str, str], sentence: str) -> None:
    page = clinic.as_(Role.PRACTICE_ADMIN).post(reverse("checkins:weekly-drill"), sent)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert clinic.as_(Role.CLINICIAN).post(reverse("checkins:weekly-drill"), sent).status_code == 403


def test_a_running_drill_looks_by_itself_until_it_is_over(clinic: Clinic, drill: Drill) -> None:
    client, address = clinic.as_(Role.CLINICIAN), _at("drill", drill)
    page = client.get(address)
    looks = {"headers": {"HX-Request": "true"}}
    assert 'hx-trigger="every 4s"' in page.content.decode()
    assert client.get(address, {"seen": page.context["seen"]}, **looks).status_code == 204
    client.post(_at("acknowledge-drill", drill))
    later = client.get(address, {"seen": page.context["seen"]}, **looks)
    assert later.status_code == 200
    assert "data-live" not in later.content.decode()
