"""Messages: what on the line needs a person."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import InboundMessage, OutboundMessage, OutboxRow
from checkins.services import consent_links, conversation, correcting, enrollment, reaching, refusals
from networks.actors import Actor
from networks.permissions import Role
from patients.models import ConsentEvent, Episode, Patient, Phone
from tests import factories
from tests.clinic import Clinic, fill
from tests.world import NOW, SYSTEM

# Frame 8, seven lists, what was done and written about unclear replies 2 where there are any, the lines 1.
PINNED = 18


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
    assert "Everybody in monitoring has agreed to it." in text


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
        OutboxRow.objects.filter(pk=row.pk).update(
            state="failed", status="failed", error_code="30003", finished_at=NOW
        )
    text = _page(clinic)
    assert "did not arrive (error 30003)" in text
    assert "The phone was off or without signal" in text


def _lose_texts(clinic: Clinic, name: str, *, codes: tuple[str, ...]) -> None:
    """Let the carrier lose the latest texts to a patient, one for each code."""
    with clinic.scope():
        rows = OutboxRow.objects.filter(message__patient_id=clinic.people[name].patient_id)
        for row, code in zip(rows.order_by("-attempted_at", "-pk"), codes, strict=False):
            OutboxRow.objects.filter(pk=row.pk).update(
                state="sent", status="undelivered", status_rank=50, error_code=code, failure_followed=False
            )
        refusals.follow_failures(clinic.home.practice.pk, now=NOW)


def _by_link(clinic: Clinic, *, now: datetime) -> Episode:
    """Enrol somebody who is to agree by web link, and make the link."""
    request = enrollment.EnrollmentRequest(
        given_name="Lucía",
        family_name="Peña",
        mobile="312 555 0142",
        language="es",
        condition="knee",
        side="left",
        clinician_id=clinic.home.clinician.pk,
        consent_method=ConsentEvent.Method.WEB,
    )
    episode = enrollment.enroll(clinic.home.practice, request=request, actor=SYSTEM, now=now)
    consent_links.make_link(episode.patient, actor=SYSTEM, now=now)
    return episode


@pytest.mark.parametrize(
    ("days_ago", "said"),
    [
        (6, "Their link is open until Tue 3 Mar, 9:00. Nothing is asked before they agree."),
        (7, "Their link ended Mon 2 Mar, 9:00 without an answer: make a new one,"),
    ],
    ids=["open", "over"],
)
def test_shows_who_was_given_a_link_and_has_not_answered(clinic: Clinic, days_ago: int, said: str) -> None:
    with clinic.scope():
        episode = _by_link(clinic, now=NOW - timedelta(days=days_ago))
    listed = _section(_page(clinic), "unagreed")
    for words in ("Lucía Peña", "has not agreed yet", said):
        assert words in listed
    assert reverse("checkins:reach", args=[episode.patient_id]) in listed
    assert "Sam Ortiz" not in listed


def test_who_said_no_stands_there_until_they_agree_or_are_discharged(clinic: Clinic) -> None:
    with clinic.scope():
        ended = reaching.Said(ConsentEvent.Method.PHONE, NOW, SYSTEM)
        for name in ("Sam", "Wendy"):
            reaching.end_monitoring(clinic.people[name].episode.patient, said=ended, now=NOW)
    listed = _section(_page(clinic), "unagreed")
    for words in ("Sam Ortiz", "Wendy Ortiz", "Said no Mon 2 Mar, 9:00", "said no", "or discharge them"):
        assert words in listed
    later = NOW + timedelta(minutes=1)
    with clinic.scope():
        again = reaching.Said(ConsentEvent.Method.PHONE, later, SYSTEM)
        reaching.resume_monitoring(clinic.people["Sam"].episode.patient, said=again, now=later)
        wendy = Episode.objects.get(pk=clinic.people["Wendy"].episode.pk)
        enrollment.discharge(wendy, ends_on=NOW.date(), reason="Said no", actor=SYSTEM, now=later)
    assert "Everybody in monitoring has agreed to it." in _page(clinic)


def _section(text: str, name: str) -> str:
    return text.split(f'aria-labelledby="{name}"')[1].split("</section>")[0]


def test_shows_what_was_read_and_leads_to_the_correction(clinic: Clinic) -> None:
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
    _says(clinic, "Wendy", "4 and can I drive on sunday?")
    with clinic.scope():
        text_id = InboundMessage.objects.latest("occurred_at").pk
    address = reverse("checkins:correct", args=[text_id])
    unclear = _section(_page(clinic, Role.CLINICIAN), "unclear")
    assert "Read as: Pain 4" in unclear
    assert "Asks a question: a person must answer." in unclear
    assert address in unclear
    assert address not in _page(clinic, Role.FRONT_DESK)


def test_shows_the_correction_where_there_is_one(clinic: Clinic) -> None:
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
    _says(clinic, "Wendy", "can I drive on sunday?")
    with clinic.scope():
        person = clinic.home.people[Role.CLINICIAN]
        correcting.correct(
            InboundMessage.objects.latest("occurred_at"),
            answers={"pain": 4.0},
            reason="Said so on the phone",
            by=person,
            actor=Actor.person(person.pk),
            now=NOW + timedelta(minutes=1),
        )
    assert "Corrected to: Pain 4" in _section(_page(clinic), "unclear")


def test_says_of_a_text_that_its_own_check_in_was_asked_once_more(clinic: Clinic) -> None:
    with clinic.scope():
        factories.writes(clinic.people["Wendy"], "who is my surgeon?", at=NOW - timedelta(hours=20))
        factories.read_all(clinic.home, at=NOW - timedelta(hours=20))
        factories.asked(clinic.home, at=NOW)
    _says(clinic, "Wendy", "can I drive on sunday?")
    _says(clinic, "Wendy", "4")
    with clinic.scope():
        OutboundMessage.objects.get(kind="clarify", occurred_at=NOW)
    rows = clinic.as_(Role.FRONT_DESK).get(reverse("checkins:messages")).context["inbox"].unclear
    asked = {row.text: len(row.further) for row in rows}
    assert asked == {"can I drive on sunday?": 1, "who is my surgeon?": 0}
    assert "Daybook asked once more for this check-in" in _section(_page(clinic), "unclear")


def test_shows_who_answered_and_whether_it_arrived(clinic: Clinic) -> None:
    _says(clinic, "Wendy", "can I drive on sunday?")
    assert " answered, " not in _page(clinic)
    person = clinic.home.people[Role.CLINICIAN]
    with clinic.scope():
        written = conversation.write_to_patient(
            Patient.objects.get(pk=clinic.people["Wendy"].patient_id),
            body="Not yet, please wait a week.",
            actor=Actor.person(person.pk),
            now=NOW + timedelta(minutes=2),
        )
        OutboxRow.objects.filter(message=written).update(state="sent", status="delivered", finished_at=NOW)
    unclear = _section(_page(clinic), "unclear")
    assert f"{person.name} answered, Mon 2 Mar, 9:02: delivered" in unclear


def test_a_number_set_aside_stands_under_not_reached_until_there_is_another(clinic: Clinic) -> None:
    assert "Texts reach everybody in monitoring." in _page(clinic)
    _says(clinic, "Sam", "wrong number")
    listed = _section(_page(clinic), "unreachable")
    assert "The number is set aside until somebody checks it." in listed
    assert reverse("checkins:reach", args=[clinic.people["Sam"].patient_id]) in listed
    with clinic.scope():
        Phone.objects.filter(patient=clinic.people["Sam"].patient_id).update(state=Phone.State.REPLACED)
    assert "Texts reach everybody in monitoring." in _page(clinic)


def test_two_texts_lost_in_a_row_stand_under_not_reached_with_the_reason(clinic: Clinic) -> None:
    _lose_texts(clinic, "Sam", codes=("30003",))
    assert "Texts reach everybody in monitoring." in _page(clinic)
    _lose_texts(clinic, "Sam", codes=("30003", "30008"))
    listed = _section(_page(clinic), "unreachable")
    assert "2 texts of the last 14 days did not arrive, and none has since." in listed
    assert "The phone was off or without signal" in listed


def test_a_text_that_arrived_later_takes_a_patient_off_the_list(clinic: Clinic) -> None:
    _lose_texts(clinic, "Sam", codes=("30003", "30003"))
    with clinic.scope():
        latest = OutboxRow.objects.filter(message__patient_id=clinic.people["Sam"].patient_id)
        row = latest.latest("attempted_at")
        OutboxRow.objects.filter(pk=row.pk).update(status="delivered", status_rank=55, error_code="")
    assert "Texts reach everybody in monitoring." in _page(clinic)


def test_whoever_stopped_is_marked_until_somebody_asked_about_monitoring(clinic: Clinic) -> None:
    _says(clinic, "Sam", "STOP")
    stopped = _section(_page(clinic), "stopped")
    assert "ask about monitoring</span>" in stopped
    assert reverse("checkins:reach", args=[clinic.people["Sam"].patient_id]) in stopped
    fields = {"kind": "monitoring", "act": "given", "method": "phone", "said_on": ""}
    address = reverse("checkins:reach-consent", args=[clinic.people["Sam"].patient_id])
    with_prefix = {f"consent-{name}": value for name, value in fields.items()}
    assert clinic.as_(Role.FRONT_DESK).post(address, with_prefix).status_code == 302
    stopped = _section(_page(clinic), "stopped")
    assert "ask about monitoring</span>" not in stopped
    assert "Nothing is sent to them" in stopped


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
