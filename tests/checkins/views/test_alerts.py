"""Closing an alert with what was done."""

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import Alert, AlertEvent
from networks.permissions import Role
from tests.clinic import Clinic


@pytest.fixture
def alert(clinic: Clinic) -> Alert:
    with clinic.scope():
        return Alert.objects.get(kind="red_flag")


def _address(alert: Alert) -> str:
    return reverse("checkins:close-alert", args=[alert.pk])


def test_asks_what_was_done(clinic: Clinic, alert: Alert) -> None:
    text = clinic.as_(Role.CLINICIAN).get(_address(alert)).content.decode()
    assert "Danger sign: chest or heart trouble" in text
    assert "What was done" in text


def test_closes_with_it_and_the_patient_leaves_the_group(clinic: Clinic, alert: Alert) -> None:
    client = clinic.as_(Role.CLINICIAN)
    page = client.post(
        _address(alert),
        {"reason": "Called: seen in the ER", "outcome": "emergency"},
        headers={"HX-Request": "true"},
    )
    assert "daybook:close-drawer" in page.headers["HX-Trigger"]
    with clinic.scope():
        event = AlertEvent.objects.get(alert=alert, act="closed")
    assert (event.reason, event.by_id) == ("Called: seen in the ER", clinic.home.people[Role.CLINICIAN].pk)
    assert "In danger" not in client.get(reverse("today")).content.decode()


def test_works_without_a_script(clinic: Clinic, alert: Alert) -> None:
    page = clinic.as_(Role.CLINICIAN).post(_address(alert), {"reason": "Called", "outcome": "reached"})
    assert page.url == reverse("billing:patient", args=[alert.patient_id])


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [(" ", "Say in a few words what was done."), ("x" * 201, "Shorten the reason to 200 letters.")],
    ids=["empty", "endless"],
)
def test_bad_input_is_refused_in_words_and_kept(
    clinic: Clinic, alert: Alert, reason: str, sentence: str
) -> None:
    page = clinic.as_(Role.CLINICIAN).post(_address(alert), {"reason": reason, "outcome": "reached"})
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert reason in page.content.decode()


def test_says_when_somebody_else_was_first(clinic: Clinic, alert: Alert) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.post(_address(alert), {"reason": "Called", "outcome": "reached"})
    page = client.post(_address(alert), {"reason": "Called too", "outcome": "reached"})
    assert page.status_code == 422
    assert "Somebody has closed this already." in page.content.decode()


def test_anonymous_people_are_led_to_the_sign_in(alert: Alert) -> None:
    assert Client().get(_address(alert)).status_code == 302


def test_the_front_desk_may_not(clinic: Clinic, alert: Alert) -> None:
    assert clinic.as_(Role.FRONT_DESK).post(_address(alert), {"reason": "x"}).status_code == 403


def test_another_practices_alert_does_not_exist(clinic: Clinic, alert: Alert) -> None:
    client = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert client.post(_address(alert), {"reason": "x"}).status_code == 404


def test_after_a_danger_sign_it_is_asked_what_came_of_it(clinic: Clinic, alert: Alert) -> None:
    page = clinic.as_(Role.CLINICIAN).post(_address(alert), {"reason": "Called"})
    assert page.status_code == 422
    assert "Choose from the list what came of it." in page.content.decode()


def test_what_came_of_it_is_kept(clinic: Clinic, alert: Alert) -> None:
    clinic.as_(Role.CLINICIAN).post(_address(alert), {"reason": "Read twice", "outcome": "no_danger"})
    with clinic.scope():
        assert AlertEvent.objects.get(alert=alert, act="closed").closing.outcome == "no_danger"
