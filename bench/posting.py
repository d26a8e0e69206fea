"""A carrier's calls made beforehand and posted from one thread, so that the load costs little of the shared cores."""

import selectors
import socket
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from checkins.gateways.signatures import sign
from tests.system.clinic import Clinic

CONNECTIONS = 16


def call(clinic: Clinic, path: str, fields: Mapping[str, str]) -> bytes:
    """Return one signed call to the clinic's webhook as it goes over the wire."""
    document = {**fields, "AccountSid": clinic.account}
    url = clinic.product.base_url + path
    signature = sign(url, {name: [value] for name, value in document.items()}, token=clinic.token)
    body = urlencode(document).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        f"X-Twilio-Signature: {signature}\r\n\r\n"
    )
    return head.encode() + body


@dataclass
class Posted:
    """What came of a load: calls answered 2xx, others, how long it took, and how long each call waited (s)."""

    acknowledged: int = 0
    refused: int = 0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return self.acknowledged / self.seconds

    def percentile(self, share: float) -> float:
        """Return the wait in seconds that so large a share of the calls did not exceed."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(len(self.waits) * share))]


@dataclass(eq=False)
class _Link:
    """One connection: when the call under way was due, and what was read of its answer."""

    socket: socket.socket
    due: float = 0.0
    answer: bytes = b""

    def read(self) -> bool:
        """Read what is there; tell whether the answer is whole. ConnectionError when the other side went."""
        part = self.socket.recv(4096)
        if not part:
            raise ConnectionError("closed in the middle of an answer")
        self.answer += part
        head, found, body = self.answer.partition(b"\r\n\r\n")
        if not found:
            return False
        lower = head.lower()
        if b"transfer-encoding: chunked" in lower:
            return body.endswith(b"0\r\n\r\n")
        if b"content-length: " in lower:
            return len(body) >= int(lower.split(b"content-length: ")[1].split(b"\r\n")[0])
        return True


def post(
    port: int,
    calls: Sequence[bytes],
    *,
    seconds: float,
    per_second: float = 0.0,
    connections: int = CONNECTIONS,
) -> Posted:
    """Post calls, as fast as they are answered or at a fixed rate, until time or calls are at an end.

    At a fixed rate a call's wait counts from when it was due, so that a queue of ours is not hidden.
    """
    posted, sent, began = Posted(), 0, time.perf_counter()
    with selectors.DefaultSelector() as selector:
        idle = [_Link(socket.create_connection(("127.0.0.1", port), timeout=20)) for _ in range(connections)]
        links = list(idle)
        for each in links:
            selector.register(each.socket, selectors.EVENT_READ, each)
        while True:
            now = time.perf_counter()
            left = sent < len(calls) and now - began < seconds
            due = began + sent / per_second if per_second else now
            if left and idle and due <= now:
                link = idle.pop()
                link.due, link.answer = due, b""
                link.socket.sendall(calls[sent])
                sent += 1
                continue
            if not left and len(idle) == connections:
                break
            pause = max(0.0, due - now) if left and idle else 1.0
            for key, _ in selector.select(pause):
                if key.data.read():
                    _count(posted, key.data)
                    idle.append(key.data)
    posted.seconds = time.perf_counter() - began
    for each in links:
        each.socket.close()
    return posted


def _count(posted: Posted, link: _Link) -> None:
    posted.waits.append(time.perf_counter() - link.due)
    fine = link.answer.startswith(b"HTTP/1.1 2")
    posted.acknowledged += fine
    posted.refused += not fine
