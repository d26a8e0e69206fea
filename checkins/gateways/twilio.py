"""Twilio's side of the line: hand over one text, look a text up; every answer is one of a few outcomes.

The client never repeats a call by itself: after a time-out nobody knows whether the text was taken,
and only the reconciler may decide. Outside production the calls go to the simulator.
"""

import os
import ssl
import threading
import time
from base64 import b64encode
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode, urlsplit

import requests
import structlog
import urllib3
from django.conf import settings
from requests.adapters import HTTPAdapter
from twilio.base import values
from twilio.base.exceptions import TwilioException
from twilio.http.http_client import TwilioHttpClient
from twilio.http.response import Response
from twilio.rest import Client

logger = structlog.get_logger(__name__)

_CARRIER = "https://api.twilio.com"
_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
# The connection was never made: nothing was sent.
_NOT_REACHED = (urllib3.exceptions.NewConnectionError, urllib3.exceptions.ConnectTimeoutError)
_TOO_MANY = 20429
_LONGEST_VALIDITY = 36_000  # seconds; Twilio's API document of 2026-04
_SHORTEST_VALIDITY = 5
# A connection that lies idle may be dropped on the way without a word, and the next text on it is lost in doubt. The
# shortest patience in common use is a minute (idle time of an AWS load balancer, 2026): none of ours gets so old.
_LINE_SECONDS = 30.0


@dataclass(frozen=True)
class Account:
    """The carrier account of one sender."""

    sid: str
    token: str


@dataclass(frozen=True)
class Text:
    """One text to hand over; instants in UTC."""

    to: str
    sender: str
    body: str
    callback: str
    valid_seconds: int
    messaging_service_sid: str = ""


@dataclass(frozen=True)
class Accepted:
    """The carrier took the text."""

    sid: str
    status: str


@dataclass(frozen=True)
class Refused:
    """The carrier refused it for good, with its code."""

    code: int


@dataclass(frozen=True)
class Busy:
    """The carrier did not look at it (429): repeating later is safe."""


@dataclass(frozen=True)
class Unreached:
    """The connection was never made: nothing was sent."""


@dataclass(frozen=True)
class Unknown:
    """Nobody knows: time-out, dropped connection, server error, an answer that cannot be read."""

    what: str


Outcome = Accepted | Refused | Busy | Unreached | Unknown


@dataclass(frozen=True)
class Listed:
    """A text in the carrier's list."""

    sid: str
    sender: str
    to: str
    body: str
    status: str
    direction: str
    created_at: datetime
    error_code: str = ""
    media: int = 0


class CarrierUnavailable(Exception):
    """The carrier's list cannot be read now; try again later and decide nothing meanwhile."""


def wrong_base(address: str) -> str:
    """Say what is wrong with another base address than the carrier's own; nothing when it may be used."""
    if not address:
        return ""
    try:
        parts = urlsplit(address)
        is_here = parts.hostname in _LOOPBACK and (parts.port is None or parts.port > 0)
    except ValueError:
        is_here = False
    if is_here and parts.scheme in {"http", "https"} and parts.path in {"", "/"}:
        return ""
    return "TWILIO_API_BASE may only name this machine: it is for tests and demonstrations."


class _CutOffError(urllib3.exceptions.HTTPError):
    """An answer began and did not end."""


class _TimedClient(TwilioHttpClient):  # type: ignore[misc] # the library has no types
    """Twilio's HTTP client with time-outs, no repeats, and another base address outside production.

    Certificates and proxies are the library's own, looked up once. Its way through request objects for each call
    costs twice as much as the call itself and is left out. Threads may call side by side.
    """

    def __init__(self) -> None:
        super().__init__()
        if wrong := wrong_base(settings.TWILIO_API_BASE):
            raise ValueError(wrong)
        address = settings.TWILIO_API_BASE or _CARRIER
        # As many as there may be threads that send, so that none is closed after each call.
        self.session.mount(address, HTTPAdapter(pool_maxsize=2 * settings.SEND_THREADS))
        self._limits = urllib3.Timeout(
            connect=settings.TWILIO_CONNECT_SECONDS, read=settings.TWILIO_TOTAL_SECONDS
        )
        self._pool = self._pool_to(address)

    def _pool_to(self, address: str) -> urllib3.HTTPConnectionPool:
        to = requests.Request("GET", address).prepare()
        found = self.session.merge_environment_settings(address, {}, None, None, None)
        # Never a proxy to this machine.
        proxies = {} if settings.TWILIO_API_BASE else found["proxies"]
        adapter = self.session.get_adapter(address)
        pool: urllib3.HTTPConnectionPool = adapter.get_connection_with_tls_context(
            to, found["verify"], proxies=proxies
        )
        adapter.cert_verify(pool, address, found["verify"], None)
        return pool

    def request(
        self,
        method: str,
        url: str,
        params: dict[str, object] | None = None,
        data: dict[str, object] | None = None,
        headers: dict[str, str] | None = None,
        auth: tuple[str, str] | None = None,
        timeout: float | None = None,
        allow_redirects: bool = False,
    ) -> Response:
        """Send one request to the carrier or, where one is set, to the simulator; a redirect is an answer too.

        Raises what urllib3 raises.
        """
        path = urlsplit(url)._replace(scheme="", netloc="").geturl()
        answer = self._pool.urlopen(
            method.upper(),
            f"{path}?{urlencode(params, doseq=True)}" if params else path,
            body=urlencode(data, doseq=True).encode() if data else None,
            headers={**(headers or {}), **({"Authorization": _basic(*auth)} if auth else {})},
            retries=False,
            redirect=False,
            timeout=timeout or self._limits,
            preload_content=False,
        )
        try:
            return Response(answer.status, answer.data.decode(), answer.headers)
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise _CutOffError from error


def _basic(user: str, secret: str) -> str:
    return "Basic " + b64encode(f"{user}:{secret}".encode()).decode()


@dataclass
class _Line:
    """The way to the carrier that a process's threads share, and the accounts' clients that use it."""

    http: _TimedClient
    opened: float
    clients: dict[Account, Client] = field(default_factory=dict)


_lock = threading.Lock()
_line: _Line | None = None


def _client(account: Account) -> Client:
    """Return an account's client; its calls go over the connections that all accounts share."""
    global _line
    with _lock:
        if _line is None or time.monotonic() - _line.opened > _LINE_SECONDS:
            # Whoever is in a call ends it over the former line, whose connections close behind the last of them.
            _line = _Line(_TimedClient(), opened=time.monotonic())
        if account not in _line.clients:
            _line.clients[account] = Client(account.sid, account.token, http_client=_line.http)
        return _line.clients[account]


def forget() -> None:
    """Open a new line for the next call: the last one remembers its address, its time-outs and its connections."""
    global _line, _lock
    _lock, _line = threading.Lock(), None


# Connections do not cross a fork.
os.register_at_fork(after_in_child=forget)


def send(account: Account, text: Text) -> Outcome:
    """Hand one text to the carrier and return what is known of it."""
    sender = (
        {"messaging_service_sid": text.messaging_service_sid}
        if text.messaging_service_sid
        else {"from_": text.sender}
    )
    try:
        client = _client(account)
    except ValueError:
        # Before any call: nothing was sent, and the text waits while somebody mends the settings.
        logger.exception("carrier_address_refused")
        return Unreached()
    try:
        made = client.messages.create(
            to=text.to,
            body=text.body,
            status_callback=text.callback or values.unset,
            validity_period=max(_SHORTEST_VALIDITY, min(_LONGEST_VALIDITY, text.valid_seconds)),
            **sender,
        )
    except TwilioException as error:
        return _outcome_of(error)
    except (urllib3.exceptions.HTTPError, OSError) as error:
        return Unreached() if _never_sent(error) else Unknown(_how_lost(error))
    except (ValueError, KeyError, TypeError):
        return Unknown("unreadable_answer")
    if not made.sid:
        return Unknown("unreadable_answer")
    return Accepted(sid=made.sid, status=str(made.status or "queued"))


def _never_sent(error: object) -> bool:
    """Tell whether a failed call surely ended before a word of it was sent; any doubt is a no.

    A fault of TLS may also come while the answer is read: only a refused certificate comes before the call.
    """
    if isinstance(error, urllib3.exceptions.ProxyError):
        error = error.original_error
    if isinstance(error, urllib3.exceptions.SSLError):
        return bool(error.args) and isinstance(error.args[0], ssl.SSLCertVerificationError)
    return isinstance(error, _NOT_REACHED)


def _how_lost(error: object) -> str:
    lost = (
        urllib3.exceptions.ProtocolError,
        urllib3.exceptions.ProxyError,
        urllib3.exceptions.SSLError,
        OSError,
    )
    return "connection_lost" if isinstance(error, lost) else "no_answer"


def _outcome_of(error: TwilioException) -> Outcome:
    status = int(getattr(error, "status", 0) or 0)
    code = int(getattr(error, "code", 0) or status)
    if status == 429 or code == _TOO_MANY:
        return Busy()
    if 400 <= status < 500:
        return Refused(code=code)
    return Unknown(f"status_{status}")


def list_to(account: Account, *, to: str, limit: int = 200) -> list[Listed]:
    """Return the newest texts to a number; CarrierUnavailable when the list cannot be read.

    Without the date filter: just-sent texts have no send date yet and would be missing from it.
    """
    return _list(account, {"to": to}, limit=limit)


def list_received(account: Account, *, by: str, limit: int = 1000) -> list[Listed]:
    """Return the newest texts that arrived at one of our numbers; CarrierUnavailable as above."""
    return [each for each in _list(account, {"to": by}, limit=limit) if each.direction == "inbound"]


def _list(account: Account, filters: dict[str, str], *, limit: int) -> list[Listed]:
    try:
        found = _client(account).messages.list(limit=limit, page_size=min(limit, 1000), **filters)
        return [
            Listed(
                sid=str(each.sid),
                sender=each.from_ or "",
                to=each.to or "",
                body=each.body or "",
                status=str(each.status),
                direction=str(each.direction),
                created_at=each.date_created,
                error_code=str(each.error_code or ""),
                media=int(each.num_media or 0),
            )
            for each in found
        ]
    except (TwilioException, urllib3.exceptions.HTTPError, OSError, ValueError, KeyError, TypeError) as error:
        raise CarrierUnavailable(type(error).__name__) from None
