"""One text in, counted: round trips a call, microseconds a signature."""

import hashlib
import hmac
import time
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.bed import Bed
from bench.results import Result, interleaved
from checkins.gateways.signatures import is_signed, sign

FIELDS = {
    "MessageSid": "SM" + "1" * 32,
    "SmsSid": "SM" + "1" * 32,
    "SmsMessageSid": "SM" + "1" * 32,
    "NumMedia": "0",
    "NumSegments": "1",
    "SmsStatus": "received",
    "ApiVersion": "2010-04-01",
    "ToCountry": "US",
    "FromCountry": "US",
    "ToCity": "",
    "FromCity": "",
    "ToState": "IL",
    "FromState": "IL",
    "ToZip": "",
    "FromZip": "60601",
}


def verify(bed: Bed) -> list[Result]:
    """Microseconds of one signature check, against bare hashing of the same sorted fields."""
    token, url = "1f" * 16, "https://daybook.example.org/webhooks/twilio/inbound/" + "k" * 43 + "/"
    fields = {
        name: [value] for name, value in {**FIELDS, "Body": "6 yes did them", "From": "+13125550142"}.items()
    }
    given = sign(url, fields, token=token)

    def bare() -> None:
        text = url + "".join(name + fields[name][0] for name in sorted(fields))
        b64encode(hmac.new(token.encode(), text.encode(), hashlib.sha1).digest())

    def timed(work: Callable[[], object]) -> float:
        began = time.perf_counter()
        for _ in range(20_000):
            work()
        return (time.perf_counter() - began) / 20_000 * 1e6

    ours, theirs = interleaved(
        lambda _: timed(lambda: is_signed(url, fields, given=given, tokens=(token,))), lambda _: timed(bare)
    )
    return [Result("ingest.verify", ours, theirs, "µs a check", 4, 1.5, 5, lower_is_better=True)]


def queries(bed: Bed) -> list[Result]:
    """SQL round trips of a text in and of a status, the route known."""
    client, clinic = Client(), bed.clinic

    def round_trips(path: str, **fields: str) -> int:
        document = {**FIELDS, "AccountSid": clinic.account, "From": clinic.mobiles[0], **fields}
        with CaptureQueriesContext(connection) as captured:
            answer = client.post(
                path,
                urlencode(document),
                content_type="application/x-www-form-urlencoded",
                headers={"X-Twilio-Signature": signature(path, document)},
            )
        assert answer.status_code in (200, 204), answer.content
        return len(captured)

    def signature(path: str, document: dict[str, str]) -> str:
        fields = {name: [value] for name, value in document.items()}
        return sign(settings.PUBLIC_BASE_URL + path, fields, token=clinic.token)

    with bed.product.inside():
        round_trips(clinic.inbound_path, MessageSid="SM" + "a" * 32)
        text = round_trips(clinic.inbound_path, MessageSid="SM" + "b" * 32)
        attempt = clinic.queue(["counted"])
        bed.product.sql(
            "UPDATE checkins_outboxrow SET carrier_sid = %s WHERE message_id = %s", ["SMc", attempt[0]]
        )
        status = round_trips(clinic.status_path, MessageSid="SMc", MessageStatus="sent")
    return [
        Result("ingest.queries.text", text, None, "round trips", 3, 1, 1, lower_is_better=True),
        Result("ingest.queries.status", status, None, "round trips", 3, 1, 1, lower_is_better=True),
    ]
