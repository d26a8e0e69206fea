"""Twilio's REST API for messages, as its OpenAPI document (head of 2026-04-14) describes it."""

import base64
import binascii
import time
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from simulator.accounts import Account, authenticate
from simulator.carrier import carrier
from simulator.listing import list_messages
from simulator.messages import API_VERSION, Message, as_document, find_message, new_sid, rfc2822
from simulator.refusals import Refusal
from simulator.store import record
from simulator.views.creation import create_text, refuse_with_fault

# A patient's picture, as small as a PNG can be.
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNk+A8AAQUBAScY42YAAAAASUVORK5CYII="
)
NOT_CONFIRMED = "unconfirmed"


def rest(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Give the view its authenticated account; a Refusal becomes Twilio's error document."""

    @csrf_exempt
    @wraps(view)
    def answer(request: HttpRequest, account_sid: str, **parts: str) -> HttpResponseBase:
        try:
            user, password = _credentials(request)
            account = authenticate(carrier().store.reader, account_sid, user=user, password=password)
            response = view(request, account, **parts)
        except Refusal as refusal:
            response = JsonResponse(refusal.document, status=refusal.status)
            if refusal.status == HTTPStatus.UNAUTHORIZED:
                response.headers["WWW-Authenticate"] = 'Basic realm="Twilio API"'
        response.headers["Twilio-Request-Id"] = new_sid("RQ")
        return response

    return answer


def _credentials(request: HttpRequest) -> tuple[str, str]:
    scheme, _, encoded = request.headers.get("Authorization", "").partition(" ")
    try:
        user, colon, password = base64.b64decode(encoded, validate=True).decode().partition(":")
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Refusal(20003) from error
    if scheme.lower() != "basic" or not colon:
        raise Refusal(20003)
    return user, password


@rest
def messages(request: HttpRequest, account: Account) -> HttpResponseBase:
    """Create a text (POST) or list the account's (GET)."""
    if request.method == "POST":
        return create_text(request, account)
    if request.method != "GET":
        raise Refusal(20004)
    simulated = carrier()
    if fault := simulated.faults.strike("list_error"):
        return refuse_with_fault(fault)
    lag = simulated.faults.strike("list_lag")
    found = list_messages(
        simulated.store.reader,
        account_sid=account.sid,
        query=request.GET.dict(),
        created_before=time.time() - (lag.seconds if lag else 0),
    )
    with simulated.store.write() as db:
        record(db, "listed", account=account.sid, count=len(found["messages"]), query=request.GET.dict())
    return JsonResponse(found)


@rest
def message(request: HttpRequest, account: Account, sid: str) -> HttpResponseBase:
    """Fetch a text (GET), cancel or redact it (POST), or delete it (DELETE)."""
    found = _find(account, sid)
    if request.method == "GET":
        return JsonResponse(as_document(found))
    if request.method == "POST":
        return JsonResponse(as_document(_update(request, found)))
    if request.method != "DELETE":
        raise Refusal(20004)
    _require_final(found)
    with carrier().store.write() as db:
        db.execute("DELETE FROM messages WHERE sid = ?", (sid,))
        db.execute("DELETE FROM jobs WHERE sid = ?", (sid,))
        record(db, "deleted", sid=sid)
    return HttpResponse(status=204)


def _find(account: Account, sid: str) -> Message:
    found = find_message(carrier().store.reader, sid, account_sid=account.sid)
    if found is None:
        raise Refusal(20404)
    return found


def _require_final(found: Message) -> None:
    if not found.is_final:
        raise Refusal(20009)


def _update(request: HttpRequest, found: Message) -> Message:
    now = time.time()
    with carrier().store.write() as db:
        if request.POST.get("Status"):
            if request.POST["Status"] != "canceled":
                raise Refusal(20001, "Status can only be set to canceled")
            current = find_message(db, found.sid)
            if current is None or current.status != "scheduled":
                raise Refusal(30409)
            db.execute("UPDATE messages SET status = 'canceled', updated = ? WHERE sid = ?", (now, found.sid))
            db.execute("DELETE FROM jobs WHERE sid = ?", (found.sid,))
            record(db, "canceled", sid=found.sid, to=found.recipient)
        elif "Body" in request.POST:
            if request.POST["Body"]:
                raise Refusal(20001, "Body can only be set to an empty text")
            _require_final(found)
            db.execute("UPDATE messages SET body = '', updated = ? WHERE sid = ?", (now, found.sid))
            record(db, "redacted", sid=found.sid)
        else:
            raise Refusal(20001, "Nothing to update: give Status or Body")
        return find_message(db, found.sid) or found


def _media_document(found: Message, item: dict[str, str]) -> dict[str, Any]:
    return {
        "account_sid": found.account_sid,
        "content_type": item.get("content_type", "image/jpeg"),
        "date_created": rfc2822(found.created),
        "date_updated": rfc2822(found.created),
        "parent_sid": found.sid,
        "sid": item["sid"],
        "uri": found.uri.replace(".json", f"/Media/{item['sid']}.json"),
    }


@rest
def media_list(request: HttpRequest, account: Account, sid: str) -> HttpResponseBase:
    """List the media of a text."""
    found = _find(account, sid)
    uri = found.uri.replace(".json", "/Media.json")
    return JsonResponse(
        {
            "media_list": [_media_document(found, item) for item in found.media],
            "end": max(len(found.media) - 1, 0),
            "first_page_uri": f"{uri}?PageSize=50&Page=0",
            "next_page_uri": None,
            "page": 0,
            "page_size": 50,
            "previous_page_uri": None,
            "start": 0,
            "uri": f"{uri}?PageSize=50&Page=0",
        }
    )


@rest
def media(request: HttpRequest, account: Account, sid: str, media_sid: str) -> HttpResponseBase:
    """Give a medium's bytes, or with `.json` its description; DELETE removes it."""
    found = _find(account, sid)
    wanted = media_sid.removesuffix(".json")
    item = next((item for item in found.media if item["sid"] == wanted), None)
    if item is None:
        raise Refusal(20404)
    if request.method == "DELETE":
        with carrier().store.write() as db:
            db.execute(
                "UPDATE messages SET media = (SELECT json_group_array(json(value)) FROM json_each(media)"
                " WHERE json_extract(value, '$.sid') <> ?) WHERE sid = ?",
                (wanted, sid),
            )
            record(db, "media_deleted", sid=sid, media=wanted)
        return HttpResponse(status=204)
    if wanted != media_sid:
        return JsonResponse(_media_document(found, item))
    return HttpResponse(PIXEL, content_type=item.get("content_type", "image/jpeg"))


@rest
def feedback(request: HttpRequest, account: Account, sid: str) -> HttpResponseBase:
    """Take feedback on a text."""
    found = _find(account, sid)
    if request.method != "POST":
        raise Refusal(20004)
    return JsonResponse(
        {
            "account_sid": account.sid,
            "message_sid": sid,
            "outcome": request.POST.get("Outcome") or NOT_CONFIRMED,
            "date_created": rfc2822(time.time()),
            "date_updated": rfc2822(time.time()),
            "uri": f"/{API_VERSION}/Accounts/{account.sid}/Messages/{found.sid}/Feedback.json",
        }
    )


@csrf_exempt
def not_found(request: HttpRequest, rest_of_path: str) -> HttpResponseBase:
    """Answer every other address of the API."""
    refusal = Refusal(20404, f"The requested resource /{API_VERSION}/{rest_of_path} was not found")
    return JsonResponse(refusal.document, status=refusal.status)
