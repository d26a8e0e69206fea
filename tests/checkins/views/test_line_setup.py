"""Setting up the practice's numbers, from entering one to letting it send and pausing it."""

from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from checkins.models import InboundMessage, Sender, SenderRoute
from checkins.services import line
from networks.models import AuditEntry
from networks.permissions import Role
from tests import factories
from tests.clinic import Clinic
from tests.world import NOW

PAGE = "/settings/texting/"
NEW = {"number": "312 555 0188", "account_sid": "AC" + "1" * 32, "token": "t" * 32}


def _admin(clinic: Clinic) -> Client:
    return clinic.as_(Role.PRACTICE_ADMIN)


def _sender(clinic: Clinic, number: str = "+13125550188") -> Sender:
    with clinic.scope():
        return Sender.objects.get(number=number)


def _do(clinic: Clinic, sender: Sender, do: str, **fields: str):
    address = reverse("checkins:line-change", args=[sender.pk])
    return _admin(clinic).post(address, {"do": do} | fields, follow=True)


def test_a_number_sends_once_every_step_is_done(clinic: Clinic) -> None:
    page = _admin(clinic).post(PAGE, NEW, follow=True).content.decode()
    assert "The number is entered." in page
    assert "t" * 32 not in page
    sender = _sender(clinic)
    assert sender.state == Sender.State.NOT_READY
    assert "campaign approved" in _do(clinic, sender, "ready").content.decode()
    _do(clinic, sender, "campaign", approved_on="2026-02-20", segments_per_second="3.75")
    assert "carrier calls our address" in _do(clinic, sender, "ready").content.decode()
    with clinic.scope():
        route = line.routes_of(clinic.home.practice.pk)[sender.pk]
        factories.text_in(route, "+13125550111", "hello", at=NOW)
    page = _do(clinic, sender, "ready")
    assert (page.status_code, "sends now" in page.content.decode()) == (200, True)
    sender = _sender(clinic)
    assert (sender.state, sender.segments_per_second) == (Sender.State.READY, Decimal("3.75"))
    assert f"/webhooks/twilio/inbound/{route.key}/#ct=2000" in page.content.decode()


def test_a_number_is_paused_with_a_reason_and_resumed(clinic: Clinic) -> None:
    with clinic.scope():
        sender = factories.sender_of(clinic.home.practice)
        assert InboundMessage.objects.filter(sender=sender).exists()
    assert _do(clinic, sender, "pause", reason=" ").status_code == 422
    assert (
        "Paused: number is being moved"
        in _do(clinic, sender, "pause", reason="number is being moved").content.decode()
    )
    _do(clinic, sender, "campaign", approved_on="2026-02-20", segments_per_second="12")
    assert "sends now" in _do(clinic, sender, "ready").content.decode()
    with clinic.scope():
        done = set(AuditEntry.objects.filter(subject_id=sender.pk).values_list("action", flat=True))
    assert {"sender.paused", "sender.campaign_recorded", "sender.resumed"} <= done


def test_a_new_token_is_accepted_beside_the_old_one(clinic: Clinic) -> None:
    with clinic.scope():
        sender = factories.sender_of(clinic.home.practice)
    page = _do(clinic, sender, "token", token="n" * 32)
    assert "still accepted" in page.content.decode()
    assert "n" * 32 not in page.content.decode()
    with clinic.scope():
        assert line.routes_of(clinic.home.practice.pk)[sender.pk].tokens == ("n" * 32, "a" * 32)


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"number": "12"}, "not a US mobile number"),
        ({"account_sid": "hello"}, "It begins with AC"),
        ({"token": ""}, "carrier&#x27;s console"),
        ({"token": "short"}, "32 letters and digits"),
    ],
    ids=["number", "account", "no token", "short token"],
)
def test_bad_input_is_refused_in_words(clinic: Clinic, fields: dict[str, str], sentence: str) -> None:
    page = _admin(clinic).post(PAGE, NEW | fields)
    assert page.status_code == 422
    assert sentence in page.content.decode()
    assert not SenderRoute.objects.filter(account_sid=NEW["account_sid"]).exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"do": "campaign", "approved_on": "2026-09-01", "segments_per_second": "1"},
        {"do": "campaign", "approved_on": "soon", "segments_per_second": "1"},
        {"do": "campaign", "approved_on": "2026-02-20", "segments_per_second": "9999"},
        {"do": "token", "token": "x"},
        {"do": "fly"},
        {},
    ],
    ids=["future", "no date", "too quick", "bad token", "unknown button", "nothing"],
)
def test_a_change_that_does_not_fit_is_refused(clinic: Clinic, fields: dict[str, str]) -> None:
    with clinic.scope():
        sender = factories.sender_of(clinic.home.practice)
    page = _admin(clinic).post(reverse("checkins:line-change", args=[sender.pk]), fields)
    assert page.status_code == 422
    assert "notice" in page.content.decode()


def test_another_practices_number_is_neither_taken_nor_seen(clinic: Clinic) -> None:
    with clinic.scope():
        sender = factories.sender_of(clinic.home.practice)
    elsewhere = clinic.as_(Role.PRACTICE_ADMIN, home=clinic.world.elm)
    assert (
        elsewhere.post(reverse("checkins:line-change", args=[sender.pk]), {"do": "ready"}).status_code == 404
    )
    page = elsewhere.post(PAGE, NEW | {"number": sender.number})
    assert (page.status_code, "belongs to a sender already" in page.content.decode()) == (422, True)


def test_who_may_not(clinic: Clinic) -> None:
    assert Client().get(PAGE).status_code == 302
    assert clinic.as_(Role.CLINICIAN).get(PAGE).status_code == 403
    assert clinic.as_(Role.FRONT_DESK).post(PAGE, NEW).status_code == 403


def test_a_number_that_sends_with_a_step_open_does_not_say_ready_alone(clinic: Clinic) -> None:
    page = _admin(clinic).get(PAGE).content.decode()
    assert "To do" in page
    assert "Sends, 1 step open" in page
    assert ">Ready<" not in page
    with clinic.scope():
        sender = Sender.objects.get()
    _do(clinic, sender, "campaign", approved_on="2026-02-20", segments_per_second="3.75")
    page = _admin(clinic).get(PAGE).content.decode()
    assert "To do" not in page
    assert ">Ready" in page
