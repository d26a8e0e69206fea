"""A patient's page: the texts, what was read, what it amounts to."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from networks.models import AuditEntry
from networks.permissions import Role
from patients.models import Phone
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW


def _address(clinic: Clinic, name: str = "Vera", route: str = "billing:patient") -> str:
    return reverse(route, args=[clinic.people[name].patient_id])


def test_shows_texts_with_what_was_read_beneath_each(clinic: Clinic) -> None:
    text = clinic.as_(Role.CLINICIAN).get(_address(clinic)).content.decode()
    assert "my chest hurts" in text
    assert "Read as: Pain 4 · Exercises done" in text
    assert "Pain: a number." in text
    assert "Danger sign: chest or heart trouble" in text


def test_says_how_both_clocks_stand_and_why_each_code(clinic: Clinic) -> None:
    text = clinic.as_(Role.CLINICIAN).get(_address(clinic, "Wendy")).content.decode()
    assert "6 of 30 days" in text
    assert "0 minutes, no live contact yet" in text
    assert "98985" in text
    assert "6 data days between" in text


def test_says_whether_the_patient_can_be_texted_and_has_agreed(clinic: Clinic) -> None:
    text = clinic.as_(Role.CLINICIAN).get(_address(clinic)).content.decode()
    assert "Consents in force" in text
    assert "Can be texted" in text
    assert "wording 1 of 2026" in text


def test_a_patient_who_stopped_the_texts_has_no_mark_that_they_can_be_texted(clinic: Clinic) -> None:
    with clinic.scope():
        factories.writes(clinic.people["Sam"], "STOP", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    page = clinic.as_(Role.CLINICIAN).get(_address(clinic, "Sam"))
    text = page.content.decode()
    assert "Can be texted" not in text
    assert "Texts to this number are stopped" in text
    assert page.context["view"].phone_tone == "attention"
    assert "This patient does not get texts: they stopped them or never agreed. Call instead." in text
    assert "Send</button>" not in text


def test_every_look_is_noted(clinic: Clinic) -> None:
    clinic.as_(Role.CLINICIAN).get(_address(clinic))
    with clinic.scope():
        entry = AuditEntry.objects.get(action="patient.viewed")
    assert entry.patient_id == clinic.people["Vera"].patient_id
    assert entry.user_id == clinic.home.people[Role.CLINICIAN].pk
    assert entry.details == {"page": "patient"}


def test_the_biller_sees_codes_and_not_the_texts(clinic: Clinic) -> None:
    text = clinic.as_(Role.BILLER).get(_address(clinic)).content.decode()
    assert "98985" in text
    assert "my chest hurts" not in text
    assert "Your role shows codes and dates here, not the texts." in text


def test_a_reply_changes_the_open_page(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    seen = client.get(_address(clinic, "Wendy")).context["seen"]
    changes = _address(clinic, "Wendy", "billing:patient-changes")
    assert client.get(changes, {"seen": seen}).status_code == 204
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
        factories.writes(clinic.people["Wendy"], "2 Y", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    text = client.get(changes, {"seen": seen}).content.decode()
    assert "Read as: Pain 2 · Exercises done" in text
    assert "7 of 30 days" in text


def test_anothers_reply_leaves_the_page_alone(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    seen = client.get(_address(clinic, "Wendy")).context["seen"]
    with clinic.scope():
        factories.writes(clinic.people["Sam"], "2 Y", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    answer = client.get(_address(clinic, "Wendy", "billing:patient-changes"), {"seen": seen})
    assert answer.status_code == 204


@pytest.mark.parametrize("route", ["billing:patient", "billing:patient-changes"])
def test_anonymous_people_are_led_to_the_sign_in(clinic: Clinic, route: str) -> None:
    assert Client().get(_address(clinic, route=route)).status_code == 302


@pytest.mark.parametrize("route", ["billing:patient", "billing:patient-changes"])
def test_an_auditor_may_not_open_it(clinic: Clinic, route: str) -> None:
    assert clinic.as_(Role.AUDITOR).get(_address(clinic, route=route)).status_code == 403


@pytest.mark.parametrize("route", ["billing:patient", "billing:patient-changes"])
def test_another_practices_patient_does_not_exist(clinic: Clinic, route: str) -> None:
    client = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert client.get(_address(clinic, route=route)).status_code == 404


def test_needs_a_fixed_number_of_queries(clinic: Clinic, django_assert_num_queries) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.get(_address(clinic))
    with django_assert_num_queries(PINNED):
        client.get(_address(clinic))
    with clinic.scope():
        for number in range(12):
            factories.writes(clinic.people["Vera"], f"{number % 10} Y", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    client.get(_address(clinic))  # decides what was touched
    with django_assert_num_queries(PINNED):
        client.get(_address(clinic))


# Frame 8, the patient and the note of the look 2, touched 1, the file 19, digests 2.
PINNED = 32


def test_a_long_history_is_folded_and_opens_on_request(clinic: Clinic) -> None:
    with time_machine.travel(NOW + timedelta(days=20)):
        client = clinic.as_(Role.CLINICIAN)
        folded = client.get(_address(clinic, "Wendy")).content.decode()
        assert "Show earlier" in folded
        assert "Read as: Pain 4 · Exercises done" not in folded
        opened = client.get(_address(clinic, "Wendy", "billing:patient-changes"), {"days": "60"})
        assert "Read as: Pain 4 · Exercises done" in opened.content.decode()
        assert "Show earlier" not in opened.content.decode()
        assert "&amp;days=60" in opened.content.decode()


def test_an_open_danger_sign_is_never_folded_away(clinic: Clinic) -> None:
    with time_machine.travel(NOW + timedelta(days=20)):
        text = clinic.as_(Role.CLINICIAN).get(_address(clinic)).content.decode()
    assert "Danger sign: chest or heart trouble" in text


def test_a_snoozed_patient_says_so_and_can_be_brought_back(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.post(
        reverse("billing:snooze", args=[clinic.people["Sam"].episode.pk]), {"days": "3", "reason": "Seen"}
    )
    text = client.get(_address(clinic, "Sam")).content.decode()
    assert "Snoozed until Thu 5 Mar by Oak clinician: Seen" in text
    assert "Bring back now" in text


def _page_of(clinic: Clinic, name: str) -> str:
    return clinic.as_(Role.CLINICIAN).get(_address(clinic, name)).content.decode()


def test_says_when_texts_go_only_while_they_go(clinic: Clinic) -> None:
    assert "Texts at 9:00" in _page_of(clinic, "Sam")
    with clinic.scope():
        factories.writes(clinic.people["Sam"], "STOP", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    text = _page_of(clinic, "Sam")
    assert "Texts at" not in text
    assert "No check-ins while texts are stopped" in text


def test_says_that_nothing_goes_to_a_number_that_is_set_aside(clinic: Clinic) -> None:
    with clinic.scope():
        Phone.objects.filter(patient=clinic.people["Sam"].patient_id).update(state=Phone.State.SUSPENDED)
    text = _page_of(clinic, "Sam")
    assert "Texts at" not in text
    assert "No check-ins until the number is checked" in text
