"""The list of patients."""

import pytest
from django.test import Client
from django.urls import reverse

from networks.permissions import Role
from tests.clinic import Clinic, fill

LIST = reverse("patients:list")
# Frame 8, count 1, patients 1.
PINNED = 10


def _found(clinic: Clinic, text: str) -> str:
    return clinic.as_(Role.FRONT_DESK).post(LIST, {"q": text}).content.decode()


def test_lists_patients_with_condition_clinician_and_phone(clinic: Clinic) -> None:
    text = clinic.as_(Role.FRONT_DESK).get(LIST).content.decode()
    assert "3 patients" in text
    assert "Vera Ortiz" in text
    assert "Knee, left" in text
    assert "Dr Oak" in text
    assert f"…{clinic.people['Vera'].mobile[-4:]}" in text


@pytest.mark.parametrize("typed", ["vera", "VERA ort", " ortiz  vera "])
def test_finds_by_words_of_the_name(clinic: Clinic, typed: str) -> None:
    text = _found(clinic, typed)
    assert "1 patient found" in text
    assert "Vera Ortiz" in text


def test_finds_by_the_last_four_digits(clinic: Clinic) -> None:
    assert "Vera Ortiz" in _found(clinic, clinic.people["Vera"].mobile[-4:])


def test_says_what_to_try_when_nobody_is_found(clinic: Clinic) -> None:
    assert "Nobody found" in _found(clinic, "%' OR 1=1 --")


def test_a_search_of_strange_signs_finds_nobody_and_breaks_nothing(clinic: Clinic) -> None:
    assert "Nobody found" in _found(clinic, "\x00\ud83d?".encode("utf-8", "replace").decode())


def test_shows_nothing_of_another_practice(clinic: Clinic) -> None:
    page = clinic.as_(Role.FRONT_DESK, home=clinic.world.elm).post(LIST, {"q": "Ortiz"})
    assert "Nobody found" in page.content.decode()


def test_says_what_to_do_when_there_is_nobody(world) -> None:
    page = Clinic(world).as_(Role.CLINICIAN, home=world.elm).get(LIST)
    assert "No patients yet" in page.content.decode()


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(LIST).status_code == 302


def test_an_auditor_may_not_open_it(clinic: Clinic) -> None:
    assert clinic.as_(Role.AUDITOR).get(LIST).status_code == 403


def test_needs_as_many_queries_for_sixty_patients_as_for_three(
    clinic: Clinic, django_assert_num_queries
) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    client.get(LIST)
    with django_assert_num_queries(PINNED):
        client.get(LIST)
    fill(clinic.home, {f"Patient{number}": () for number in range(57)})
    with django_assert_num_queries(PINNED):
        page = client.get(LIST)
    assert "Page 1 of 2, 60 in all" in page.content.decode()
