"""Run the carrier simulator as its own process, and talk to it; other tests reuse this."""

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 15.0


class RedirectingHttpClient(TwilioHttpClient):
    """The official client's transport, sent to another host; the rest of the request stays as it is."""

    def __init__(self, base_url: str, **options: Any) -> None:
        super().__init__(**options)
        self.base = urlsplit(base_url)

    def request(self, method: str, url: str, *args: Any, **options: Any) -> Response:
        parts = urlsplit(url)
        target = urlunsplit((self.base.scheme, self.base.netloc, parts.path, parts.query, ""))
        return super().request(method, target, *args, **options)


class Simulator:
    """A running simulator: its address and its control verbs."""

    def __init__(self, base_url: str, process: "subprocess.Popen[bytes] | None", database: Path) -> None:
        self.base_url = base_url
        self.process = process
        self.database = database

    @property
    def port(self) -> int:
        return urlsplit(self.base_url).port or 0

    def call(self, method: str, path: str, document: Any = None) -> Any:
        """Send JSON to a control address and return its JSON; RuntimeError with the sentence on refusal."""
        body = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(self.base_url + path, data=body, method=method)
        if body is not None:
            request.add_header("Content-Type", "application/json")
        try:
            with urllib.request.urlopen(request, timeout=20) as response:
                return json.loads(response.read())
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{error.code} {error.read().decode()}") from error

    def add_account(
        self, *, sid: str, auth_token: str, numbers: list[dict[str, Any]] | None = None, **more: Any
    ) -> None:
        """Register an account and its numbers; again with other values changes them."""
        document = {"sid": sid, "auth_token": auth_token, "numbers": numbers or [], **more}
        self.call("POST", "/control/accounts", document)

    def text(
        self, *, sender: str, to: str | None = None, body: str = "", media: Any = None, **more: Any
    ) -> str:
        """Write a text as a patient; returns its sid."""
        document = {"from": sender, "to": to, "body": body, "media": media, **more}
        return str(self.call("POST", "/control/texts", document)["sid"])

    def log(self, *events: str, since: int = 0) -> list[dict[str, Any]]:
        """Return the log's lines, all or those of some events, oldest first."""
        with urllib.request.urlopen(f"{self.base_url}/control/log?since={since}", timeout=20) as response:
            lines = [json.loads(line) for line in response.read().splitlines()]
        return [line for line in lines if not events or line["event"] in events]

    def wait_for_log(
        self,
        *events: str,
        count: int = 1,
        seconds: float = 10.0,
        where: Callable[[dict[str, Any]], bool] = lambda line: True,
    ) -> list[dict[str, Any]]:
        """Return the matching lines as soon as there are `count` of them; AssertionError when time is up."""
        deadline = time.monotonic() + seconds
        while True:
            found = [line for line in self.log(*events) if where(line)]
            if len(found) >= count:
                return found
            if time.monotonic() > deadline:
                raise AssertionError(
                    f"{len(found)} of {count} {events} within {seconds} s: {self.log()[-12:]}"
                )
            time.sleep(0.02)

    def set_fault(self, kind: str, **options: Any) -> None:
        """Switch a fault on; options are rate, count, seconds, code, copies, phone."""
        self.call("POST", "/control/faults", {"kind": kind, **options})

    def clear_faults(self) -> None:
        self.call("DELETE", "/control/faults")

    def tune(self, **settings: Any) -> None:
        """Change delays, rates or countries."""
        self.call("POST", "/control/settings", settings)

    def set_phone(self, number: str, **options: Any) -> None:
        """Add a phone or change how it takes texts; options are label, outcome, error_code."""
        self.call("POST", "/control/phones", {"number": number, **options})

    def reset(self, *, accounts: bool = False) -> None:
        """Forget texts, opt-outs, faults, settings and the log."""
        self.call("POST", "/control/reset", {"accounts": accounts})

    def client(self, sid: str, auth_token: str, *, timeout: float = 5.0) -> Client:
        """Return the official client of an account, sent here."""
        transport = RedirectingHttpClient(self.base_url, timeout=timeout)
        return Client(sid, auth_token, http_client=transport)

    def stop(self, *, kill: bool = False) -> None:
        """End the process, by SIGTERM or SIGKILL, and wait until it is gone."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL if kill else signal.SIGTERM)
            self.process.wait(timeout=10)


def free_port() -> int:
    """Return a port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start_simulator(
    *, database: Path, port: int | None = None, delay_min: float = 0.0, delay_max: float = 0.0
) -> Simulator:
    """Start the process and return once it answers."""
    chosen = port or free_port()
    environment = {
        **os.environ,
        "SIMULATOR_DATABASE": str(database),
        "SIMULATOR_PORT": str(chosen),
        "SIMULATOR_DELAY_MIN": str(delay_min),
        "SIMULATOR_DELAY_MAX": str(delay_max),
    }
    process = subprocess.Popen(
        [sys.executable, "-m", "simulator"], cwd=ROOT, env=environment, stderr=subprocess.DEVNULL
    )
    simulator = Simulator(f"http://127.0.0.1:{chosen}", process, database)
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(simulator.base_url + "/healthz", timeout=1):
                return simulator
        except OSError:
            time.sleep(0.03)
    simulator.stop(kill=True)
    raise AssertionError(f"The simulator did not start on port {chosen}.")


@contextmanager
def running_simulator(
    *,
    database: Path | None = None,
    port: int | None = None,
    delay_min: float = 0.0,
    delay_max: float = 0.0,
) -> Iterator[Simulator]:
    """Run a simulator on a free port with a database of its own; both go away at the end."""
    with tempfile.TemporaryDirectory(prefix="simulator-") as folder:
        simulator = start_simulator(
            database=database or Path(folder) / "simulator.sqlite3",
            port=port,
            delay_min=delay_min,
            delay_max=delay_max,
        )
        try:
            yield simulator
        finally:
            simulator.stop()
