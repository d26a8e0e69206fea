"""The clock of an open page, what a stay was, time by hand, entries taken back."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from billing.models import ActivityBeat, TimeEntry
from networks.permissions import Role
from tests.clinic import Clinic
from tests.world import NOW

REVIEW = {"activity": "review", "topic": "Pain is down"}
BY_HAND = {
    "activity": "review",
    "worked_on": "2026-03-02",
    "began": "08:30",
    "minutes": "4",
    "reason": "Read the chart on paper",
}


def _address(clinic: Clinic, route: str, name: str = "Vera") -> str:
    return reverse(f"billing:{route}", args=[clinic.people[name].episode.pk])


def _beat(
    clinic: Clinic, kind: str, *, after: int = 0, name: str = "Vera", role: Role = Role.CLINICIAN
) -> str:
    with time_machine.travel(NOW + timedelta(seconds=after), tick=False):
        page = clinic.as_(role).post(_address(clinic, "beat", name), {"kind": kind})
    assert page.status_code == 200
    return page.content.decode()


def _explain(clinic: Clinic, *, after: int = 60, **more: str):
    with time_machine.travel(NOW + timedelta(seconds=after), tick=False):
        return clinic.as_(Role.CLINICIAN).post(
            _address(clinic, "explain-stay"),
            REVIEW | {"began": NOW.isoformat()} | more,
            headers={"HX-Request": "true"},
        )


def _entries(clinic: Clinic) -> list[TimeEntry]:
    with clinic.scope():
        return list(TimeEntry.objects.order_by("started_at", "recorded_at"))


def test_the_page_says_how_long_it_has_been(clinic: Clinic) -> None:
    assert "You have been here" not in _beat(clinic, "opened")
    assert "You have been here less than a minute." in _beat(clinic, "seen", after=30)
    page = _beat(clinic, "acted", after=119)
    assert "You have been here 1 min." in page
    assert _address(clinic, "explain-stay") in page
    later = _beat(clinic, "opened", after=600)
    assert "You were here at 9:00, 1 min." in later
    assert "Time not explained yet with" in _beat(clinic, "opened", after=601, name="Sam")


def test_saying_what_it_was_writes_it_down(clinic: Clinic) -> None:
    _beat(clinic, "opened")
    _beat(clinic, "acted", after=60)
    with time_machine.travel(NOW + timedelta(seconds=60), tick=False):
        asked = clinic.as_(Role.CLINICIAN).get(_address(clinic, "explain-stay"), {"began": NOW.isoformat()})
    assert "Seen here: 1 min, between 9:00 and 9:01." in asked.content.decode()
    assert "written down" in _explain(clinic).headers["HX-Trigger"]
    (entry,) = _entries(clinic)
    assert (entry.activity, entry.origin, entry.topic) == ("review", "timed", "Pain is down")
    again = _explain(clinic)
    assert (again.status_code, "written down already" in again.content.decode()) == (422, True)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"activity": ""}, "Choose one."),
        ({"activity": "set_up"}, "Choose one of these."),
        ({"minutes": "x"}, "Write whole minutes"),
        ({"minutes": "5"}, "more than was seen here"),
        ({"began": "soon"}, "written down already"),
        ({"began": "2026-03-02T15:00:00"}, "written down already"),
        ({"topic": "x" * 201}, "Shorten this"),
    ],
    ids=["nothing", "set-up", "no number", "too much", "no stay", "no offset", "long"],
)
def test_what_cannot_be_is_refused_in_words(clinic: Clinic, more: dict[str, str], sentence: str) -> None:
    _beat(clinic, "opened")
    _beat(clinic, "acted", after=60)
    page = _explain(clinic, **more)
    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert not _entries(clinic)


def test_an_unknown_sign_is_refused(clinic: Clinic) -> None:
    page = clinic.as_(Role.CLINICIAN).post(_address(clinic, "beat"), {"kind": "danced"})
    assert page.status_code == 422
    with clinic.scope():
        assert not ActivityBeat.objects.exists()


def test_a_stay_that_is_gone_says_so(clinic: Clinic) -> None:
    page = clinic.as_(Role.CLINICIAN).get(_address(clinic, "explain-stay"), {"began": "soon"})
    assert "too long ago to say what it was" in page.content.decode()


def test_the_patients_page_keeps_the_clock_of_those_who_log_time(clinic: Clinic) -> None:
    address = reverse("billing:patient", args=[clinic.people["Vera"].patient_id])
    assert _address(clinic, "beat") in clinic.as_(Role.ASSISTANT).get(address).content.decode()
    assert _address(clinic, "beat") not in clinic.as_(Role.FRONT_DESK).get(address).content.decode()


def test_time_by_hand_is_marked_and_keeps_its_reason(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    page = client.post(_address(clinic, "time-by-hand"), BY_HAND, follow=True).content.decode()
    assert "entered by hand · Read the chart on paper" in page
    assert "late: written" not in page
    client.post(_address(clinic, "time-by-hand"), BY_HAND | {"worked_on": "2026-02-27"})
    page = client.get(reverse("billing:patient", args=[clinic.people["Vera"].patient_id])).content.decode()
    assert "entered by hand, late: written 3 days after" in page


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"reason": " "}, "Say in a few words why."),
        ({"began": "late"}, "Write the time as hours and minutes"),
        ({"began": "08:58"}, "The end lies in the future"),
        ({"worked_on": "2020-01-01"}, "before the evaluation"),
        ({"minutes": "0"}, "Write whole minutes"),
        ({"activity": "conversation"}, "Choose one of these."),
        ({"reason": "x" * 201}, "Shorten this"),
    ],
    ids=["no reason", "no time", "future", "before care", "no minutes", "a talk", "long"],
)
def test_bad_time_by_hand_is_refused(clinic: Clinic, more: dict[str, str], sentence: str) -> None:
    page = clinic.as_(Role.CLINICIAN).post(_address(clinic, "time-by-hand"), BY_HAND | more)
    assert (page.status_code, sentence in page.content.decode()) == (422, True)
    assert not _entries(clinic)


def test_an_entry_is_taken_back_by_a_new_one(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.post(_address(clinic, "time-by-hand"), BY_HAND)
    (entry,) = _entries(clinic)
    address = reverse("billing:void-time", args=[entry.pk])
    assert "8:30 to 8:34" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    page = client.post(address, {"reason": "Wrong patient"}, follow=True).content.decode()
    assert "Taken back by Oak clinician: Wrong patient" in page
    assert len(_entries(clinic)) == 2
    again = client.post(address, {"reason": "Again"})
    assert (again.status_code, "taken back already" in again.content.decode()) == (422, True)


def test_who_may_not(clinic: Clinic) -> None:
    clinic.as_(Role.CLINICIAN).post(_address(clinic, "time-by-hand"), BY_HAND)
    (entry,) = _entries(clinic)
    addresses = [(_address(clinic, each), "get") for each in ("explain-stay", "time-by-hand")]
    addresses += [(_address(clinic, "beat"), "post"), (reverse("billing:void-time", args=[entry.pk]), "get")]
    for address, method in addresses:
        assert getattr(Client(), method)(address).status_code == 302, address
        assert getattr(clinic.as_(Role.FRONT_DESK), method)(address).status_code == 403, address
        elsewhere = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
        assert getattr(elsewhere, method)(address).status_code == 404, address
