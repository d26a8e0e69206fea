"""Today: who needs somebody, and why."""

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import Alert, AlertEvent
from networks.permissions import Role
from tests import factories
from tests.clinic import Clinic, fill
from tests.world import NOW

HTMX = {"HX-Request": "true"}
# Frame 8 (session, person, workspaces, the scope's transaction), touched 1, worklist 2, digest 1.
PINNED = 12


def _alert(clinic: Clinic) -> Alert:
    with clinic.scope():
        return Alert.objects.get(kind="red_flag")


def test_names_people_and_says_why(clinic: Clinic) -> None:
    page = clinic.as_(Role.CLINICIAN).get(reverse("today"))
    text = page.content.decode()
    assert "2 patients need you today" in text
    assert "Wrote about chest or heart trouble yesterday." in text
    assert "my chest hurts" in text
    assert "No answer to the last 4 check-ins, since Thu 26 Feb." in text
    assert text.index("Vera Ortiz") < text.index("Sam Ortiz")


@pytest.mark.parametrize("later", ["4 no maybe sort of", "what is the copay", "STOP"])
def test_quotes_the_words_behind_the_danger_and_acts_on_it(clinic: Clinic, later: str) -> None:
    danger = _alert(clinic)
    with clinic.scope():
        factories.writes(clinic.people["Vera"], later, at=NOW)
        factories.read_all(clinic.home, at=NOW)
        assert Alert.objects.filter(patient=danger.patient).count() == 2
    page = clinic.as_(Role.CLINICIAN).get(reverse("today"))
    row = next(each for each in page.context["page"].groups[0].rows if each.name == "Vera Ortiz")
    assert row.reason == "Wrote about chest or heart trouble yesterday."
    assert row.quote == "my chest hurts"
    assert row.alert_id == danger.pk


def test_keeps_those_doing_well_folded_until_asked(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    assert "Wendy" not in client.get(reverse("today")).content.decode()
    assert "Wendy" in client.get(reverse("today"), {"open": "well"}).content.decode()


def test_a_group_that_does_not_exist_opens_nothing(clinic: Clinic) -> None:
    page = clinic.as_(Role.CLINICIAN).get(reverse("today"), {"open": ["x", "silent"]})
    assert page.status_code == 200
    assert "Wendy" not in page.content.decode()


def test_says_what_to_do_when_nobody_is_monitored(world) -> None:
    page = Clinic(world).as_(Role.CLINICIAN, home=world.elm).get(reverse("today"))
    assert "No patient is monitored yet" in page.content.decode()
    assert "Nobody needs you today" in page.content.decode()


def test_shows_nothing_of_another_practice(clinic: Clinic) -> None:
    page = clinic.as_(Role.CLINICIAN, home=clinic.world.elm).get(reverse("today"))
    assert "Vera" not in page.content.decode()


@pytest.mark.parametrize("route", ["today", "billing:today-rows"])
def test_anonymous_people_are_led_to_the_sign_in(clinic: Clinic, route: str) -> None:
    page = Client().get(reverse(route))
    assert page.status_code == 302
    assert page.url.startswith("/accounts/login/?next=/today/")


@pytest.mark.parametrize("route", ["today", "billing:today-rows"])
@pytest.mark.parametrize("role", [Role.BILLER, Role.AUDITOR])
def test_other_roles_are_told_that_it_is_not_theirs(clinic: Clinic, route: str, role: Role) -> None:
    page = clinic.as_(role).get(reverse(route))
    assert page.status_code == 403
    assert "Your role does not include this page" in page.content.decode()


def test_the_live_part_is_silent_until_something_changes(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    seen = client.get(reverse("today")).context["seen"]
    assert client.get(reverse("billing:today-rows"), {"seen": seen}).status_code == 204
    with clinic.scope():
        factories.writes(clinic.people["Wendy"], "I fell on the stairs", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    again = client.get(reverse("billing:today-rows"), {"seen": seen})
    assert again.status_code == 200
    assert "Wrote about a fall today." in again.content.decode()


def test_a_reply_in_the_live_part_counts_its_day_at_once(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    before = client.get(reverse("today"), {"open": "well"}).content.decode()
    assert "6 of 30 days" in before
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
        factories.writes(clinic.people["Wendy"], "3 Y", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    assert "7 of 30 days" in client.get(reverse("today"), {"open": "well"}).content.decode()


def test_acknowledging_draws_the_row_anew(clinic: Clinic) -> None:
    alert = _alert(clinic)
    page = clinic.as_(Role.CLINICIAN).post(
        reverse("billing:acknowledge", args=[alert.pk]), {"from": "row"}, headers=HTMX
    )
    assert page.status_code == 200
    assert f'id="row-{alert.episode_id}"' in page.content.decode()
    assert "Acknowledged by you." in page.content.decode()
    assert "Acknowledged." in page.headers["HX-Trigger"]
    with clinic.scope():
        assert AlertEvent.objects.filter(alert=alert, act="acknowledged").count() == 1


def test_acknowledging_twice_notes_it_once(clinic: Clinic) -> None:
    alert, client = _alert(clinic), clinic.as_(Role.CLINICIAN)
    for _ in range(2):
        client.post(reverse("billing:acknowledge", args=[alert.pk]))
    with clinic.scope():
        assert AlertEvent.objects.filter(alert=alert, act="acknowledged").count() == 1


def test_acknowledging_works_without_a_script(clinic: Clinic) -> None:
    alert = _alert(clinic)
    page = clinic.as_(Role.CLINICIAN).post(reverse("billing:acknowledge", args=[alert.pk]))
    assert page.url == reverse("billing:patient", args=[alert.patient_id])


def test_another_practices_alert_does_not_exist(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert client.post(reverse("billing:acknowledge", args=[_alert(clinic).pk])).status_code == 404


def test_the_front_desk_cannot_acknowledge(clinic: Clinic) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    assert client.post(reverse("billing:acknowledge", args=[_alert(clinic).pk])).status_code == 403
    assert "Acknowledge</button>" not in client.get(reverse("today")).content.decode()


def test_an_address_that_only_takes_posts_refuses_a_look(clinic: Clinic) -> None:
    assert (
        clinic.as_(Role.CLINICIAN).get(reverse("billing:acknowledge", args=[_alert(clinic).pk])).status_code
        == 405
    )


def test_needs_as_many_queries_for_sixty_patients_as_for_three(
    clinic: Clinic, django_assert_num_queries
) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.get(reverse("today"))
    with django_assert_num_queries(PINNED):
        client.get(reverse("today"), {"open": "well"})
    fill(clinic.home, {f"Patient{number}": ("5 Y",) for number in range(57)})
    client.get(reverse("today"))  # decides what was touched
    with django_assert_num_queries(PINNED):
        page = client.get(reverse("today"), {"open": "well"})
    assert "60 monitored patients" in page.content.decode()


def test_a_long_group_shows_its_first_rows_and_opens_on_request(clinic: Clinic) -> None:
    fill(clinic.home, {f"Patient{number}": ("4 Y",) for number in range(30)})
    client = clinic.as_(Role.CLINICIAN)
    page = client.get(reverse("today")).content.decode()
    assert "Show all 31" in page
    assert page.count("data-row") == 1 + 15
    opened = client.get(reverse("today"), {"open": "silent"}).content.decode()
    assert "Show fewer" in opened
    assert opened.count("data-row") == 1 + 31
