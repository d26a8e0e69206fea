"""Logging a call."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from billing.models import TimeEntry
from networks.permissions import Role
from tests.clinic import Clinic
from tests.world import NOW

CALL = {"length": "5", "reached": "yes", "mode": "phone", "topic": "Swelling"}


def _address(clinic: Clinic, name: str = "Vera") -> str:
    return reverse("billing:call", args=[clinic.people[name].episode.pk])


def _entries(clinic: Clinic) -> list[TimeEntry]:
    with clinic.scope():
        return list(TimeEntry.objects.all())


def test_logs_five_minutes_that_end_now(clinic: Clinic) -> None:
    page = clinic.as_(Role.CLINICIAN).post(_address(clinic), CALL, headers={"HX-Request": "true"})
    assert page.status_code == 200
    assert "The call is logged." in page.headers["HX-Trigger"]
    (entry,) = _entries(clinic)
    assert (entry.ended_at, entry.ended_at - entry.started_at) == (NOW, timedelta(minutes=5))
    assert (entry.live_contact, entry.credential, entry.topic) == (True, "PT", "Swelling")


def test_shows_the_call_on_the_patients_page(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    page = client.post(_address(clinic), CALL, follow=True)
    assert "talked with them, 5 min: Swelling" in page.content.decode()
    assert "5 minutes, 1 live contact" in page.content.decode()


def test_a_second_click_logs_nothing_more(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    client.post(_address(clinic), CALL)
    page = client.post(_address(clinic), CALL)
    assert page.status_code == 422
    assert "This time is noted already." in page.content.decode()
    assert len(_entries(clinic)) == 1


def test_a_call_that_reached_nobody_is_no_live_contact(clinic: Clinic) -> None:
    clinic.as_(Role.CLINICIAN).post(_address(clinic), CALL | {"reached": "no"})
    (entry,) = _entries(clinic)
    assert not entry.live_contact


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"length": "other", "minutes": "0"}, "Write the minutes as a whole number from 1 to 240."),
        ({"length": "other", "minutes": "ten"}, "Write the minutes as a whole number from 1 to 240."),
        ({"length": "other", "minutes": "²"}, "Write the minutes as a whole number from 1 to 240."),
        ({"length": "other", "minutes": "241"}, "Write the minutes as a whole number from 1 to 240."),
        ({"ended": "23:59"}, "The call cannot end in the future: check the time."),
        ({"ended": "soon"}, "Write the time as hours and minutes, such as 14:30."),
        ({"topic": "x" * 201}, "Shorten this to 200 letters."),
    ],
    ids=["zero", "words", "superscript", "too-long", "future", "no-time", "long-topic"],
)
def test_bad_input_is_refused_in_words_and_kept(clinic: Clinic, typed: dict, sentence: str) -> None:
    page = clinic.as_(Role.CLINICIAN).post(_address(clinic), CALL | typed)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert next(iter(typed.values())) in page.content.decode()
    assert not _entries(clinic)


def test_shows_the_form(clinic: Clinic) -> None:
    assert "Log a call" in clinic.as_(Role.ASSISTANT).get(_address(clinic)).content.decode()


def test_anonymous_people_are_led_to_the_sign_in(clinic: Clinic) -> None:
    assert Client().post(_address(clinic), CALL).status_code == 302


def test_an_ended_session_keeps_what_was_typed(clinic: Clinic) -> None:
    page = Client().post(_address(clinic), CALL, headers={"HX-Request": "true"})
    assert page.status_code == 401
    assert page.headers["HX-Redirect"].startswith("/accounts/login/")


@pytest.mark.parametrize("role", [Role.FRONT_DESK, Role.BILLER])
def test_other_roles_may_not(clinic: Clinic, role: Role) -> None:
    assert clinic.as_(role).post(_address(clinic), CALL).status_code == 403
    assert not _entries(clinic)


def test_another_practices_episode_does_not_exist(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert client.post(_address(clinic), CALL).status_code == 404


def _started(clinic: Clinic, *, name: str = "Vera", role: Role = Role.CLINICIAN) -> str:
    """Start a call and return what the panel keeps of its start."""
    page = clinic.as_(role).get(_address(clinic, name), {"start": "1"}).content.decode()
    assert "The call began at 9:00." in page
    found = re.search(r'name="started" value="([^"]+)"', page)
    assert found
    return found[1]


def _stop(clinic: Clinic, started: str, *, after: int, **more: str):
    with time_machine.travel(NOW + timedelta(seconds=after), tick=False):
        return clinic.as_(Role.CLINICIAN).post(
            _address(clinic),
            CALL | {"length": "timed", "started": started} | more,
            headers={"HX-Request": "true"},
        )


@pytest.fixture
def nine():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.mark.usefixtures("nine")
def test_three_clicks_time_a_call_by_the_phone_link(clinic: Clinic) -> None:
    panel = clinic.as_(Role.CLINICIAN).get(_address(clinic)).content.decode()
    assert f'href="tel:{clinic.people["Vera"].mobile}"' in panel.replace("&#x2B;", "+")
    said = _stop(clinic, _started(clinic), after=185)
    assert "A live contact of 3 min 5 s." in said.headers["HX-Trigger"]
    (entry,) = _entries(clinic)
    assert (entry.started_at, entry.ended_at) == (NOW, NOW + timedelta(seconds=185))
    assert (entry.origin, entry.spoke_with, entry.reason) == ("timed", "patient", "")


@pytest.mark.usefixtures("nine")
@pytest.mark.parametrize(
    ("after", "reached", "said"),
    [
        (59, "yes", "Shorter than a minute: no live contact."),
        (300, "no", "Nobody was reached: no live contact"),
        (300, "message", "A message was left, which is not talking: no live contact"),
    ],
    ids=["short", "nobody", "message"],
)
def test_what_is_no_live_contact_says_so(clinic: Clinic, after: int, reached: str, said: str) -> None:
    page = _stop(clinic, _started(clinic), after=after, reached=reached)
    assert said in page.headers["HX-Trigger"]
    (entry,) = _entries(clinic)
    assert (entry.live_contact, entry.spoke_with) == (False, "patient" if reached == "yes" else "")


@pytest.mark.usefixtures("nine")
def test_stopping_twice_logs_once(clinic: Clinic) -> None:
    started = _started(clinic)
    _stop(clinic, started, after=120)
    page = _stop(clinic, started, after=122)
    assert (page.status_code, "This time is noted already." in page.content.decode()) == (422, True)
    assert len(_entries(clinic)) == 1


@pytest.mark.usefixtures("nine")
def test_a_start_is_neither_made_up_nor_borrowed(clinic: Clinic) -> None:
    for token in ("made up", "", _started(clinic, name="Sam")):
        assert _stop(clinic, token, after=120).status_code == 422
    assert not _entries(clinic)
