"""The carrier's door: in order it answers by itself and as the views would; anything else goes on to them."""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from psycopg_pool import PoolTimeout
from twilio.request_validator import RequestValidator

from checkins.models import InboundMessage, StatusEvent
from config.carrier_door import CarrierDoor
from tests.checkins.webhooks.conftest import FORM, TOKEN, Carrier


class Site:
    """What stands behind the door: takes note of what was passed on, with the body it can still read."""

    def __init__(self) -> None:
        self.passed: list[bytes] = []

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
        self.passed.append(environ["wsgi.input"].read())
        start_response("418 From the site", [])
        return [b"site"]


def knock(
    carrier: Carrier, path: str, fields: dict[str, str], *, token: str = TOKEN, **environ: Any
) -> tuple[int, bytes, list[bytes]]:
    """Call the door as a server would; return the status, the body and what went on to the site."""
    body = urlencode(fields).encode()
    given = RequestValidator(token).compute_signature(settings.PUBLIC_BASE_URL + path, fields)
    address, _, query = path.partition("?")
    request = RequestFactory().generic(
        environ.pop("method", "POST"),
        address,
        body,
        content_type=environ.pop("content_type", FORM),
        QUERY_STRING=query,
        HTTP_X_TWILIO_SIGNATURE=given,
    )
    site, said = Site(), []
    parts = CarrierDoor(site)({**request.environ, **environ}, lambda status, headers: said.append(status))
    return int(said[0].split()[0]), b"".join(parts), site.passed


@pytest.fixture
def known(carrier: Carrier) -> Carrier:
    """A carrier whose route is remembered, as after its first call."""
    assert carrier.hears("first").status_code == 200
    return carrier


def test_a_text_is_stored_in_one_round_trip_and_answered_as_the_view_does(known: Carrier) -> None:
    with CaptureQueriesContext(connection) as queries:
        status, said, passed = knock(known, known.inbound_path, known.text("6 sí", sid="SM" + "1" * 32))
    assert (status, passed, len(queries)) == (200, [], 1)
    assert said == known.hears("7").content
    assert InboundMessage.objects.get(carrier_sid="SM" + "1" * 32).body == "6 sí"


def test_a_text_delivered_again_is_answered_alike_and_stored_once(known: Carrier) -> None:
    fields = known.text("6 y", sid="SM" + "1" * 32)
    assert {knock(known, known.inbound_path, fields)[0] for _ in range(3)} == {200}
    assert InboundMessage.objects.filter(carrier_sid="SM" + "1" * 32).count() == 1


def test_a_status_is_noted_with_its_attempt(carrier: Carrier, attempt: str) -> None:
    path = f"{carrier.status_path}?m={attempt}"
    assert carrier.post(path, carrier.status("sent")).status_code == 204
    assert knock(carrier, path, carrier.status("delivered")) == (204, b"", [])
    assert {each.attempt_id for each in StatusEvent.objects.all()} == {UUID(attempt)}
    assert [each.status for each in carrier.loop.rows()] == ["delivered"]


@pytest.mark.parametrize(
    "change",
    [
        {"token": "2e" * 16},
        {"method": "PUT"},
        {"content_type": "application/json"},
        {"content_type": FORM + "; charset=utf-16"},
        {"CONTENT_LENGTH": ""},
        {"CONTENT_LENGTH": "９"},
        {"CONTENT_LENGTH": "999999"},
        {"CONTENT_LENGTH": "-1"},
        {"SCRIPT_NAME": "/under"},
        {"HTTP_X_TWILIO_SIGNATURE": "é"},
        {"HTTP_X_TWILIO_SIGNATURE": ""},
        {"QUERY_STRING": "m=elsewhere"},
        {"QUERY_STRING": "m=" + "1" * 36},
        {"PATH_INFO": "/webhooks/twilio/inbound/" + "k" * 43 + "/"},
        {"PATH_INFO": "/webhooks/twilio/inbound/%2e/"},
        {"PATH_INFO": "/webhooks/elsewhere/"},
        {"PATH_INFO": "/today/"},
    ],
    ids=str,
)
def test_what_is_not_plainly_in_order_goes_on_whole(known: Carrier, change: dict[str, Any]) -> None:
    fields = known.text("6 y", sid="SM" + "1" * 32)
    status, said, passed = knock(known, known.inbound_path, fields, **change)
    assert (status, said) == (418, b"site")
    assert passed == [urlencode(fields).encode()]
    assert InboundMessage.objects.count() == 1


def test_a_sender_not_yet_remembered_goes_on_to_the_view(carrier: Carrier) -> None:
    assert knock(carrier, carrier.inbound_path, carrier.text())[0] == 418


def test_another_accounts_sid_goes_on_although_signed(known: Carrier) -> None:
    assert knock(known, known.inbound_path, known.text(AccountSid="AC" + "b" * 32))[0] == 418


@pytest.mark.parametrize(
    ("cause", "status"),
    [(PoolTimeout("10 s"), 503), (OSError("reset"), 418), (None, 418)],
    ids=["no connection in time", "connection lost", "other"],
)
def test_without_a_database_nothing_is_acknowledged(
    known: Carrier, monkeypatch: pytest.MonkeyPatch, cause: Exception | None, status: int
) -> None:
    def away(*_: object) -> bool:
        raise OperationalError from cause

    monkeypatch.setattr("checkins.services.receiving.round_trips.ask", away)
    assert knock(known, known.inbound_path, known.text(sid="SM" + "1" * 32))[0] == status
