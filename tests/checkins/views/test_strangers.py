"""Texts of numbers that no patient has: from the text to the patient whose number it is."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import InboundMessage
from networks.permissions import Role
from patients.models import Phone
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW

NUMBER = "+17735550199"


@pytest.fixture
def text_id(clinic: Clinic) -> UUID:
    """A text that a stranger wrote."""
    with clinic.scope():
        factories.text_in(clinic.people["Sam"].route, NUMBER, "this is my new phone", at=NOW)
        factories.read_all(clinic.home, at=NOW)
        return InboundMessage.objects.latest("occurred_at").pk


def _address(text_id: UUID) -> str:
    return reverse("checkins:whose-number", args=[text_id])


def test_messages_lead_from_the_text_to_the_search(clinic: Clinic, text_id: UUID) -> None:
    text = clinic.as_(Role.FRONT_DESK).get(reverse("checkins:messages")).content.decode()
    assert "This is the number of a patient" in text
    assert _address(text_id) in text


def test_finds_the_patient_and_hands_the_number_on(clinic: Clinic, text_id: UUID) -> None:
    client = clinic.as_(Role.FRONT_DESK)
    page = client.get(_address(text_id)).content.decode()
    assert "this is my new phone" in page
    assert "A number ending in 0199" in page
    assert "7735550199" not in page
    reach = f"{reverse('checkins:reach', args=[clinic.people['Sam'].patient_id])}?text={text_id}"
    assert reach not in page
    assert reach in client.post(_address(text_id), {"q": "Sam"}).content.decode()
    assert 'value="(773) 555-0199"' in client.get(reach).content.decode()
    fields = {"mobile": "(773) 555-0199", "holder": "patient", "method": "phone", "agreed": "on"}
    address = reverse("checkins:reach-number", args=[clinic.people["Sam"].patient_id])
    client.post(address, {f"number-{name}": value for name, value in fields.items()})
    with clinic.scope():
        phone = Phone.objects.get(patient=clinic.people["Sam"].patient_id, state=Phone.State.ACTIVE)
        assert phone.number == NUMBER
        factories.text_in(clinic.people["Sam"].route, NUMBER, "can I swim?", at=NOW)
        factories.read_all(clinic.home, at=NOW)
        row = InboundMessage.objects.exclude(pk=text_id).latest("recorded_at").row
        assert row.patient_id == clinic.people["Sam"].patient_id


def test_says_so_when_nobody_is_found(clinic: Clinic, text_id: UUID) -> None:
    page = clinic.as_(Role.FRONT_DESK).post(_address(text_id), {"q": "Zebedee\x00"}).content.decode()
    assert "Nobody found" in page


def test_cuts_a_long_list(clinic: Clinic, text_id: UUID) -> None:
    with clinic.scope():
        for _ in range(21):
            factories.enrolled(clinic.home, now=NOW, family_name="Quim")
    page = clinic.as_(Role.FRONT_DESK).post(_address(text_id), {"q": "Quim"}).content.decode()
    assert page.count("It is theirs…") == 20
    assert "type more of the name" in page


def test_a_patients_own_text_is_no_strangers(clinic: Clinic) -> None:
    with clinic.scope():
        own = InboundMessage.objects.filter(row__patient=clinic.people["Sam"].patient_id).first().pk
    client = clinic.as_(Role.FRONT_DESK)
    assert client.get(_address(own)).status_code == 404
    reach = reverse("checkins:reach", args=[clinic.people["Sam"].patient_id])
    for odd in (str(own), "abc", "", "00000000-0000-7000-8000-000000000000"):
        page = client.get(reach, {"text": odd})
        assert (page.status_code, 'placeholder="312 555 0142"' in page.content.decode()) == (200, True)
        assert 'name="number-mobile" value' not in page.content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_who_may_not(clinic: Clinic, text_id: UUID, method: str) -> None:
    address = _address(text_id)
    assert getattr(Client(), method)(address).status_code == 302
    assert getattr(clinic.as_(Role.BILLER), method)(address).status_code == 403
    elsewhere = clinic.as_(Role.FRONT_DESK, home=clinic.world.elm)
    assert getattr(elsewhere, method)(address).status_code == 404
