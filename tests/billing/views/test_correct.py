"""Correcting what was read: the original stays, values and days follow, and a rebuild changes nothing."""

from datetime import date, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from billing.services.rebuilding import rebuild
from checkins.models import CheckIn, Correction, InboundRow, MonitoringDay, Reading, ReplyReading
from networks.models import AuditEntry
from networks.permissions import Role
from patients.models import Phone
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW

HTMX = {"HX-Request": "true"}
YESTERDAY = date(2026, 3, 1)


def _text(clinic: Clinic, name: str, *, day: date = YESTERDAY) -> InboundRow:
    """The text that a patient wrote on a day."""
    start = factories.local_noon(day, clinic.home, hour=0)
    return InboundRow.objects.select_related("message").get(
        patient_id=clinic.people[name].patient_id, received_at__range=(start, start + timedelta(days=1))
    )


def _address(clinic: Clinic, name: str = "Wendy") -> str:
    with clinic.scope():
        return reverse("checkins:correct", args=[_text(clinic, name).message_id])


def _values(clinic: Clinic, name: str, *, day: date = YESTERDAY) -> dict[str, object]:
    rows = Reading.objects.filter(episode=clinic.people[name].episode, local_date=day)
    return {each.item: each.word or (each.low, each.high) for each in rows}


def _rebuilt(clinic: Clinic) -> int:
    return sum(rebuild([clinic.home.practice.pk], now=NOW).values())


def _correct(clinic: Clinic, name: str = "Wendy", **typed: str):
    return clinic.as_(Role.CLINICIAN).post(
        _address(clinic, name), {"reason": "Said so on the phone"} | typed, headers=HTMX
    )


def test_shows_the_words_and_what_was_read(clinic: Clinic) -> None:
    page = clinic.as_(Role.CLINICIAN).get(_address(clinic), headers=HTMX).content.decode()
    assert "“3 Y”" in page
    assert "Daybook had read: Pain 3 · Exercises done" in page
    assert 'value="3"' in page


def test_a_correction_changes_the_value_and_keeps_the_patients_day(clinic: Clinic) -> None:
    with clinic.scope():
        before = Reading.objects.get(
            episode=clinic.people["Wendy"].episode, local_date=YESTERDAY, item="pain"
        )
    assert _correct(clinic, pain="7 to 8", exercises="partial").status_code == 200
    with clinic.scope():
        assert _values(clinic, "Wendy") == {"pain": (7, 8), "exercises": "partial"}
        after = Reading.objects.get(pk=before.pk)
        assert (after.source, after.local_date) == ("patient", YESTERDAY)
        assert ReplyReading.objects.get(message=after.message).answers == {"pain": 3, "exercises": "yes"}
        assert MonitoringDay.objects.filter(episode=clinic.people["Wendy"].episode).count() == 6
        assert AuditEntry.objects.get(action="text.corrected").details == {"items": "exercises, pain"}
    assert _rebuilt(clinic) == 0


def test_the_page_shows_the_correction_with_its_history(clinic: Clinic) -> None:
    _correct(clinic, pain="7", exercises="yes")
    page = clinic.as_(Role.CLINICIAN).get(
        reverse("billing:patient", args=[clinic.people["Wendy"].patient_id])
    )
    text = page.content.decode()
    assert "Corrected to: Pain 7 · Exercises done" in text
    assert "Daybook had read: Pain 3 · Exercises done" in text
    assert "Pain 7 · Exercises done, by Oak clinician: Said so on the phone, Mon 2 Mar, 9:00" in text


def test_a_date_on_which_nothing_is_left_no_longer_counts(clinic: Clinic) -> None:
    _correct(clinic)
    client = clinic.as_(Role.CLINICIAN)
    shown = client.get(reverse("billing:patient", args=[clinic.people["Wendy"].patient_id])).content.decode()
    assert "5 of 30 days" in shown
    with clinic.scope():
        assert _values(clinic, "Wendy") == {}
    assert _rebuilt(clinic) == 0


def test_a_text_that_nobody_could_read_counts_once_a_person_read_it(clinic: Clinic) -> None:
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
        factories.writes(clinic.people["Sam"], "so so, bit better i guess", at=NOW)
        factories.read_all(clinic.home, at=NOW)
        message = _text(clinic, "Sam", day=NOW.date()).message
    client = clinic.as_(Role.CLINICIAN)
    typed = {"pain": "5", "exercises": "yes", "reason": "Asked on the phone what it meant"}
    client.post(reverse("checkins:correct", args=[message.pk]), typed, headers=HTMX)
    with clinic.scope():
        assert _values(clinic, "Sam", day=NOW.date()) == {"pain": (5, 5), "exercises": "yes"}
        check_in = CheckIn.objects.get(episode=clinic.people["Sam"].episode, local_date=NOW.date())
        assert (check_in.state, check_in.open_items) == ("answered", [])
    client.get(reverse("today"))
    assert _rebuilt(clinic) == 0


def test_a_later_text_is_read_in_the_light_of_what_was_known_when_it_came(clinic: Clinic) -> None:
    sam = clinic.people["Sam"]
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
        factories.writes(sam, "4", at=NOW)
        factories.read_all(clinic.home, at=NOW)
        first = _text(clinic, "Sam", day=NOW.date()).message
        factories.writes(sam, "yes", at=NOW + timedelta(minutes=2))
        factories.read_all(clinic.home, at=NOW + timedelta(minutes=2))
    with time_machine.travel(NOW + timedelta(minutes=5)):
        clinic.as_(Role.CLINICIAN).post(
            reverse("checkins:correct", args=[first.pk]),
            {"pain": "", "exercises": "no", "reason": "The 4 was a room number"},
            headers=HTMX,
        )
        clinic.as_(Role.CLINICIAN).get(reverse("today"))
    assert _rebuilt(clinic) == 0
    with clinic.scope():
        words = Reading.objects.filter(episode=sam.episode, local_date=NOW.date(), item="exercises")
        assert sorted(words.values_list("word", flat=True)) == ["no", "yes"]


def test_a_patients_own_words_put_right_are_shown_and_outlive_a_rebuild(clinic: Clinic) -> None:
    sam = clinic.people["Sam"]
    with clinic.scope():
        factories.asked(clinic.home, at=NOW)
        for minutes, body in enumerate(("6 y", "sorry i meant 5", "oops no 4")):
            at = NOW + timedelta(minutes=minutes)
            factories.writes(sam, body, at=at)
            factories.read_all(clinic.home, at=at)
        assert _values(clinic, "Sam", day=NOW.date()) == {"pain": (4, 4), "exercises": "yes"}
    with time_machine.travel(NOW + timedelta(minutes=5)):
        page = clinic.as_(Role.CLINICIAN).get(reverse("billing:patient", args=[sam.patient_id]))
    text = page.content.decode()
    assert "Corrected to: Pain 4 · Exercises done" in text
    assert "Pain 5 · Exercises done, by the patient: Put right in the next text" in text
    assert "Puts right the answer before it" in text
    assert _rebuilt(clinic) == 0


def test_a_caregivers_words_put_right_are_shown_as_theirs(clinic: Clinic) -> None:
    sam = clinic.people["Sam"]
    with clinic.scope():
        Phone.objects.filter(patient=sam.patient_id).update(holder="caregiver", relationship="Daughter")
        factories.asked(clinic.home, at=NOW)
        for minutes, body in enumerate(("6 y", "sorry i meant 5")):
            at = NOW + timedelta(minutes=minutes)
            factories.writes(sam, body, at=at)
            factories.read_all(clinic.home, at=at)
    with time_machine.travel(NOW + timedelta(minutes=5)):
        page = clinic.as_(Role.CLINICIAN).get(reverse("billing:patient", args=[sam.patient_id]))
    text = page.content.decode()
    assert "Pain 5 · Exercises done, by the caregiver (daughter): Put right in the next text" in text


def test_the_same_twice_is_one_correction(clinic: Clinic) -> None:
    for _ in range(2):
        _correct(clinic, pain="7")
    with clinic.scope():
        assert Correction.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"pain": "eleven"}, "Write a number from 0 to 10"),
        ({"pain": "4", "reason": " "}, "Say in a few words why"),
        ({"exercises": "maybe"}, "Select a valid choice"),
        ({"function": "99"}, "Write a number from 0 to 10"),
    ],
    ids=["no score", "no reason", "not offered", "no function"],
)
def test_says_what_is_wrong_and_changes_nothing(clinic: Clinic, typed: dict[str, str], words: str) -> None:
    answer = _correct(clinic, **typed)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with clinic.scope():
        assert not Correction.objects.exists()


def test_a_text_from_nobodys_number_cannot_be_corrected(clinic: Clinic) -> None:
    with clinic.scope():
        factories.text_in(clinic.people["Sam"].route, "+13125550999", "6 Y", at=NOW)
        factories.read_all(clinic.home, at=NOW)
        stray = InboundRow.objects.get(patient=None)
    address = reverse("checkins:correct", args=[stray.message_id])
    assert clinic.as_(Role.CLINICIAN).get(address).status_code == 404


def test_works_without_a_script(clinic: Clinic) -> None:
    answer = clinic.as_(Role.CLINICIAN).post(_address(clinic), {"pain": "5", "reason": "Misread"})
    assert answer.url == reverse("billing:patient", args=[clinic.people["Wendy"].patient_id])


def test_others_may_not(clinic: Clinic) -> None:
    address = _address(clinic)
    assert Client().post(address).status_code == 302
    assert clinic.as_(Role.FRONT_DESK).get(address).status_code == 403
    assert clinic.as_(Role.CLINICIAN, home=clinic.world.elm).get(address).status_code == 404
    page = clinic.as_(Role.FRONT_DESK).get(
        reverse("billing:patient", args=[clinic.people["Wendy"].patient_id])
    )
    assert "Correct…" not in page.content.decode()
