"""The conversation panel, and writing into it."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from checkins.models import CheckIn, OutboundMessage
from checkins.services.links import CheckInLink, token_for
from networks.models import AuditEntry
from networks.permissions import Role
from patients.models import Phone
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW

HTMX = {"HX-Request": "true"}
ROUTES = ["checkins:conversation", "checkins:thread"]


def _address(clinic: Clinic, route: str = "checkins:conversation", name: str = "Vera") -> str:
    return reverse(route, args=[clinic.people[name].patient_id])


def _written(clinic: Clinic) -> list[OutboundMessage]:
    with clinic.scope():
        return list(OutboundMessage.objects.filter(kind="staff"))


def test_shows_the_texts_and_notes_the_look(clinic: Clinic) -> None:
    text = clinic.as_(Role.FRONT_DESK).get(_address(clinic)).content.decode()
    assert "my chest hurts" in text
    assert "Write to Vera in English" in text
    with clinic.scope():
        assert AuditEntry.objects.get(action="patient.viewed").details == {"page": "conversation"}


def test_is_silent_until_something_changes(clinic: Clinic) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    seen = client.get(_address(clinic)).context["seen"]
    assert client.get(_address(clinic, "checkins:thread"), {"seen": seen}).status_code == 204
    with clinic.scope():
        factories.writes(clinic.people["Vera"], "still bad", at=NOW)
        factories.read_all(clinic.home, at=NOW)
    assert "still bad" in client.get(_address(clinic, "checkins:thread"), {"seen": seen}).content.decode()


def test_a_text_written_by_staff_waits_to_go_out(clinic: Clinic) -> None:
    page = clinic.as_(Role.FRONT_DESK).post(
        _address(clinic, "checkins:write"), {"body": "Please call us."}, headers=HTMX
    )
    assert page.status_code == 200
    assert "The text is on its way." in page.headers["HX-Trigger"]
    (message,) = _written(clinic)
    assert (message.body, message.written_by_id) == (
        "Please call us.",
        clinic.home.people[Role.FRONT_DESK].pk,
    )
    shown = clinic.as_(Role.FRONT_DESK).get(_address(clinic)).content.decode()
    assert "Please call us." in shown
    assert "Oak front_desk" in shown


def test_works_without_a_script(clinic: Clinic) -> None:
    page = clinic.as_(Role.FRONT_DESK).post(_address(clinic, "checkins:write"), {"body": "Please call us."})
    assert page.url == _address(clinic, "billing:patient")


@pytest.mark.parametrize(
    ("body", "sentence"),
    [(" ", "Write something first."), ("x" * 1601, "Shorten the text to 1,600 characters.")],
    ids=["empty", "endless"],
)
def test_bad_input_is_refused_in_words_and_kept(clinic: Clinic, body: str, sentence: str) -> None:
    page = clinic.as_(Role.FRONT_DESK).post(_address(clinic, "checkins:write"), {"body": body}, headers=HTMX)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert body in page.content.decode()
    assert not _written(clinic)


NO_TEXTS = "This patient does not get texts: they stopped them or never agreed. Call instead."


def _stops(clinic: Clinic, name: str) -> None:
    with clinic.scope():
        factories.writes(clinic.people[name], "STOP", at=NOW)
        factories.read_all(clinic.home, at=NOW)


def test_says_beforehand_that_the_texts_are_stopped_and_offers_no_sending(clinic: Clinic) -> None:
    _stops(clinic, "Sam")
    client = clinic.as_(Role.FRONT_DESK)
    stopped = client.get(_address(clinic, name="Sam")).content.decode()
    assert NO_TEXTS in stopped
    assert "<textarea" not in stopped
    assert "Send</button>" not in stopped
    assert "Text the link" not in stopped
    going = client.get(_address(clinic)).content.decode()
    assert NO_TEXTS not in going
    assert "Send</button>" in going
    assert "Text the link" in going


def test_the_link_is_refused_because_the_texts_are_stopped(clinic: Clinic) -> None:
    _stops(clinic, "Sam")
    page = clinic.as_(Role.FRONT_DESK).post(_address(clinic, "checkins:send-link", "Sam"), headers=HTMX)
    assert page.status_code == 422
    assert NO_TEXTS in page.content.decode()


def test_nobody_writes_to_a_patient_who_stopped_the_texts(clinic: Clinic) -> None:
    _stops(clinic, "Sam")
    page = clinic.as_(Role.CLINICIAN).post(
        _address(clinic, "checkins:write", "Sam"), {"body": "Hello"}, headers=HTMX
    )
    assert page.status_code == 422
    assert NO_TEXTS in page.content.decode()
    assert ">Hello</textarea>" in page.content.decode()


@pytest.mark.parametrize("route", ROUTES)
def test_anonymous_people_are_led_to_the_sign_in(clinic: Clinic, route: str) -> None:
    assert Client().get(_address(clinic, route)).status_code == 302


@pytest.mark.parametrize("route", ROUTES)
def test_a_biller_may_not_read_texts(clinic: Clinic, route: str) -> None:
    assert clinic.as_(Role.BILLER).get(_address(clinic, route)).status_code == 403


def test_a_biller_may_not_write(clinic: Clinic) -> None:
    assert clinic.as_(Role.BILLER).post(_address(clinic, "checkins:write"), {"body": "Hi"}).status_code == 403


@pytest.mark.parametrize("route", ROUTES)
def test_another_practices_patient_does_not_exist(clinic: Clinic, route: str) -> None:
    assert clinic.as_(Role.CLINICIAN, home=clinic.world.elm).get(_address(clinic, route)).status_code == 404


def test_nobody_writes_to_another_practices_patient(clinic: Clinic) -> None:
    client = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
    assert client.post(_address(clinic, "checkins:write"), {"body": "Hi"}).status_code == 404
    assert not _written(clinic)


def test_a_second_click_is_not_a_second_text(clinic: Clinic) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    for body in ("Please call us.", "Please call us.", "Today if you can."):
        client.post(_address(clinic, "checkins:write"), {"body": body}, headers=HTMX)
    assert sorted(each.body for each in _written(clinic)) == ["Please call us.", "Today if you can."]
    with time_machine.travel(NOW + timedelta(minutes=1)):
        client.post(_address(clinic, "checkins:write"), {"body": "Please call us."}, headers=HTMX)
    assert len(_written(clinic)) == 3


def test_a_page_older_than_the_sign_in_is_loaded_anew(clinic: Clinic) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(clinic.home.people[Role.FRONT_DESK])
    page = client.post(_address(clinic, "checkins:write"), {"body": "Please call us."}, headers=HTMX)
    assert page.status_code == 403
    assert page.headers["HX-Refresh"] == "true"
    assert "The page was too old" in page.content.decode()
    assert _written(clinic) == []


class TestWeighing:
    def test_counts_as_the_protocol_editor_does_and_keeps_nothing(self, clinic: Clinic) -> None:
        page = clinic.as_(Role.FRONT_DESK).post(
            _address(clinic, "checkins:weigh"), {"body": "Great job 👍"}, headers=HTMX
        )
        text = page.content.decode()
        assert "11 letters, 1 segment" in text
        assert "Not in the GSM alphabet: 👍" in text
        assert not _written(clinic)

    def test_warns_of_short_replies_and_lets_the_text_go(self, clinic: Clinic) -> None:
        body = "Can you come at 3? Reply YES or NO."
        client = clinic.as_(Role.FRONT_DESK)
        text = client.post(_address(clinic, "checkins:weigh"), {"body": body}, headers=HTMX).content.decode()
        assert "“Reply YES” asks for a short reply." in text
        assert (
            client.post(_address(clinic, "checkins:write"), {"body": body}, headers=HTMX).status_code == 200
        )

    @pytest.mark.parametrize("sent", [{}, {"body": " "}], ids=["nothing", "blank"])
    def test_says_what_a_text_is_while_there_is_none(self, clinic: Clinic, sent: dict[str, str]) -> None:
        page = clinic.as_(Role.FRONT_DESK).post(_address(clinic, "checkins:weigh"), sent, headers=HTMX)
        assert "A text is not a live contact." in page.content.decode()

    def test_weighs_no_more_than_a_text_may_hold(self, clinic: Clinic) -> None:
        sent = {"body": "a" * 1_600 + "👍" * 50_000}
        page = clinic.as_(Role.FRONT_DESK).post(_address(clinic, "checkins:weigh"), sent, headers=HTMX)
        text = page.content.decode()
        assert "More than 1600 letters, 11 segments" in text
        assert "Shorten the text to 1,600 characters." in text
        assert "👍" not in text

    def test_is_for_those_who_may_write(self, clinic: Clinic) -> None:
        address = _address(clinic, "checkins:weigh")
        assert Client().post(address, {"body": "Hi"}).status_code == 302
        assert clinic.as_(Role.BILLER).post(address, {"body": "Hi"}).status_code == 403
        elm = clinic.as_(Role.CLINICIAN, home=clinic.world.elm)
        assert elm.post(address, {"body": "Hi"}).status_code == 404
        assert elm.get(address).status_code == 405

    def test_the_composer_asks_while_one_types(self, clinic: Clinic) -> None:
        text = clinic.as_(Role.FRONT_DESK).get(_address(clinic)).content.decode()
        assert f'hx-post="{_address(clinic, "checkins:weigh")}"' in text


def _answers_at(clinic: Clinic, body: str, *, minutes: int = 1) -> None:
    with clinic.scope():
        factories.writes(clinic.people["Vera"], body, at=NOW + timedelta(minutes=minutes))
        factories.read_all(clinic.home, at=NOW + timedelta(minutes=minutes))


class TestWhoAnswered:
    def test_a_caregiver_is_named_for_what_they_are(self, clinic: Clinic) -> None:
        with clinic.scope():
            Phone.objects.filter(patient=clinic.people["Vera"].patient_id).update(
                holder="caregiver", relationship="Daughter"
            )
            factories.asked(clinic.home, at=NOW)
        _answers_at(clinic, "4 y")
        for route in ROUTES[0], "billing:patient":
            page = clinic.as_(Role.CLINICIAN).get(_address(clinic, route)).content.decode()
            assert '<span class="visually-hidden">Caregiver (daughter):</span>' in page
            assert "Caregiver (daughter)</span> · " in page

    def test_what_the_patient_answered_stays_theirs_when_the_phone_passes_on(self, clinic: Clinic) -> None:
        with clinic.scope():
            factories.asked(clinic.home, at=NOW)
        _answers_at(clinic, "4 y")
        with clinic.scope():
            Phone.objects.filter(patient=clinic.people["Vera"].patient_id).update(holder="caregiver")
        page = clinic.as_(Role.CLINICIAN).get(_address(clinic)).content.decode()
        before, _, after = page.partition(">4 y</div>")
        assert before.endswith('The patient wrote:</span><div class="said" dir="auto"')
        assert "Caregiver" not in after

    def test_words_tell_of_a_caregiver_on_the_patients_phone(self, clinic: Clinic) -> None:
        with clinic.scope():
            factories.asked(clinic.home, at=NOW)
        _answers_at(clinic, "This is her daughter. Her pain is 4, she did her exercises")
        page = clinic.as_(Role.CLINICIAN).get(_address(clinic)).content.decode()
        assert "Caregiver, by what the text says" in page

    def test_the_one_tap_page_is_said(self, clinic: Clinic) -> None:
        with clinic.scope():
            factories.asked(clinic.home, at=NOW)
            asked = CheckIn.objects.get(episode=clinic.people["Vera"].episode, planned_at=NOW)
        Client().post(
            f"/c/{token_for(CheckInLink(asked.practice_id, asked.pk, NOW + timedelta(hours=20)))}/",
            {"item": "pain", "value": "6"},
        )
        with clinic.scope():
            factories.read_all(clinic.home, at=NOW + timedelta(minutes=1))
        page = clinic.as_(Role.CLINICIAN).get(_address(clinic)).content.decode()
        assert "Answered on the one-tap page</span> · " in page

    def test_the_patient_by_text_needs_no_mark_but_is_read_out(self, clinic: Clinic) -> None:
        page = clinic.as_(Role.CLINICIAN).get(_address(clinic)).content.decode()
        assert "answerer" not in page
        assert "The patient wrote:" in page
        assert "We wrote:" in page
