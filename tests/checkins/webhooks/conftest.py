"""Carrier calls on the loop's line, signed by the carrier's own library."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http import HttpResponse, QueryDict
from django.test import Client
from twilio.request_validator import RequestValidator

from checkins import webhooks
from checkins.services import outbox
from tests.checkins.services.conftest import (  # noqa: F401 - fixtures are found by their names here
    ACCOUNT,
    MOBILE,
    OUR_NUMBER,
    TOKEN,
    Loop,
    loop,
    simulator,
)

FORM = "application/x-www-form-urlencoded"


@dataclass
class Carrier:
    """Posts to the two webhooks as the carrier would, or wrongly where a test says so."""

    loop: Loop
    client: Client = field(default_factory=lambda: Client(raise_request_exception=False))

    @property
    def inbound_path(self) -> str:
        return f"/webhooks/twilio/inbound/{self.loop.route.key}/"

    @property
    def status_path(self) -> str:
        return f"/webhooks/twilio/status/{self.loop.route.key}/"

    def text(self, body: str = "6 y", *, sid: str = "SM" + "7" * 32, **more: str) -> dict[str, str]:
        """The fields of a text in; a field set to "-" is left out."""
        fields = {
            "MessageSid": sid,
            "SmsSid": sid,
            "AccountSid": ACCOUNT,
            "From": MOBILE,
            "To": OUR_NUMBER,
            "Body": body,
            "NumMedia": "0",
            "NumSegments": "1",
            "SmsStatus": "received",
            "ApiVersion": "2010-04-01",
            "FromCity": "",
            **more,
        }
        return {name: value for name, value in fields.items() if value != "-"}

    def status(self, status: str, *, sid: str = "SM" + "8" * 32, **more: str) -> dict[str, str]:
        """The fields of a status callback."""
        return {"MessageSid": sid, "MessageStatus": status, "AccountSid": ACCOUNT, "To": MOBILE, **more}

    def post(
        self,
        path: str,
        fields: dict[str, str] | str,
        *,
        token: str = TOKEN,
        signature: str | None = None,
        signed_url: str = "",
        content_type: str = FORM,
        **headers: str,
    ) -> HttpResponse:
        """Post a form (or raw form text) signed over `signed_url`, the real one by default."""
        raw = fields if isinstance(fields, str) else urlencode(fields)
        if signature is None:
            url = signed_url or settings.PUBLIC_BASE_URL + path
            params = QueryDict(raw)
            signature = RequestValidator(token).compute_signature(url, params)
        return self.client.generic(
            "POST",
            path,
            raw.encode() if isinstance(raw, str) else raw,
            content_type=content_type,
            headers={"X-Twilio-Signature": signature, **headers},
        )

    def hears(self, body: str = "6 y", **more: str) -> HttpResponse:
        return self.post(self.inbound_path, self.text(body, **more))


@pytest.fixture
def carrier(loop: Loop) -> Iterator[Carrier]:  # noqa: F811 - the fixture above
    webhooks.forget_routes()
    yield Carrier(loop)
    webhooks.forget_routes()


@pytest.fixture
def attempt(carrier: Carrier) -> str:
    """A text in the middle of being sent: its attempt id, before the carrier's answer."""
    on = carrier.loop
    on.plan()
    claimed = outbox.claim(on.practice.pk, now=on.at)
    departure = outbox.depart(on.practice.pk, claimed[0], now=on.at)
    assert departure is not None
    return str(departure.attempt_id)
