"""Enrolling a patient."""

from datetime import datetime, time, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from checkins.models import OutboundMessage, OutboxRow, Plan
from checkins.services import line, planning
from networks.models import Practice
from networks.permissions import Role
from patients.models import ConsentEvent, Patient, Phone, PlanOfCare
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM


@pytest.fixture
def oak(world) -> Clinic:
    clinic = Clinic(world)
    with clinic.scope():
        factories.line_of(world.oak.practice, now=NOW)
    return clinic


def _typed(oak: Clinic, **other: str) -> dict[str, str]:
    return {
        "given_name": "Lucía",
        "family_name": "Peña",
        "mobile": "312 555 0142",
        "language": "es",
        "condition": "knee",
        "side": "left",
        "clinician": str(oak.home.clinician.pk),
        "names_rtm": "on",
        "send_at": "09:00",
        "agreed": "on",
        **other,
    }


def _post(oak: Clinic, **other: str):
    return oak.as_(Role.FRONT_DESK).post(reverse("checkins:enroll"), _typed(oak, **other))


def _patients(oak: Clinic) -> list[Patient]:
    with oak.scope():
        return list(Patient.objects.all())


def test_six_answers_enrol_and_lead_to_the_patient(oak: Clinic) -> None:
    page = _post(oak)
    (patient,) = _patients(oak)
    assert page.status_code == 302
    assert page.url == reverse("billing:patient", args=[patient.pk])
    assert patient.full_name == "Lucía Peña"


def test_records_both_consents_with_their_wording_and_queues_the_welcome(oak: Clinic) -> None:
    _post(oak, consent_method="paper")
    with oak.scope():
        given = ConsentEvent.objects.values_list("kind", "act", "method", "wording_version").order_by("kind")
        assert list(given) == [
            ("monitoring", "given", "paper", "monitoring.2026-1"),
            ("texts", "given", "paper", "texts.2026-1"),
        ]
        assert OutboundMessage.objects.get().kind == "welcome"
        assert PlanOfCare.objects.get().names_rtm


def test_shows_the_first_text_as_the_phone_shows_it(oak: Clinic) -> None:
    client = oak.as_(Role.FRONT_DESK)
    english = client.get(reverse("checkins:enroll")).content.decode()
    assert "Oak PT" in english
    assert "segment" in english
    spanish = client.get(reverse("checkins:enroll-preview"), {"language": "es"}).content.decode()
    assert "mensajes" in spanish
    other = client.get(reverse("checkins:enroll-preview"), {"language": "xx"}).content.decode()
    assert "STOP" in other


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"given_name": " "}, "Write the first name."),
        ({"family_name": ""}, "Write the last name."),
        ({"given_name": "A" * 300}, "The first name is longer than 80 letters: shorten it."),
        ({"mobile": "911"}, "That is not a US mobile number: type the ten digits, such as 312 555 0142."),
        (
            {"mobile": "+49 170 1234567"},
            "That is not a US mobile number: type the ten digits, such as 312 555 0142.",
        ),
        ({"language": "fr"}, "Choose English or Spanish for the texts."),
        ({"condition": ""}, "Choose the condition from the list."),
        ({"side": "up"}, "Choose the side from the list."),
        ({"clinician": "0"}, "Choose a clinician of this practice."),
        ({"birth_date": "2030-01-01"}, "The birth date lies in the future: check the year."),
        ({"birth_date": "31.02.1960"}, "Write the date as month, day and year."),
        (
            {"birth_date": "2025-12-24", "evaluated_on": "2025-12-01"},
            "The evaluation lies before the birth date: check both.",
        ),
        ({"evaluated_on": "2026-03-09"}, "The evaluation lies in the future: monitoring starts after it."),
        (
            {"plan_from": "2026-03-02", "plan_until": "2026-03-01"},
            "The plan of care ends before it starts: check both dates.",
        ),
        (
            {"plan_from": "2026-03-02", "plan_until": "2026-06-30"},
            "A plan of care is certified for at most 90 days",
        ),
        ({"send_at": "05:00"}, "Choose an hour between 09:00 and 20:00."),
        ({"agreed": ""}, "Ask the patient first: without their consent nobody is texted."),
    ],
    ids=lambda each: "-".join(each) if isinstance(each, dict) else "",
)
def test_bad_input_is_refused_in_words_and_kept(oak: Clinic, typed: dict[str, str], sentence: str) -> None:
    page = _post(oak, **typed)
    text = page.content.decode()
    assert page.status_code == 422
    assert sentence in text
    assert "Everything you typed is kept." in text or "Nobody is enrolled" in text
    assert 'value="Peña"' in text or "family_name" in typed
    assert not _patients(oak)


def test_a_name_with_a_null_character_is_refused(oak: Clinic) -> None:
    assert _post(oak, given_name="A\x00B").status_code == 422
    assert not _patients(oak)


def test_a_number_that_another_patient_has_is_refused_at_its_field(oak: Clinic) -> None:
    _post(oak)
    page = _post(oak, given_name="Ana")
    assert page.status_code == 422
    assert "Another patient of this practice has that number." in page.content.decode()
    assert "mobile" in page.context["form"].errors


def test_a_practice_without_a_number_says_so(world) -> None:
    clinic = Clinic(world)
    with clinic.scope():
        from checkins.services import protocols

        protocols.ship()
    page = _post(clinic)
    assert page.status_code == 422
    assert "This practice has no number to text from yet" in page.content.decode()


def test_another_practices_clinician_cannot_be_chosen(oak: Clinic) -> None:
    page = _post(oak, clinician=str(oak.world.elm.clinician.pk))
    assert "Choose a clinician of this practice." in page.content.decode()


@pytest.mark.parametrize("route", ["checkins:enroll", "checkins:enroll-preview"])
def test_anonymous_people_are_led_to_the_sign_in(oak: Clinic, route: str) -> None:
    assert Client().get(reverse(route)).status_code == 302


@pytest.mark.parametrize("route", ["checkins:enroll", "checkins:enroll-preview"])
def test_a_biller_may_not_enrol(oak: Clinic, route: str) -> None:
    assert oak.as_(Role.BILLER).get(reverse(route)).status_code == 403


def test_a_shared_phone_is_offered_where_there_is_a_second_number(oak: Clinic) -> None:
    _post(oak)
    with oak.scope():
        second = line.add_sender(
            oak.home.practice,
            number="+13125550188",
            account_sid="AC" + "1" * 32,
            token="b" * 32,
            actor=SYSTEM,
            now=NOW,
        )
    page = _post(oak, given_name="Ana")
    assert page.status_code == 422
    assert "If they share the phone, say so below" in page.content.decode()
    assert 'name="shares_phone"' in page.content.decode()
    assert _post(oak, given_name="Ana", shares_phone="on").status_code == 302
    with oak.scope():
        assert Phone.objects.get(patient__given_name="Ana").line == second.sender_id


class TestWhenTheFirstTextsGoOut:
    """The page says it by the rule of the moment of sending: the state's hours hold besides the practice's."""

    @pytest.fixture(autouse=True)
    def keeps_state_hours(self, settings) -> None:
        settings.KEEP_STATE_HOURS = True

    def _in(self, oak: Clinic, state: str, **hours: object) -> None:
        with oak.scope():
            Practice.objects.filter(pk=oak.home.practice.pk).update(state=state, **hours)

    @pytest.mark.parametrize(
        ("state", "now", "said"),
        [
            # Monday 2 March 2026, 9:00 in Chicago, unless said otherwise.
            ("IL", NOW, "The first text goes out at once, the first check-in tomorrow at 9:00."),
            ("KY", NOW, "The first text goes out today at 10:00, the first check-in tomorrow at 10:00."),
            (
                "ME",
                NOW + timedelta(hours=9),
                "goes out tomorrow at 9:00, the first check-in tomorrow at 9:00.",
            ),
            (
                "ME",
                NOW + timedelta(days=4),
                "The first text goes out at once, the first check-in on Mon 9 Mar at 9:00.",
            ),
            (
                "TX",
                NOW + timedelta(days=5),
                "The first text goes out at once, the first check-in tomorrow at 12:00.",
            ),
        ],
        ids=["all day", "opens later", "after its end", "no weekend", "late Sunday"],
    )
    def test_is_said_before(self, oak: Clinic, state: str, now: datetime, said: str) -> None:
        self._in(oak, state)
        with time_machine.travel(now, tick=False):
            page = oak.as_(Role.FRONT_DESK).get(reverse("checkins:enroll")).content.decode()
        assert said in page

    def test_what_is_said_is_what_happens(self, oak: Clinic) -> None:
        self._in(oak, "KY")
        with time_machine.travel(NOW, tick=False):
            page = oak.as_(Role.FRONT_DESK).post(
                reverse("checkins:enroll"), _typed(oak, send_at="", time_zone="America/Chicago"), follow=True
            )
        assert "Enrolled. The first text goes out today at 10:00, the first check-in tomorrow at 10:00." in (
            page.content.decode()
        )
        with oak.scope():
            assert OutboxRow.objects.get().not_before == NOW + timedelta(hours=1)
            plan = Plan.objects.get()
            assert plan.send_at == time(10)
            tomorrow = NOW + timedelta(days=1)
            for at, made in ((tomorrow, 0), (tomorrow + timedelta(hours=1), 1)):
                assert planning.plan_day(oak.home.practice.pk, now=at) == made

    @pytest.mark.parametrize(
        ("state", "send_at", "sentence"),
        [
            ("KY", "09:30", "Choose an hour between 10:00 and 20:00. Texts in Kentucky keep to the state"),
            (
                "RI",
                "17:30",
                "Choose an hour between 09:00 and 17:00. Texts in Rhode Island keep to the state",
            ),
            ("IL", "20:00", "Choose an hour between 09:00 and 20:00.</"),
        ],
        ids=["before its opening", "after its weekend's end", "the practice's own"],
    )
    def test_an_hour_that_would_be_silent_is_refused(
        self, oak: Clinic, state: str, send_at: str, sentence: str
    ) -> None:
        self._in(oak, state)
        page = _post(oak, send_at=send_at)
        assert page.status_code == 422
        assert sentence in page.content.decode()
        assert not _patients(oak)

    def test_hours_that_never_meet_the_states_are_said(self, oak: Clinic) -> None:
        self._in(oak, "KY", texts_from=time(8), texts_until=time(9))
        assert "No text could go out" in (
            oak.as_(Role.FRONT_DESK).get(reverse("checkins:enroll")).content.decode()
        )
        page = _post(oak)
        assert page.status_code == 422
        assert "lie outside those of its state" in page.content.decode()
