"""The audit log of a workspace."""

from uuid import uuid4

from django.test import Client
from django.urls import reverse

from networks.permissions import Role
from tests.clinic import Clinic, signed_in

LOG = reverse("networks:audit")
# Frame 8, count 1, entries 1, names 1.
PINNED = 11


def test_says_who_looked_at_whom(clinic: Clinic) -> None:
    clinic.as_(Role.CLINICIAN).get(reverse("billing:patient", args=[clinic.people["Vera"].patient_id]))
    text = clinic.as_(Role.AUDITOR).get(LOG).content.decode()
    assert "Looked at a patient" in text
    assert "Oak clinician" in text
    assert "Vera" not in text


def test_shows_one_kind_of_act_only(clinic: Clinic) -> None:
    text = clinic.as_(Role.AUDITOR).get(LOG, {"kind": "consent"}).content.decode()
    assert "Recorded consent" in text
    assert "Registered a patient" not in text


def test_shows_the_acts_about_one_patient(clinic: Clinic) -> None:
    client = clinic.as_(Role.AUDITOR)
    assert (
        "Registered a patient"
        in client.get(LOG, {"patient": clinic.people["Vera"].patient_id}).content.decode()
    )
    assert "No entry of this kind" in client.get(LOG, {"patient": uuid4()}).content.decode()


def test_shows_what_people_did_without_the_program(clinic: Clinic) -> None:
    clinic.as_(Role.CLINICIAN).get(reverse("billing:patient", args=[clinic.people["Vera"].patient_id]))
    text = clinic.as_(Role.AUDITOR).get(LOG, {"kind": "people"}).content.decode()
    assert "Looked at a patient" in text
    assert "Daybook (" not in text


def test_names_the_person_who_was_given_a_role(clinic: Clinic) -> None:
    text = clinic.as_(Role.AUDITOR).get(LOG, {"kind": "role"}).content.decode()
    assert "for Oak clinician · role clinician" in text


def test_takes_strange_filters_for_none(clinic: Clinic) -> None:
    page = clinic.as_(Role.AUDITOR).get(LOG, {"kind": "x'", "patient": "y", "page": "-1"})
    assert page.status_code == 200


def test_a_network_sees_its_own_acts_only(clinic: Clinic) -> None:
    text = signed_in(clinic.world.network_people[("cin", Role.AUDITOR)]).get(LOG).content.decode()
    assert "Began a membership" in text
    assert "Registered a patient" not in text


def test_shows_nothing_of_another_practice(clinic: Clinic) -> None:
    text = clinic.as_(Role.AUDITOR, home=clinic.world.elm).get(LOG).content.decode()
    assert "Registered a patient" not in text


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(LOG).status_code == 302


def test_a_clinician_may_not_open_it(clinic: Clinic) -> None:
    assert clinic.as_(Role.CLINICIAN).get(LOG).status_code == 403


def test_needs_a_fixed_number_of_queries(clinic: Clinic, django_assert_num_queries) -> None:
    clinic.as_(Role.CLINICIAN).get(reverse("billing:patient", args=[clinic.people["Vera"].patient_id]))
    client = clinic.as_(Role.AUDITOR)
    client.get(LOG)
    with django_assert_num_queries(PINNED):
        client.get(LOG)
