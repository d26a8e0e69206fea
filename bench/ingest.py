"""Texts in: calls stored a second, round trips a call, microseconds a signature."""

import hashlib
import hmac
import socket
import threading
import time
from base64 import b64encode
from collections.abc import Callable
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.bed import Bed
from bench.results import Result, interleaved
from checkins.gateways.signatures import is_signed, sign

CONNECTIONS = 16
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
        bed.product.sql("UPDATE checkins_outboxrow SET carrier_sid = %s WHERE id = %s", ["SMc", attempt[0]])
        status = round_trips(clinic.status_path, MessageSid="SMc", MessageStatus="sent")
    return [
        Result("ingest.queries.text", text, None, "round trips", 3, 1, 1, lower_is_better=True),
        Result("ingest.queries.status", status, None, "round trips", 3, 1, 1, lower_is_better=True),
    ]


def webhook(bed: Bed) -> list[Result]:
    """Signed texts stored a second through the web, against plain inserts by pgbench with eight clients."""
    load = Load(bed)
    load.run(seconds=1.0, series=99)  # the route remembered, connections open
    ours, theirs = interleaved(
        lambda place: load.run(seconds=bed.seconds, series=place), lambda _: bed.pgbench_inserts()
    )
    stored = bed.product.count("checkins_inboundmessage")
    assert stored >= load.acknowledged, f"{load.acknowledged} acknowledged, {stored} stored"
    note = f"{CONNECTIONS} connections, {load.refused} not 2xx; load, web and database share the cores"
    return [Result("ingest.webhook", ours, theirs, "texts/s", 0.15, 0.35, 5, note=note)]


def read_answer(link: socket.socket) -> bytes:
    """Read one answer to its end, with a length or in chunks; OSError when the other side goes."""
    answer = b""
    while True:
        part = link.recv(4096)
        if not part:
            raise ConnectionError("closed in the middle of an answer")
        answer += part
        head, found, body = answer.partition(b"\r\n\r\n")
        if not found:
            continue
        lower = head.lower()
        if b"transfer-encoding: chunked" in lower:
            if body.endswith(b"0\r\n\r\n"):
                return answer
        elif b"content-length: " in lower:
            length = int(lower.split(b"content-length: ")[1].split(b"\r\n")[0])
            if len(body) >= length:
                return answer
        else:
            return answer


class Load:
    """Connections that post signed texts as fast as they are answered."""

    def __init__(self, bed: Bed) -> None:
        self.bed = bed
        self.acknowledged = 0
        self.refused = 0
        self._lock = threading.Lock()

    def run(self, *, seconds: float, series: int) -> float:
        """Post for so long; return texts acknowledged a second."""
        before = self.acknowledged
        deadline = time.perf_counter() + seconds
        threads = [
            threading.Thread(target=self._post_until, args=(deadline, series * 1000 + place))
            for place in range(CONNECTIONS)
        ]
        began = time.perf_counter()
        for each in threads:
            each.start()
        for each in threads:
            each.join()
        return (self.acknowledged - before) / (time.perf_counter() - began)

    def _post_until(self, deadline: float, series: int) -> None:
        port = urlsplit(self.bed.product.base_url).port
        done = refused = 0
        with socket.create_connection(("127.0.0.1", port or 80), timeout=20) as link:
            while time.perf_counter() < deadline:
                link.sendall(self._request(f"SM{series:06d}{done:026d}"))
                answer = read_answer(link)
                done += 1
                refused += not answer.startswith(b"HTTP/1.1 200")
        with self._lock:
            self.acknowledged += done - refused
            self.refused += refused

    def _request(self, sid: str) -> bytes:
        clinic = self.bed.clinic
        document = {
            **FIELDS,
            "MessageSid": sid,
            "AccountSid": clinic.account,
            "From": clinic.mobiles[0],
            "To": clinic.line,
            "Body": "6 y",
        }
        url = self.bed.product.base_url + clinic.inbound_path
        signature = sign(url, {name: [value] for name, value in document.items()}, token=clinic.token)
        body = urlencode(document).encode()
        head = (
            f"POST {clinic.inbound_path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
            f"X-Twilio-Signature: {signature}\r\n\r\n"
        )
        return head.encode() + body
