"""A small web server that takes the simulator's callbacks, as the product would."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

from twilio.request_validator import RequestValidator


@dataclass(frozen=True)
class Received:
    """One post."""

    url: str
    params: dict[str, str]
    signature: str
    idempotency_token: str
    content_type: str
    at: float

    def is_signed_with(self, token: str) -> bool:
        """Whether the official validator accepts it."""
        return bool(RequestValidator(token).validate(self.url, self.params, self.signature))


@dataclass
class Receiver:
    """What arrived, and what to answer; `statuses` are used up first, then `status`."""

    base_url: str
    received: list[Received] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    status: int = 200
    seconds: float = 0.0

    def url(self, path: str = "/callback/") -> str:
        return self.base_url + path

    def clear(self) -> None:
        self.received.clear()
        self.statuses.clear()
        self.status, self.seconds = 200, 0.0

    def wait(self, count: int, *, seconds: float = 10.0, sid: str = "") -> list[Received]:
        """Return what arrived as soon as there is enough; AssertionError when time is up."""
        deadline = time.monotonic() + seconds
        while True:
            found = [item for item in list(self.received) if not sid or item.params["MessageSid"] == sid]
            if len(found) >= count:
                return found
            if time.monotonic() > deadline:
                raise AssertionError(f"{len(found)} of {count} posts within {seconds} s")
            time.sleep(0.01)


@contextmanager
def running_receiver() -> Iterator[Receiver]:
    """Run a receiver on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
            receiver.received.append(
                Received(
                    url=receiver.base_url + self.path,
                    params=dict(parse_qsl(body.decode(), keep_blank_values=True)),
                    signature=self.headers.get("X-Twilio-Signature", ""),
                    idempotency_token=self.headers.get("I-Twilio-Idempotency-Token", ""),
                    content_type=self.headers.get("Content-Type", ""),
                    at=time.monotonic(),
                )
            )
            status = receiver.statuses.pop(0) if receiver.statuses else receiver.status
            if receiver.seconds:
                time.sleep(receiver.seconds)
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Write nothing."""

    class QuietServer(ThreadingHTTPServer):
        request_queue_size = 256

        def handle_error(self, *args: object) -> None:
            """A simulator that gave up waiting is expected."""

    server = QuietServer(("127.0.0.1", 0), Handler)
    receiver = Receiver(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
