"""Calling the product's addresses: signed, with Twilio's time-outs and retries, on this machine only."""

import http.client
import time
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode, urlsplit

from simulator.signature import sign

LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
PAUSE_BETWEEN_TRIES = 0.25  # seconds
_SAID = {"refused": "its address is not on this machine"}


@dataclass(frozen=True)
class Delivery:
    """One try; `result` is `answered`, `connect_failed`, `read_timeout`, `dropped` or `refused`."""

    result: str
    status: int | None
    seconds: float

    @property
    def is_success(self) -> bool:
        """Whether the address answered below 400."""
        return self.status is not None and self.status < 400

    @property
    def sentence(self) -> str:
        """What the address did, for the phone that shows the text."""
        if self.status is not None:
            return f"the clinic's system answered {self.status}"
        return _SAID.get(self.result, "the clinic's system did not answer")


@dataclass(frozen=True)
class Overrides:
    """Connection overrides in an address's fragment, `#ct=2000&rc=3`; defaults and ranges are Twilio's."""

    connect: float = 5.0
    read: float = 15.0
    total: float = 15.0
    retries: int = 1
    policy: tuple[str, ...] = ("ct",)

    @classmethod
    def from_url(cls, url: str) -> "Overrides":
        """Read the overrides; what is not a number in range is left at its default."""
        values = dict(parse_qsl(urlsplit(url).fragment))

        def milliseconds(name: str, default: float, upper: int) -> float:
            text = values.get(name, "")
            return int(text) / 1000 if text.isdigit() and 100 <= int(text) <= upper else default

        retries = values.get("rc", "")
        return cls(
            connect=milliseconds("ct", 5.0, 10_000),
            read=milliseconds("rt", 15.0, 15_000),
            total=milliseconds("tt", 15.0, 15_000),
            retries=int(retries) if retries.isdigit() and int(retries) <= 5 else 1,
            policy=tuple(values.get("rp", "ct").split(",")),
        )

    def repeats_after(self, delivery: Delivery) -> bool:
        """Whether Twilio tries again after this outcome."""
        if delivery.is_success or delivery.result == "refused":
            return False
        if "all" in self.policy:
            return True
        if delivery.result == "connect_failed":
            return "ct" in self.policy
        if delivery.result in {"read_timeout", "dropped"}:
            return "rt" in self.policy
        return f"{(delivery.status or 0) // 100}xx" in self.policy


def is_loopback(url: str) -> bool:
    """Whether the address is on this machine; the simulator calls no other."""
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname in LOOPBACK


def post(url: str, *, params: dict[str, str], token: str, idempotency_token: str) -> list[Delivery]:
    """Post `params`, signed with `token`, and return every try in order; never raises for the network."""
    if not is_loopback(url):
        return [Delivery("refused", None, 0.0)]
    overrides = Overrides.from_url(url)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
        "User-Agent": "TwilioProxy/1.1",
        "Accept": "*/*",
        "X-Twilio-Signature": sign(token, url=url, params=params),
        "I-Twilio-Idempotency-Token": idempotency_token,
    }
    body = urlencode(params).encode()
    deadline = time.monotonic() + overrides.total
    tries: list[Delivery] = []
    for _ in range(overrides.retries + 1):
        tries.append(_try(url, body=body, headers=headers, overrides=overrides, deadline=deadline))
        if not overrides.repeats_after(tries[-1]) or time.monotonic() + PAUSE_BETWEEN_TRIES >= deadline:
            break
        time.sleep(PAUSE_BETWEEN_TRIES)
    return tries


def _try(
    url: str, *, body: bytes, headers: dict[str, str], overrides: Overrides, deadline: float
) -> Delivery:
    parts = urlsplit(url)
    started = time.monotonic()

    def outcome(result: str, status: int | None = None) -> Delivery:
        return Delivery(result, status, round(time.monotonic() - started, 4))

    connection = http.client.HTTPConnection(
        parts.hostname or "", parts.port, timeout=min(overrides.connect, deadline - started)
    )
    try:
        try:
            connection.connect()
        except OSError:
            return outcome("connect_failed")
        connection.sock.settimeout(max(min(overrides.read, deadline - time.monotonic()), 0.05))
        path = parts.path or "/"
        try:
            connection.request("POST", f"{path}?{parts.query}" if parts.query else path, body, headers)
            response = connection.getresponse()
            response.read(65_536)
        except TimeoutError:
            return outcome("read_timeout")
        except (OSError, http.client.HTTPException):
            return outcome("dropped")
        return outcome("answered", response.status)
    finally:
        connection.close()
