"""The billing board."""

from django.test import Client
from django.urls import reverse

from networks.permissions import Role
from tests.clinic import STEADY, Clinic, fill

# Frame 8, touched 1, count 1, states 1, lines 1.
PINNED = 12


def test_shows_every_line_with_its_state_and_reason(clinic: Clinic) -> None:
    text = clinic.as_(Role.BILLER).get(reverse("billing:board")).content.decode()
    assert "Wendy Ortiz" in text
    assert "98985" in text
    assert "waiting" in text


def test_shows_one_state_only(clinic: Clinic) -> None:
    page = clinic.as_(Role.BILLER).get(reverse("billing:board"), {"state": "held"})
    assert "No line in this state" in page.content.decode()


def test_takes_an_unknown_state_for_all(clinic: Clinic) -> None:
    page = clinic.as_(Role.BILLER).get(reverse("billing:board"), {"state": "' OR 1=1", "page": "x"})
    assert "Wendy Ortiz" in page.content.decode()


def test_shows_nothing_of_another_practice(clinic: Clinic) -> None:
    page = clinic.as_(Role.BILLER, home=clinic.world.elm).get(reverse("billing:board"))
    assert "No line yet" in page.content.decode()


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(reverse("billing:board")).status_code == 302


def test_an_assistant_may_not_open_it(clinic: Clinic) -> None:
    assert clinic.as_(Role.ASSISTANT).get(reverse("billing:board")).status_code == 403


def test_needs_as_many_queries_for_sixty_patients_as_for_three(
    clinic: Clinic, django_assert_num_queries
) -> None:
    client = clinic.as_(Role.BILLER)
    client.get(reverse("billing:board"))
    with django_assert_num_queries(PINNED):
        client.get(reverse("billing:board"))
    fill(clinic.home, {f"Patient{number}": STEADY[:1] for number in range(57)})
    client.get(reverse("billing:board"))  # decides what was touched
    with django_assert_num_queries(PINNED):
        client.get(reverse("billing:board"))
