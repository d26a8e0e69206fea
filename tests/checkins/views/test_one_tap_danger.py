"""Danger written or tapped on the patient's own page: the fixed words stand there at once."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from checkins.models import Alert, CheckIn, InboundMessage, InboundRow, OutboundMessage
from checkins.services import page_safety
from checkins.services.links import CheckInLink, token_for
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW

LATER = NOW + timedelta(minutes=5)
TOLD = ("was alerted", "was paged", "fue avisada", "will contact you", "le llamará", "le llamara")


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


def _speaks(clinic: Clinic, asked: CheckIn, language: str) -> None:
    with clinic.scope():
        patient = asked.episode.patient
        patient.language = language
        patient.save(update_fields=["language"])


def _alert(page: str) -> str:
    found = re.search(r'<section class="safety" role="alert">(.*?)</section>', page, re.DOTALL)
    return found.group(1) if found else ""


def _answered(address: str, fields: dict[str, str]) -> str:
    page = Client().post(address, fields, follow=True)
    assert page.status_code == 200
    return page.content.decode()


CASES = {
    "danger in English": ("en", {"note": "my chest feels tight"}, "call 911 or go to the nearest ER now"),
    "danger in Spanish": ("es", {"note": "me aprieta el pecho"}, "llame al 911 o vaya a urgencias ahora"),
    "self-harm": ("en", {"note": "I want to kill myself"}, "call or text 988"),
    "self-harm in Spanish": ("es", {"note": "quiero morirme"}, "llame al 988"),
    "infection": ("en", {"note": "my knee is hot, red and swollen with fever"}, "feels urgent call 911"),
    "pain 10": ("en", {"item": "pain", "value": "10"}, "feels urgent call 911"),
    "pain 9 in Spanish": ("es", {"item": "pain", "value": "9"}, "es urgente llame al 911"),
    "none": ("en", {"note": "my shoe pinches"}, ""),
    "denied": ("en", {"note": "no chest pain"}, ""),
    "pain 6": ("en", {"item": "pain", "value": "6"}, ""),
}


@pytest.mark.parametrize(("language", "fields", "said"), CASES.values(), ids=CASES)
def test_the_page_says_at_once_what_the_text_will_say(
    clinic: Clinic, asked: CheckIn, language: str, fields: dict[str, str], said: str
) -> None:
    _speaks(clinic, asked, language)
    address = _address(asked)
    before = _answered(address, fields)
    assert "<script" not in before
    if not said:
        assert 'role="alert"' not in before
        return
    assert said in _alert(before)
    # Nobody has been told yet: the words are stored, and the reader has not come.
    assert not any(each in before for each in TOLD)
    assert "You can close this page" not in before
    with clinic.scope():
        raised = Alert.objects.filter(kind=Alert.Kind.RED_FLAG, message__source="link")
        assert not raised.exists()
        factories.read_all(clinic.home, at=LATER)
        assert raised.count() == 1
        texted = (
            OutboundMessage.objects.filter(kind=OutboundMessage.Kind.SAFETY, patient=asked.episode.patient_id)
            .latest("occurred_at")
            .body
        )
    # From then on it is the text word for word, and says who was told.
    after = Client().get(address).content.decode()
    assert texted in _alert(after)
    assert any(each in after for each in TOLD)


def test_a_link_used_twice_still_shows_it_and_stores_it_once(clinic: Clinic, asked: CheckIn) -> None:
    address, fields = _address(asked), {"note": "my chest feels tight"}
    for _ in range(2):
        assert _alert(_answered(address, fields)).count("911 or go") == 1
    assert "911 or go" in _alert(Client().get(address).content.decode())
    with clinic.scope():
        assert InboundMessage.objects.filter(source="link").count() == 1


def test_only_the_numbers_that_are_named_can_be_tapped(clinic: Clinic, asked: CheckIn) -> None:
    with clinic.scope():
        practice = asked.practice
        practice.phone = "312-988-0100"
        practice.save(update_fields=["phone"])
    page = _alert(_answered(_address(asked), {"note": "my chest feels tight"}))
    assert re.findall(r'href="tel:(\d+)"', page) == ["911"]


def test_every_kind_of_danger_is_answered_the_gravest_first(clinic: Clinic, asked: CheckIn) -> None:
    address = _address(asked)
    _answered(address, {"item": "pain", "value": "10"})
    page = _alert(_answered(address, {"note": "my chest feels tight"}))
    assert 0 < page.index("911 or go") < page.index("feels urgent")


def test_it_stands_above_the_next_question_and_on_a_closed_page(clinic: Clinic, asked: CheckIn) -> None:
    page = _answered(_address(asked), {"item": "pain", "value": "10"})
    assert page.index('role="alert"') < page.index("Did you do your exercises today?")
    late = _address(asked, expires_in=timedelta(hours=-1))
    page = _answered(late, {"note": "my chest feels tight"})
    assert page.index("911 or go") < page.index("This check-in is closed")


def test_it_shows_on_no_other_check_in_and_not_for_ever(clinic: Clinic, asked: CheckIn) -> None:
    address = _address(asked)
    _answered(address, {"note": "my chest feels tight"})
    with clinic.scope():
        other = CheckIn.objects.exclude(episode=asked.episode).filter(planned_at=NOW).first()
    assert other is not None
    assert not _alert(Client().get(_address(other)).content.decode())
    with clinic.scope():
        InboundRow.objects.filter(message__source="link").update(received_at=NOW - timedelta(days=2))
    assert not _alert(Client().get(address).content.decode())


def test_words_that_cannot_be_read_are_stored_and_answered_with_911(
    clinic: Clinic, asked: CheckIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ValueError("unreadable")

    monkeypatch.setattr(page_safety, "understand", fail)
    page = _answered(_address(asked), {"note": "my chest feels tight"})
    assert "call 911 or go to the nearest ER now" in _alert(page)
    assert not any(each in page for each in TOLD)
    with clinic.scope():
        assert InboundMessage.objects.filter(source="link").count() == 1
