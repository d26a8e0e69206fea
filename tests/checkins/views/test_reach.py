"""Consents and numbers of a patient: written down as they were said, with what follows."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import CheckIn, OutboundMessage, OutboxRow, Plan, TouchedEpisode
from checkins.services import line, planning
from networks.permissions import Role
from patients.models import ConsentEvent, Patient, Phone
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

NEW = "+13125550199"


def _address(clinic: Clinic, route: str = "reach", name: str = "Vera") -> str:
    return reverse(f"checkins:{route}", args=[clinic.people[name].patient_id])


def _say(clinic: Clinic, kind: str, act: str, **more: str):
    fields = {"consent-kind": kind, "consent-act": act, "consent-method": "phone", "consent-said_on": ""}
    fields |= {f"consent-{name}": value for name, value in more.items()}
    return clinic.as_(Role.FRONT_DESK).post(_address(clinic, "reach-consent"), fields, follow=True)


def _number(clinic: Clinic, **more: str):
    fields = {"mobile": "312 555 0199", "holder": "patient", "method": "phone", "agreed": "on"} | more
    return clinic.as_(Role.FRONT_DESK).post(
        _address(clinic, "reach-number"),
        {f"number-{name}": value for name, value in fields.items()},
        follow=True,
    )


def _asked_today(clinic: Clinic) -> bool:
    with clinic.scope():
        planning.plan_day(clinic.home.practice.pk, now=NOW + timedelta(days=1))
        return CheckIn.objects.filter(
            episode=clinic.people["Vera"].episode, planned_at=NOW + timedelta(days=1)
        ).exists()


def test_shows_what_was_said_and_the_numbers(clinic: Clinic) -> None:
    page = clinic.as_(Role.FRONT_DESK).get(_address(clinic)).content.decode()
    assert "Text messages: agreed" in page
    assert "wording 1 of 2026" in page
    assert "In use" in page


def test_a_stop_said_on_the_phone_ends_the_texts_at_once(clinic: Clinic) -> None:
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
    page = _say(clinic, "texts", "withdrawn").content.decode()
    assert "The texts have stopped." in page
    assert "That says nothing about monitoring" in page
    with clinic.scope():
        check_in = CheckIn.objects.get(episode=clinic.people["Vera"].episode, planned_at=NOW)
        assert check_in.closed_reason == CheckIn.Closed.OPTED_OUT
        event = ConsentEvent.objects.filter(kind="texts", act="withdrawn").get()
        assert (event.method, event.recorded_by_id) == ("phone", clinic.home.people[Role.FRONT_DESK].pk)
    assert not _asked_today(clinic)


def test_texts_are_allowed_again_and_monitoring_is_asked_about_separately(clinic: Clinic) -> None:
    _say(clinic, "texts", "withdrawn")
    assert "Monitoring is agreed." in _say(clinic, "monitoring", "given").content.decode()
    page = clinic.as_(Role.FRONT_DESK).get(_address(clinic)).content.decode()
    assert "That says nothing about monitoring" not in page
    assert "Texts may go out again." in _say(clinic, "texts", "given").content.decode()
    assert _asked_today(clinic)


def test_no_monitoring_means_no_question_until_it_is_agreed_again(clinic: Clinic) -> None:
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
        TouchedEpisode.objects.all().delete()
    assert "nothing is asked any more" in _say(clinic, "monitoring", "withdrawn").content.decode()
    with clinic.scope():
        assert (
            CheckIn.objects.get(episode=clinic.people["Vera"].episode, planned_at=NOW).closed_reason
            == CheckIn.Closed.ENDED
        )
        assert TouchedEpisode.objects.filter(episode=clinic.people["Vera"].episode).exists()
        assert not Plan.objects.filter(episode=clinic.people["Vera"].episode, ends_on=None).exists()
    _say(clinic, "monitoring", "given")
    assert _asked_today(clinic)


def test_an_earlier_day_is_kept_and_a_later_one_refused(clinic: Clinic) -> None:
    _say(clinic, "texts", "withdrawn", said_on="2026-03-01")
    with clinic.scope():
        said = ConsentEvent.objects.get(kind="texts", act="withdrawn")
        assert said.occurred_at.date().isoformat() == "2026-03-01"
    page = _say(clinic, "texts", "given", said_on="2026-03-03")
    assert (page.status_code, "lies in the future" in page.content.decode()) == (422, True)


def test_another_number_is_used_from_now_on(clinic: Clinic) -> None:
    page = _number(clinic, holder="caregiver", relationship="Daughter")
    assert "The new number is in use." in page.content.decode()
    with clinic.scope():
        patient_id = clinic.people["Vera"].patient_id
        states = {each.last_four: each.state for each in Phone.objects.filter(patient=patient_id)}
        assert states["0199"] == Phone.State.ACTIVE
        assert sorted(states.values()) == ["active", "replaced"]
        plan = Plan.objects.get(episode__patient=patient_id, ends_on=None)
        assert (plan.phone.number, plan.phone.relationship) == (NEW, "Daughter")
        assert OutboundMessage.objects.filter(kind="welcome", phone=plan.phone).exists()
        waiting = OutboxRow.objects.filter(message__patient=patient_id).exclude(phone=plan.phone)
        assert not waiting.filter(state="pending", needs_consent=True).exists()
        # What the caregiver answers counts as a caregiver's.
        factories.asked(clinic.home, at=NOW + timedelta(days=1))
        factories.text_in(clinic.people["Vera"].route, NEW, "4 y", at=NOW + timedelta(days=1, minutes=5))
        factories.read_all(clinic.home, at=NOW + timedelta(days=1, minutes=6))
        check_in = CheckIn.objects.get(
            episode=clinic.people["Vera"].episode, planned_at=NOW + timedelta(days=1)
        )
        assert {each.source for each in check_in.values.all()} == {"caregiver"}


def test_a_number_set_aside_by_mistake_comes_back(clinic: Clinic) -> None:
    with clinic.scope():
        factories.writes(clinic.people["Vera"], "wrong number", at=NOW)
        factories.read_all(clinic.home, at=NOW)
        phone = Phone.objects.get(patient=clinic.people["Vera"].patient_id)
        assert phone.state == Phone.State.SUSPENDED
    assert "number is set aside" in _say(clinic, "texts", "given").content.decode()
    assert _number(clinic, mobile=clinic.people["Vera"].mobile).status_code == 200
    with clinic.scope():
        phone.refresh_from_db()
        assert phone.state == Phone.State.ACTIVE


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"mobile": "12"}, "number"),
        ({"holder": "caregiver"}, "Write who the caregiver is"),
        ({"agreed": ""}, "Ask first"),
        ({"method": "pigeon"}, "Select a valid choice"),
    ],
    ids=["no number", "nameless caregiver", "nobody asked", "unknown way"],
)
def test_bad_numbers_are_refused_in_words(clinic: Clinic, fields: dict[str, str], sentence: str) -> None:
    page = _number(clinic, **fields)
    assert page.status_code == 422
    assert sentence in page.content.decode()


def test_another_patients_number_and_the_same_number_are_refused(clinic: Clinic) -> None:
    page = _number(clinic, mobile=clinic.people["Sam"].mobile)
    assert (page.status_code, "Another patient" in page.content.decode()) == (422, True)
    page = _number(clinic, mobile=clinic.people["Vera"].mobile)
    assert (page.status_code, "in use already" in page.content.decode()) == (422, True)
    with clinic.scope():
        assert Phone.objects.get(patient=clinic.people["Vera"].patient_id).state == Phone.State.ACTIVE


def test_a_shared_phone_is_texted_from_a_number_of_its_own(clinic: Clinic) -> None:
    with clinic.scope():
        line.add_sender(
            clinic.home.practice,
            number="+13125550188",
            account_sid="AC" + "1" * 32,
            token="b" * 32,
            actor=SYSTEM,
            now=NOW,
        )
    page = _number(clinic, mobile=clinic.people["Sam"].mobile)
    assert (page.status_code, "say so below" in page.content.decode()) == (422, True)
    page = _number(clinic, mobile=clinic.people["Sam"].mobile, shares_phone="on")
    assert (page.status_code, "shared phone" in page.content.decode()) == (200, True)
    with clinic.scope():
        plan = Plan.objects.get(episode=clinic.people["Vera"].episode, ends_on=None)
        assert plan.sender.number == "+13125550188"


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("route", ["reach", "reach-consent", "reach-number"])
def test_who_may_not(clinic: Clinic, route: str, method: str) -> None:
    if (route == "reach") != (method == "get"):
        return
    address = _address(clinic, route)
    assert getattr(Client(), method)(address).status_code == 302
    assert getattr(clinic.as_(Role.BILLER), method)(address).status_code == 403
    elsewhere = clinic.as_(Role.FRONT_DESK, home=clinic.world.elm)
    assert getattr(elsewhere, method)(address).status_code == 404


@pytest.mark.parametrize(
    ("language", "words"), [("en", "about the person you care for"), ("es", "sobre la persona que cuida")]
)
def test_a_caregivers_first_text_is_a_caregivers_own(clinic: Clinic, language: str, words: str) -> None:
    with clinic.scope():
        Patient.objects.filter(pk=clinic.people["Vera"].patient_id).update(language=language)
    _number(clinic, holder="caregiver", relationship="Daughter")
    with clinic.scope():
        welcome = OutboundMessage.objects.get(kind="welcome", phone__last_four="0199")
        assert words in welcome.body
        assert welcome.template.startswith("welcome.cared@")
        assert "Vera" not in welcome.body


def test_the_patients_first_text_stays_the_patients(clinic: Clinic) -> None:
    _number(clinic)
    with clinic.scope():
        welcome = OutboundMessage.objects.get(kind="welcome", phone__last_four="0199")
        assert welcome.template.startswith("welcome@")
