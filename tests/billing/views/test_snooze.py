"""Setting a row of Today aside, bringing it back, and undoing what was just done."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from checkins.models import Alert, Snooze
from networks.permissions import Role
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW

HTMX = {"HX-Request": "true"}
CALM = {"days": "3", "reason": "Seen in the clinic"}


def _address(clinic: Clinic, name: str = "Sam") -> str:
    return reverse("billing:snooze", args=[clinic.people[name].episode.pk])


def _snoozed(clinic: Clinic) -> Snooze:
    with clinic.scope():
        return Snooze.objects.get(ends=None)


def _today(client: Client, **query: str) -> str:
    return client.get(reverse("today"), query).content.decode()


def test_asks_in_the_panel_why_and_until_when(clinic: Clinic) -> None:
    page = clinic.as_(Role.CLINICIAN).get(_address(clinic), headers=HTMX).content.decode()
    assert "Why this can wait" in page
    assert "Tomorrow" in page
    assert "Mon 9 Mar" in page


def test_a_snoozed_row_moves_to_the_end_with_its_reason_and_offers_undo(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    answer = client.post(_address(clinic), CALM, headers=HTMX)
    said = json.loads(answer.headers["HX-Trigger"])
    assert said["daybook:say"]["value"] == "Snoozed until Thu 5 Mar."
    assert said["daybook:say"]["undo"] == reverse("billing:end-snooze", args=[_snoozed(clinic).pk])
    assert list(said)[-1] == "daybook:close-drawer"
    assert "1 patient needs you today" in _today(client)
    shown = _today(client, open="snoozed")
    assert "Snoozed until Thu 5 Mar: Seen in the clinic" in shown
    assert "Bring back now" in shown


def test_undo_brings_the_row_back(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.post(_address(clinic), CALM, headers=HTMX)
    undo = reverse("billing:end-snooze", args=[_snoozed(clinic).pk])
    for _ in range(2):
        answer = client.post(undo, headers=HTMX)
        assert answer.status_code == 204
    assert "Undone" in answer.headers["HX-Trigger"]
    assert "2 patients need you today" in _today(client)


def test_it_comes_back_by_itself_on_its_day(clinic: Clinic) -> None:
    clinic.as_(Role.CLINICIAN).post(_address(clinic), CALM, headers=HTMX)
    with time_machine.travel(NOW + timedelta(days=2)):
        assert "Snoozed</h2>" in _today(clinic.as_(Role.CLINICIAN))
    with time_machine.travel(NOW + timedelta(days=3)):
        assert "Snoozed</h2>" not in _today(clinic.as_(Role.CLINICIAN))


def test_a_danger_sign_brings_it_back_at_once(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.post(_address(clinic), CALM, headers=HTMX)
    later = NOW + timedelta(minutes=5)
    with clinic.scope():
        factories.writes(clinic.people["Sam"], "I fell on the stairs", at=later)
        factories.read_all(clinic.home, at=later)
    shown = _today(client)
    assert "Wrote about a fall today." in shown
    assert "Snoozed</h2>" not in shown


def test_a_row_in_danger_has_no_snooze_and_refuses_one(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    assert f'id="snooze-{clinic.people["Vera"].episode.pk}"' not in _today(client)
    assert f'id="snooze-{clinic.people["Sam"].episode.pk}"' in _today(client)
    answer = client.post(_address(clinic, "Vera"), CALM, headers=HTMX)
    assert answer.status_code == 422
    assert "A danger sign is open" in answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"days": "3", "reason": ""}, "Say in a few words why this can wait."),
        ({"days": "other", "reason": "Seen"}, "Choose the day on which"),
        ({"days": "other", "date": "2020-01-01", "reason": "Seen"}, "Choose a day after today."),
        ({"days": "other", "date": "soon", "reason": "Seen"}, "Write the date as"),
        ({"days": "900", "reason": "Seen"}, "Select a valid choice"),
        ({"reason": "Seen"}, "This field is required"),
    ],
    ids=["no reason", "no day", "past", "no date", "not offered", "nothing chosen"],
)
def test_says_what_is_wrong_and_keeps_what_was_typed(
    clinic: Clinic, typed: dict[str, str], words: str
) -> None:
    answer = clinic.as_(Role.CLINICIAN).post(_address(clinic), typed, headers=HTMX)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert typed["reason"] in answer.content.decode()


def test_works_without_a_script(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    home = reverse("billing:patient", args=[clinic.people["Sam"].patient_id])
    assert client.post(_address(clinic), CALM).url == home
    assert client.post(reverse("billing:end-snooze", args=[_snoozed(clinic).pk])).url == home


def test_the_front_desk_may_not(clinic: Clinic) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    assert client.post(_address(clinic), CALM).status_code == 403
    assert 'data-key="snooze"' not in _today(client)


def test_anonymous_people_are_led_to_the_sign_in(clinic: Clinic) -> None:
    assert Client().post(_address(clinic), CALM).status_code == 302


def test_another_practices_rows_do_not_exist(clinic: Clinic) -> None:
    clinic.as_(Role.CLINICIAN).post(_address(clinic), CALM)
    elm = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert elm.post(_address(clinic), CALM).status_code == 404
    assert elm.post(reverse("billing:end-snooze", args=[_snoozed(clinic).pk])).status_code == 404


def test_an_acknowledgement_offers_undo_which_hands_the_alert_back(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    with clinic.scope():
        alert = Alert.objects.get(kind="red_flag")
    said = client.post(reverse("billing:acknowledge", args=[alert.pk]), {"from": "row"}, headers=HTMX)
    undo = json.loads(said.headers["HX-Trigger"])["daybook:say"]["undo"]
    with time_machine.travel(NOW + timedelta(minutes=1)):
        answer = client.post(undo, headers=HTMX)
        assert answer.status_code == 204
        assert "Acknowledge</button>" in _today(client)


def test_handing_back_what_is_closed_says_so(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    with clinic.scope():
        alert = Alert.objects.get(kind="red_flag")
    client.post(reverse("checkins:close-alert", args=[alert.pk]), {"reason": "Reached", "outcome": "reached"})
    undo = reverse("billing:hand-back", args=[alert.pk])
    assert "Somebody has closed this already." in client.post(undo, headers=HTMX).headers["HX-Trigger"]
    assert client.post(undo).url == reverse("billing:patient", args=[alert.patient_id])
