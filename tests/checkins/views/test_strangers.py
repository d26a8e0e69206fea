"""Texts of numbers that no patient has: from the text to the patient whose number it is."""

from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import Alert, InboundMessage, InboundRow, PutAside
from checkins.presenters.inbox import inbox_view
from checkins.selectors import inbox
from checkins.services import alerts, aside
from networks.models import AuditEntry
from networks.permissions import Role
from patients.models import Phone
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

HTMX = {"HX-Request": "true"}
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


def _aside(text_id: UUID) -> str:
    return reverse("checkins:put-aside", args=[text_id])


def _messages(client: Client) -> str:
    return client.get(reverse("checkins:messages")).content.decode()


class TestPuttingAside:
    def test_takes_the_text_off_the_list_and_says_why_on_another(self, clinic: Clinic, text_id: UUID) -> None:
        client = clinic.as_(Role.FRONT_DESK)
        assert _aside(text_id) in _messages(client)
        asked = client.get(_aside(text_id), headers=HTMX).content.decode()
        assert "this is my new phone" in asked
        page = client.post(_aside(text_id), {"reason": "Called back, not a patient"}, headers=HTMX)
        assert (page.status_code, "Put aside." in page.headers["HX-Trigger"]) == (200, True)
        assert "this is my new phone" not in _messages(client)
        listed = client.get(reverse("checkins:put-aside-texts")).content.decode()
        for words in ("this is my new phone", "Called back, not a patient", "Put aside by Oak front_desk"):
            assert words in listed
        assert "7735550199" not in listed
        with clinic.scope():
            entry = AuditEntry.objects.get(action="stranger.put_aside")
            assert (entry.subject_id, "Called" in str(entry.details)) == (text_id, False)

    def test_a_cut_list_says_that_there_may_be_more(self, clinic: Clinic, text_id: UUID) -> None:
        with clinic.scope():
            route = clinic.people["Sam"].route
            for number in range(100):
                factories.text_in(route, f"+1773555{number:04d}", "cheap loans", at=NOW)
            factories.read_all(clinic.home, at=NOW)
            texts = InboundRow.objects.filter(state=InboundRow.State.UNKNOWN_SENDER).exclude(message=text_id)
            for row in texts:
                aside.put_aside(row, reason="Advertising", actor=SYSTEM, now=NOW)
        page = clinic.as_(Role.FRONT_DESK).get(reverse("checkins:put-aside-texts")).content.decode()
        assert page.count("Advertising") == 100
        assert "100 or more listed." in page

    def test_can_be_taken_back(self, clinic: Clinic, text_id: UUID) -> None:
        client = clinic.as_(Role.FRONT_DESK)
        client.post(_aside(text_id), {"reason": "Advertising"})
        for _ in range(2):
            page = client.post(reverse("checkins:put-back", args=[text_id]))
            assert page.url == reverse("checkins:put-aside-texts")
        assert "this is my new phone" in _messages(client)
        assert "Nothing is put aside" in client.get(page.url).content.decode()
        client.post(_aside(text_id), {"reason": "Advertising after all"})
        assert "this is my new phone" not in _messages(client)
        with clinic.scope():
            acts = AuditEntry.objects.filter(action__startswith="stranger.").values_list("action", flat=True)
            assert sorted(acts) == ["stranger.put_aside", "stranger.put_aside", "stranger.put_back"]

    def test_a_second_click_keeps_the_first_reason(self, clinic: Clinic, text_id: UUID) -> None:
        client = clinic.as_(Role.FRONT_DESK)
        for reason in ("Advertising", "Again"):
            client.post(_aside(text_id), {"reason": reason})
        with clinic.scope():
            assert PutAside.objects.get().reason == "Advertising"

    @pytest.mark.parametrize(
        ("reason", "sentence"),
        [
            (" \x00", "Say in a few words why nobody needs to look at it."),
            ("x" * 201, "Shorten the reason to 200 letters."),
        ],
        ids=["none", "endless"],
    )
    def test_needs_a_reason(self, clinic: Clinic, text_id: UUID, reason: str, sentence: str) -> None:
        client = clinic.as_(Role.FRONT_DESK)
        page = client.post(_aside(text_id), {"reason": reason}, headers=HTMX)
        assert (page.status_code, sentence in page.content.decode()) == (422, True)
        assert "this is my new phone" in _messages(client)

    def test_danger_is_not_put_aside_until_it_is_closed(self, clinic: Clinic) -> None:
        with clinic.scope():
            factories.text_in(clinic.people["Sam"].route, NUMBER, "I have chest pain", at=NOW)
            factories.read_all(clinic.home, at=NOW)
            alert = Alert.objects.get(patient=None)
            danger = alert.message_id
        client = clinic.as_(Role.CLINICIAN)
        assert _aside(danger) not in _messages(client)
        page = client.post(_aside(danger), {"reason": "Advertising"}, headers=HTMX)
        assert (page.status_code, "A danger sign is open" in page.content.decode()) == (422, True)
        with clinic.scope():
            alerts.close(alert, reason="Called 911", outcome="emergency", actor=SYSTEM, now=NOW)
        assert _aside(danger) in _messages(client)
        client.post(_aside(danger), {"reason": "In care"})
        assert _aside(danger) not in _messages(client)

    def test_a_patients_own_text_cannot_be_put_aside(self, clinic: Clinic) -> None:
        with clinic.scope():
            own = InboundMessage.objects.filter(row__patient=clinic.people["Sam"].patient_id).first().pk
        client = clinic.as_(Role.FRONT_DESK)
        assert client.get(_aside(own)).status_code == 404
        assert client.post(_aside(own), {"reason": "x"}).status_code == 404
        assert client.post(reverse("checkins:put-back", args=[own])).status_code == 404

    @pytest.mark.parametrize("name", ["put-aside", "put-back"])
    def test_who_may_not(self, clinic: Clinic, text_id: UUID, name: str) -> None:
        address = reverse(f"checkins:{name}", args=[text_id])
        assert Client().post(address, {"reason": "x"}).status_code == 302
        assert clinic.as_(Role.BILLER).post(address, {"reason": "x"}).status_code == 403
        elsewhere = clinic.as_(Role.FRONT_DESK, home=clinic.world.elm)
        assert elsewhere.post(address, {"reason": "x"}).status_code == 404
        with clinic.scope():
            assert not PutAside.objects.exists()

    def test_the_list_is_each_practices_own(self, clinic: Clinic, text_id: UUID) -> None:
        clinic.as_(Role.FRONT_DESK).post(_aside(text_id), {"reason": "Advertising"})
        address = reverse("checkins:put-aside-texts")
        assert Client().get(address).status_code == 302
        assert clinic.as_(Role.BILLER).get(address).status_code == 403
        elsewhere = clinic.as_(Role.FRONT_DESK, home=clinic.world.elm).get(address).content.decode()
        assert "Nothing is put aside" in elsewhere


def test_a_long_list_says_that_there_is_more(clinic: Clinic, text_id: UUID) -> None:
    with clinic.scope():
        whole = inbox_view(inbox(clinic.home.practice.pk, now=NOW), zone="America/Chicago")
        cut = inbox_view(inbox(clinic.home.practice.pk, now=NOW, limit=1), zone="America/Chicago")
    assert "or more" not in whole.title
    assert "unknown" in cut.cut
    assert "or more texts wait for a person" in cut.title
