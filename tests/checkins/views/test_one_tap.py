"""The patient's own page behind a signed link, and the ways in which staff send it."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import (
    AdoptedProtocol,
    CheckIn,
    InboundMessage,
    MonitoringDay,
    OutboundMessage,
    Plan,
    Reading,
    ReplyReading,
)
from checkins.services import planning
from checkins.services.links import CheckInLink, opened, token_for
from networks.permissions import Role
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW

HTMX = {"HX-Request": "true"}
LATER = NOW + timedelta(minutes=5)


@pytest.fixture
def asked(clinic: Clinic) -> CheckIn:
    """Vera's check-in of this morning, without an answer yet."""
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
        return CheckIn.objects.select_related("plan").get(
            episode=clinic.people["Vera"].episode, planned_at=NOW
        )


def _address(asked: CheckIn, *, expires_in: timedelta = timedelta(hours=20)) -> str:
    return f"/c/{token_for(CheckInLink(asked.practice_id, asked.pk, NOW + expires_in))}/"


def _read(clinic: Clinic) -> None:
    with clinic.scope():
        factories.read_all(clinic.home, at=LATER)


def test_taps_become_the_same_facts_as_a_text(clinic: Clinic, asked: CheckIn) -> None:
    address, phone = _address(asked), Client()
    page = phone.get(address).content.decode()
    assert "How is your pain today?" in page
    assert "Question 1 of 2" in page
    assert phone.post(address, {"item": "pain", "value": "6"}).status_code == 302
    assert "Did you do your exercises today?" in phone.get(address).content.decode()
    assert phone.post(address, {"item": "exercises", "value": "partial"}).status_code == 302
    assert "Anything we should know?" in phone.get(address).content.decode()
    last = phone.post(address, {"note": ""}, follow=True)
    assert "Thank you" in last.content.decode()
    _read(clinic)
    with clinic.scope():
        values = {each.item: (each.low, each.word) for each in Reading.objects.filter(check_in=asked)}
        assert values == {"pain": (6, ""), "exercises": (None, "partial")}
        assert {each.source for each in Reading.objects.filter(check_in=asked)} == {"patient"}
        assert MonitoringDay.objects.filter(episode=asked.episode, local_date=asked.local_date).count() == 1
        asked.refresh_from_db()
        assert asked.state == CheckIn.State.ANSWERED
        # The page asks for the rest by itself: no text beside it.
        assert not OutboundMessage.objects.filter(kind="clarify", check_in=asked).exists()


def test_a_double_tap_is_one_answer_and_the_first_one_stands(clinic: Clinic, asked: CheckIn) -> None:
    for value in ("6", "6", "2"):
        Client().post(_address(asked), {"item": "pain", "value": value})
    with clinic.scope():
        assert [each.body for each in InboundMessage.objects.filter(source="link")] == ["Pain 6"]


def test_danger_in_the_note_is_heard(clinic: Clinic, asked: CheckIn) -> None:
    Client().post(_address(asked), {"note": "my chest hurts and I can't breathe, took 2 pills"})
    _read(clinic)
    with clinic.scope():
        reading = ReplyReading.objects.get(message__source="link")
        assert (reading.red_flag_level, reading.answers) == ("L1", {})


def test_a_stop_in_the_note_ends_the_texts(clinic: Clinic, asked: CheckIn) -> None:
    address = _address(asked)
    Client().post(address, {"note": "please stop texting me"})
    _read(clinic)
    with clinic.scope():
        asked.refresh_from_db()
        assert asked.closed_reason == CheckIn.Closed.OPTED_OUT
    assert "This check-in is closed" in Client().get(address).content.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"item": "pain", "value": "11"},
        {"item": "mood", "value": "3"},
        {"item": "pain"},
        {},
        {"note": "x" * 601},
    ],
    ids=["out of range", "not asked", "no value", "nothing", "endless note"],
)
def test_bad_input_is_refused_in_words(clinic: Clinic, asked: CheckIn, fields: dict[str, str]) -> None:
    page = Client().post(_address(asked), fields)
    assert page.status_code == 422
    assert 'role="alert"' in page.content.decode()
    with clinic.scope():
        assert not InboundMessage.objects.filter(source="link").exists()


def test_a_machine_is_stopped(clinic: Clinic, asked: CheckIn) -> None:
    answers = [Client().post(_address(asked), {"note": f"note {each}"}) for each in range(14)]
    assert [each.status_code for each in answers] == [302] * 12 + [422] * 2


@pytest.mark.parametrize("change", ["none", "A", "é", "=" * 70], ids=["word", "letter", "accent", "padding"])
def test_a_wrong_link_shows_nobodys_data(clinic: Clinic, change: str) -> None:
    page = Client().get(f"/c/{change}/")
    assert page.status_code == 404
    assert "This link does not open anything" in page.content.decode()


def test_one_changed_letter_opens_nothing(asked: CheckIn) -> None:
    token = token_for(CheckInLink(asked.practice_id, asked.pk, NOW))
    for place in range(len(token)):
        other = "A" if token[place] != "A" else "B"
        changed = opened(token[:place] + other + token[place + 1 :])
        # The last letter of base64 holds bits that mean nothing.
        assert changed is None or place == len(token) - 1


def test_a_late_answer_is_kept_for_a_person(clinic: Clinic, asked: CheckIn) -> None:
    address = _address(asked, expires_in=timedelta(hours=-1))
    assert "This check-in is closed" in Client().get(address).content.decode()
    assert Client().post(address, {"note": "sorry I am late"}).status_code == 302
    with clinic.scope():
        assert InboundMessage.objects.filter(source="link").count() == 1


def test_the_page_is_small_and_keeps_its_address_to_itself(asked: CheckIn) -> None:
    page = Client().get(_address(asked))
    style = sum(len(part) for part in Client().get("/static/css/one-tap.css"))
    assert len(page.content) + style < 30_000
    assert page["Referrer-Policy"] == "no-referrer"
    assert "no-store" in page["Cache-Control"]
    assert "<script" not in page.content.decode()
    assert "Vera" not in page.content.decode()


def test_speaks_spanish(clinic: Clinic, asked: CheckIn) -> None:
    with clinic.scope():
        patient = asked.episode.patient
        patient.language = "es"
        patient.save(update_fields=["language"])
    page = Client().get(_address(asked)).content.decode()
    assert "¿Qué tanto dolor tiene hoy?" in page
    assert 'lang="es"' in page


def test_staff_send_the_link_once(clinic: Clinic, asked: CheckIn) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    address = reverse("checkins:send-link", args=[clinic.people["Vera"].patient_id])
    first = client.post(address, headers=HTMX)
    assert (first.status_code, "on its way" in first.headers["HX-Trigger"]) == (200, True)
    again = client.post(address, headers=HTMX)
    assert again.status_code == 422
    assert "was sent already" in again.content.decode()
    with clinic.scope():
        body = OutboundMessage.objects.get(kind="link").body
    path = urlsplit(body.rsplit(" ", 1)[1]).path
    assert "How is your pain today?" in Client().get(path).content.decode()
    assert "Vera" not in body


def test_a_patient_is_asked_by_link_from_then_on(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN)
    patient_id = clinic.people["Vera"].patient_id
    address = reverse("checkins:choose-way", args=[patient_id])
    assert "comes as a link" in client.post(address, {"by_link": "yes"}, headers=HTMX).headers["HX-Trigger"]
    with clinic.scope():
        assert Plan.objects.get(episode__patient=patient_id).by_link
        planning.plan_day(clinic.home.practice.pk, now=NOW)
        sent = OutboundMessage.objects.filter(kind="check_in", occurred_at=NOW)
        links = [each for each in sent if "/c/" in each.body]
        assert [each.patient_id for each in links] == [patient_id]
        assert links[0].template.startswith("prompt.link@")
        assert opened(links[0].body.split("/c/")[1].strip("/")).check_in_id == links[0].check_in_id
    assert "comes as a text" in client.post(address, {"by_link": "no"}, headers=HTMX).headers["HX-Trigger"]


def test_the_plain_page_says_what_came_of_it(clinic: Clinic, asked: CheckIn) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    patient_id = clinic.people["Vera"].patient_id
    steps = [
        ("checkins:send-link", {}, "The link is on its way."),
        ("checkins:send-link", {}, "was sent already"),
        ("checkins:choose-way", {"by_link": "yes"}, "The next check-in comes as a link."),
        ("checkins:choose-way", {"by_link": "no"}, "The next check-in comes as a text."),
    ]
    for route, fields, said in steps:
        page = client.post(reverse(route, args=[patient_id]), fields, follow=True)
        assert page.redirect_chain[-1][0] == reverse("billing:patient", args=[patient_id])
        assert said in page.content.decode()
    assert "Text the link to today&#x27;s check-in" in page.content.decode().replace("'", "&#x27;")


ROUTES = ["checkins:send-link", "checkins:choose-way"]


@pytest.mark.parametrize("route", ROUTES)
def test_who_may_not(clinic: Clinic, route: str) -> None:
    address = reverse(route, args=[clinic.people["Vera"].patient_id])
    assert Client().post(address).status_code == 302
    assert clinic.as_(Role.BILLER).post(address).status_code == 403
    assert clinic.as_(Role.CLINICIAN, home=clinic.world.elm).post(address).status_code == 404
    assert clinic.as_(Role.CLINICIAN).get(address).status_code == 405


def test_a_milestone_is_tapped_and_the_free_question_written(clinic: Clinic) -> None:
    content = {
        "items": ["pain", "milestone", "free"],
        "question": {"en": "How was your week?"},
        "phases": [
            {
                "first": 1,
                "last": None,
                "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                "milestone": {"en": "climb the stairs", "es": "subir escaleras"},
            }
        ],
    }
    with clinic.scope():
        AdoptedProtocol.objects.update(content=content)
        factories.asked(clinic.home, at=NOW)
        asked = CheckIn.objects.get(episode=clinic.people["Vera"].episode, planned_at=NOW)
    address, phone = _address(asked), Client()
    phone.post(address, {"item": "pain", "value": "4"})
    assert "Can you climb the stairs?" in phone.get(address).content.decode()
    phone.post(address, {"item": "milestone", "value": "no"})
    assert "How was your week?" in phone.get(address).content.decode()
    assert phone.post(address, {"item": "free", "value": "  "}).status_code == 422
    assert phone.post(address, {"item": "free", "value": "Slept 8 hours"}).status_code == 302
    _read(clinic)
    with clinic.scope():
        values = {each.item: each.word or each.low for each in Reading.objects.filter(check_in=asked)}
        assert values == {"pain": 4, "milestone": "no"}
        asked.refresh_from_db()
        assert (asked.state, asked.open_items) == ("answered", [])
    patient = clinic.as_(Role.CLINICIAN).get(
        reverse("billing:patient", args=[clinic.people["Vera"].patient_id])
    )
    page = patient.content.decode()
    assert "Climb the stairs" in page
    assert "Free question answered in their words" in page
    assert "Slept 8 hours" in page
