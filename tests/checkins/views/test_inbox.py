"""Messages: what on the line needs a person."""

from django.test import Client
from django.urls import reverse

from checkins.models import OutboxRow
from networks.permissions import Role
from tests import factories
from tests.clinic import Clinic, fill
from tests.world import NOW

# Frame 8, four lists, what was done about alerts 1 where there are any, the lines 1.
PINNED = 14


def _page(clinic: Clinic, role: Role = Role.FRONT_DESK) -> str:
    return clinic.as_(role).get(reverse("checkins:messages")).content.decode()


def _says(clinic: Clinic, name: str, body: str) -> None:
    with clinic.scope():
        factories.writes(clinic.people[name], body, at=NOW)
        factories.read_all(clinic.home, at=NOW)


def test_says_so_when_nothing_waits(clinic: Clinic) -> None:
    text = _page(clinic)
    assert "No text waits for a person" in text
    assert "Every text of the last 7 days arrived." in text
    assert "Nobody has stopped the texts." in text


def test_shows_an_unclear_reply_with_why(clinic: Clinic) -> None:
    _says(clinic, "Wendy", "can I drive on sunday?")
    text = _page(clinic)
    assert "1 text waits for a person" in text
    assert "can I drive on sunday?" in text
    assert "Asks a question: a person must answer." in text


def test_shows_texts_of_numbers_that_no_patient_has_by_their_last_four(clinic: Clinic) -> None:
    with clinic.scope():
        factories.text_in(clinic.people["Sam"].route, "+17735550199", "who is this", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    text = _page(clinic)
    assert "A number ending in 0199" in text
    assert "who is this" in text
    assert "7735550199" not in text


def test_shows_who_stopped_the_texts(clinic: Clinic) -> None:
    _says(clinic, "Sam", "STOP")
    assert "Nothing is sent to them; calling is fine." in _page(clinic)


def test_shows_texts_that_did_not_arrive(clinic: Clinic) -> None:
    with clinic.scope():
        row = OutboxRow.objects.filter(message__patient_id=clinic.people["Sam"].patient_id).last()
        OutboxRow.objects.filter(pk=row.pk).update(state="failed", status="failed", error_code="30003")
    assert "did not arrive (error 30003)" in _page(clinic)


def test_shows_nothing_of_another_practice(clinic: Clinic) -> None:
    _says(clinic, "Wendy", "can I drive on sunday?")
    page = clinic.as_(Role.FRONT_DESK, home=clinic.world.elm).get(reverse("checkins:messages"))
    assert "drive" not in page.content.decode()
    assert "No number to text from" in page.content.decode()


def test_anonymous_people_are_led_to_the_sign_in() -> None:
    assert Client().get(reverse("checkins:messages")).status_code == 302


def test_a_biller_may_not_read_texts(clinic: Clinic) -> None:
    assert clinic.as_(Role.BILLER).get(reverse("checkins:messages")).status_code == 403


def test_needs_as_many_queries_for_many_as_for_one(clinic: Clinic, django_assert_num_queries) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    _says(clinic, "Wendy", "can I drive on sunday?")
    client.get(reverse("checkins:messages"))
    with django_assert_num_queries(PINNED):
        client.get(reverse("checkins:messages"))
    fill(clinic.home, {f"Patient{number}": ("may I swim?", "STOP") for number in range(20)})
    with django_assert_num_queries(PINNED):
        client.get(reverse("checkins:messages"))
