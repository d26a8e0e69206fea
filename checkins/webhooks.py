"""The carrier's calls: check the signature, store, ring, answer; understanding comes later.

Only form calls are taken. With JSON bodies the signature would cover the address alone, so they are
refused, and no header or field of a call ever chooses a key.
"""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import unquote
from uuid import UUID

from django.conf import settings
from django.core.exceptions import BadRequest, RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt

from checkins import doorbell, tasks
from checkins.gateways.signatures import is_signed
from checkins.models import LineNotice
from checkins.services import line
from checkins.services.callbacks import note_alone, note_callback
from checkins.services.receiving import receive, receive_together, text_from
from checkins.services.sending import Word
from networks import clock

EMPTY = '<?xml version="1.0" encoding="UTF-8"?><Response/>'
LARGEST = 256 * 1024  # bytes; a text of 1,600 characters with ten media is under 20 KB
_KEY = re.compile(r"[A-Za-z0-9_-]{1,43}")
_KNOWN_FOR = 60.0  # seconds that a route is remembered, so that storing needs one round trip
_routes: dict[str, tuple[float, line.Route]] = {}


class Kind(StrEnum):
    """What a call tells: a text in, or the status of a text out."""

    INBOUND = "inbound"
    STATUS = "status"


@dataclass(frozen=True)
class Call:
    """A carrier's call as the door in front of the framework reads it: a form in UTF-8, whole."""

    kind: Kind
    key: str
    path: str
    given: str
    body: bytes
    attempt: str = ""


def take(call: Call) -> bool:
    """Do what a call asks, where its route is remembered and its signature fits; else change nothing.

    False leaves the call to the views, which say what is wrong with it.
    """
    route = _remembered(call.key)
    if route is None:
        return False
    try:
        fields = fields_of(call.body)
    except ValueError:
        return False
    if not _is_proven(route, fields, path=call.path, given=call.given):
        return False
    if call.kind is Kind.INBOUND:
        _take_text(route, fields, store=receive_together)
    else:
        _take_status(route, fields, attempt=call.attempt, note=note_callback)
    return True


@csrf_exempt
def inbound(request: HttpRequest, key: str) -> HttpResponse:
    """Store a text in and answer 200; 403 for a wrong signature, 404 for an unknown key."""
    checked = _check(request, key)
    if isinstance(checked, HttpResponse):
        return checked
    _take_text(*checked)
    return HttpResponse(EMPTY, content_type="text/xml")


@csrf_exempt
def status(request: HttpRequest, key: str) -> HttpResponse:
    """Note a text's status and answer 204; unknown texts and words are kept, and answered the same."""
    checked = _check(request, key)
    if isinstance(checked, HttpResponse):
        return checked
    route, fields = checked
    _take_status(route, fields, attempt=request.GET.get("m", ""))
    return HttpResponse(status=204)


def _take_text(
    route: line.Route, fields: dict[str, list[str]], *, store: Callable[..., bool] = receive
) -> None:
    if store(route, text_from(fields), now=clock.now()):
        doorbell.ring(tasks.read_texts, route.practice_id)


def _take_status(
    route: line.Route,
    fields: dict[str, list[str]],
    *,
    attempt: str,
    note: Callable[[UUID, Word], bool] = note_alone,
) -> None:
    word = Word(
        attempt_id=_attempt(attempt),
        sid=_short(fields, "MessageSid", most=34),
        status=_short(fields, "MessageStatus", most=20),
        error_code=_short(fields, "ErrorCode", most=10),
        at=clock.now(),
    )
    if not note(route.practice_id, word):
        line.notice(route.practice_id, route.sender_id, kind=LineNotice.Kind.STRAY_STATUS, now=word.at)


def _check(request: HttpRequest, key: str) -> HttpResponse | tuple[line.Route, dict[str, list[str]]]:
    if request.method != "POST":
        return _refused("Use POST.", 405)
    route = _route(key)
    if route is None:
        return _refused("No sender has this address.", 404)
    if request.content_type != "application/x-www-form-urlencoded":
        _note(route, LineNotice.Kind.MALFORMED)
        return _refused("Send the fields as application/x-www-form-urlencoded.", 415)
    if _length(request) > LARGEST:
        _note(route, LineNotice.Kind.MALFORMED)
        return _refused("That is larger than any text message.", 413)
    try:
        fields = _fields(request)
    except (RequestDataTooBig, ValueError):
        _note(route, LineNotice.Kind.MALFORMED)
        return _refused("The fields cannot be read.", 400)
    # As the server gives them: the mapping of all headers costs as much as the signature itself.
    given = request.META.get("HTTP_X_TWILIO_SIGNATURE", "")
    if not _is_proven(route, fields, path=request.get_full_path(), given=given):
        _note(route, LineNotice.Kind.BAD_SIGNATURE)
        return _refused("The signature does not fit.", 403)
    return route, fields


def _is_proven(route: line.Route, fields: dict[str, list[str]], *, path: str, given: str) -> bool:
    given = given if given.isascii() else ""  # none of ours, and not to be compared
    fits = is_signed(settings.PUBLIC_BASE_URL + path, fields, given=given, tokens=route.tokens)
    return fits and fields.get("AccountSid") == [route.account_sid]


def _fields(request: HttpRequest) -> dict[str, list[str]]:
    """Return a call's fields; BadRequest for another character set, RequestDataTooBig as Django's."""
    if (request.encoding or "utf-8").lower() != "utf-8":
        raise BadRequest("A form is UTF-8, whatever its header says.")
    return fields_of(request.body)


def fields_of(body: bytes) -> dict[str, list[str]]:
    """Return a form's fields as Django reads them, at a fraction of the cost of its form classes.

    ValueError for too many fields.
    """
    try:
        text = body.decode()
    except UnicodeDecodeError:
        text = body.decode("iso-8859-1")
    pairs = text.replace("+", " ").split("&")
    if len(pairs) > settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        raise ValueError("Too many fields.")
    found: dict[str, list[str]] = {}
    for pair in pairs:
        if pair:
            name, _, value = pair.partition("=")
            if "%" in pair:
                name, value = unquote(name), unquote(value)
            found.setdefault(name, []).append(value)
    return found


def _route(key: str) -> line.Route | None:
    if not _KEY.fullmatch(key):
        return None
    known = _remembered(key)
    if known is not None:
        return known
    found = line.route_of(key)
    if found is not None:
        _routes[key] = (time.monotonic(), found)
    return found


def _remembered(key: str) -> line.Route | None:
    known = _routes.get(key)
    return known[1] if known and time.monotonic() - known[0] < _KNOWN_FOR else None


def forget_routes() -> None:
    """Forget the remembered routes, after a token or a number changed in this process."""
    _routes.clear()


def _note(route: line.Route, kind: LineNotice.Kind) -> None:
    line.notice(route.practice_id, route.sender_id, kind=kind, now=clock.now())


def _length(request: HttpRequest) -> int:
    """Return how long the body says it is; a length that is no number is longer than anything."""
    given = request.META.get("CONTENT_LENGTH") or "0"
    return int(given) if len(given) <= 12 and given.isascii() and given.isdigit() else LARGEST + 1


def _short(fields: dict[str, list[str]], name: str, *, most: int) -> str:
    """Return a field's first value cut to what its column holds: strange words are kept, never an error."""
    return fields.get(name, [""])[0].replace("\x00", "")[:most]


def _attempt(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _refused(sentence: str, code: int) -> HttpResponse:
    return HttpResponse(sentence + "\n", status=code, content_type="text/plain")
