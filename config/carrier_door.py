"""The carrier's door: its calls are proven and stored before the framework makes a request of them.

They are nine of ten calls of a busy day, and the framework's own part of one costs more than the call itself.
The door takes only what is plainly in order; whatever is not goes on, body put back, to the views of
checkins/webhooks.py, which share its functions and say what is wrong. See docs/adr/0017.
"""

import re
from collections.abc import Callable, Iterable
from io import BytesIO
from typing import Any

import structlog
from django.db import OperationalError, connection

from checkins import webhooks
from networks import round_trips

logger = structlog.get_logger(__name__)

_Environ = dict[str, Any]
_Start = Callable[..., object]
_Answer = tuple[str, list[tuple[str, str]], list[bytes]]
_Site = Callable[..., Any]

_ADDRESS = re.compile(r"/webhooks/twilio/(inbound|status)/([A-Za-z0-9_-]{1,43})/")
_ATTEMPT = re.compile(r"m=([0-9a-f-]{36})")
_FORMS = frozenset({"application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8"})
_XML = webhooks.EMPTY.encode()
_ANSWERS: dict[webhooks.Kind, _Answer] = {
    webhooks.Kind.INBOUND: (
        "200 OK",
        [("Content-Type", "text/xml"), ("Content-Length", str(len(_XML)))],
        [_XML],
    ),
    webhooks.Kind.STATUS: ("204 No Content", [], []),
}
_AWAY: _Answer = (
    "503 Service Unavailable",
    [("Content-Type", "text/plain"), ("Retry-After", "5")],
    [b"The database is away: nothing was stored. Call again.\n"],
)


class CarrierDoor:
    """A WSGI application that answers the carrier by itself and passes everything else to the site."""

    def __init__(self, site: _Site) -> None:
        self.site = site

    def __call__(self, environ: _Environ, start_response: _Start) -> Iterable[bytes]:
        """Answer a proven call, 200 or 204, once it is stored; pass any other on untouched."""
        if environ["PATH_INFO"].startswith("/webhooks/"):
            call = _call(environ)
            answer = _taken(call) if call is not None else None
            if answer is not None:
                status, headers, body = answer
                start_response(status, list(headers))
                return body
        parts: Iterable[bytes] = self.site(environ, start_response)
        return parts


def _call(environ: _Environ) -> webhooks.Call | None:
    """Return the call of a request that is plain in every way, or None; its body can be read again."""
    address = _ADDRESS.fullmatch(environ["PATH_INFO"])
    query = environ.get("QUERY_STRING", "")
    attempt = _ATTEMPT.fullmatch(query)
    length = environ.get("CONTENT_LENGTH") or ""
    if (
        address is None
        or (query and attempt is None)
        or environ.get("SCRIPT_NAME")
        or environ["REQUEST_METHOD"] != "POST"
        or environ.get("CONTENT_TYPE", "").lower() not in _FORMS
        or not (length.isascii() and length.isdigit() and len(length) <= len(str(webhooks.LARGEST)))
        or int(length) > webhooks.LARGEST
    ):
        return None
    body = environ["wsgi.input"].read(int(length))
    environ["wsgi.input"] = BytesIO(body)
    return webhooks.Call(
        kind=webhooks.Kind(address[1]),
        key=address[2],
        path=f"{address[0]}?{query}" if query else address[0],
        given=environ.get("HTTP_X_TWILIO_SIGNATURE", ""),
        body=body,
        attempt=attempt[1] if attempt else "",
    )


def _taken(call: webhooks.Call) -> _Answer | None:
    """Return the answer to a call that was taken; None for one that the views should look at."""
    try:
        return _ANSWERS[call.kind] if webhooks.take(call) else None
    except OperationalError as error:
        logger.warning("carrier_door_failed", error=type(error.__cause__).__name__)
        # No connection within the pool's patience: a second wait would outlast the carrier's.
        return _AWAY if round_trips.had_no_connection(error) else None
    except Exception as error:  # noqa: BLE001 - the views try once more and answer for what fails there too
        logger.warning("carrier_door_failed", error=type(error).__name__)
        return None
    finally:
        # A notice about the line goes by the framework's connection, which nobody else gives back here.
        if connection.connection is not None and not connection.in_atomic_block:
            connection.close()
