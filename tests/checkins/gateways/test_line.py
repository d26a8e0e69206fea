"""The connections to the carrier, on a real server: shared by threads and accounts, and never left to grow old."""

import http.server
import json
import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import pytest

from checkins.gateways import twilio
from checkins.gateways.twilio import Accepted, Account, Text

ONE, OTHER = (Account(sid="AC" + digit * 32, token=digit * 32) for digit in "12")
TEXT = Text(
    to="+13125550142", sender="+13125550199", body="How?", callback="https://x.org/", valid_seconds=60
)


@dataclass
class Carrier:
    """The ends of the connections that calls came by, and the calls' accounts; it answers so many at once."""

    ends: list[int] = field(default_factory=list)
    accounts: list[str] = field(default_factory=list)
    together: threading.Barrier | None = None


class Server(http.server.ThreadingHTTPServer):
    """Lets as many connections wait to be taken as senders call at once; five, as usual, turn some away."""

    request_queue_size = 128


@pytest.fixture
def carrier(settings) -> Iterator[Carrier]:
    class Answer(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if found.together:
                found.together.wait(10)
            found.ends.append(self.client_address[1])
            found.accounts.append(self.path.split("/")[3])
            answer = json.dumps({"sid": "SM" + "3" * 32, "status": "queued"}).encode()
            self.send_response(201)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *words: object) -> None:
            pass

    found = Carrier()
    server = Server(("127.0.0.1", 0), Answer)
    settings.TWILIO_API_BASE = f"http://127.0.0.1:{server.server_address[1]}"
    twilio.forget()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()
    twilio.forget()


def send_side_by_side(carrier: Carrier, number: int) -> None:
    carrier.together = threading.Barrier(number)
    with ThreadPoolExecutor(number) as threads:
        outcomes = list(threads.map(lambda _: twilio.send(ONE, TEXT), range(number)))
    assert all(isinstance(each, Accepted) for each in outcomes)
    carrier.together = None


def test_calls_side_by_side_have_a_connection_each_and_leave_it_to_the_next(carrier, settings) -> None:
    number = settings.SEND_THREADS
    send_side_by_side(carrier, number)
    first = set(carrier.ends)
    assert len(first) == number
    send_side_by_side(carrier, number)
    assert set(carrier.ends) == first, "threads that came later opened connections of their own"


def test_accounts_share_connections_and_not_their_names(carrier) -> None:
    for account in (ONE, OTHER, ONE):
        assert isinstance(twilio.send(account, TEXT), Accepted)
    assert len(set(carrier.ends)) == 1
    assert carrier.accounts == [ONE.sid, OTHER.sid, ONE.sid]


def test_no_connection_is_used_that_may_have_died_of_idleness(carrier, monkeypatch) -> None:
    twilio.send(ONE, TEXT)
    monkeypatch.setattr(twilio, "_LINE_SECONDS", 0.0)
    twilio.send(ONE, TEXT)
    assert len(set(carrier.ends)) == 2


def test_a_process_that_forks_keeps_its_connections_to_itself(carrier) -> None:
    twilio.send(ONE, TEXT)
    if (child := os.fork()) == 0:
        os._exit(0 if isinstance(twilio.send(ONE, TEXT), Accepted) else 1)
    assert os.waitpid(child, 0)[1] == 0
    twilio.send(ONE, TEXT)
    assert carrier.ends[0] == carrier.ends[2] != carrier.ends[1]
