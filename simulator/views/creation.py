"""Creating a text, with the faults that can befall it before and after it is accepted."""

import json
import time
from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse, StreamingHttpResponse

from simulator.accounts import Account
from simulator.carrier import carrier
from simulator.faults import Fault
from simulator.messages import Message, as_document
from simulator.refusals import Refusal
from simulator.sending import accept_text
from simulator.store import record

BEFORE = ("rate_limit", "refuse", "error_before", "hang_before", "reset_before", "late_accept")
AFTER = ("error_after", "hang_after", "truncated", "reset")


def create_text(request: HttpRequest, account: Account) -> HttpResponseBase:
    """Answer a POST to Messages.json: 201 with the text, an error document, or what a fault makes of it."""
    faults = carrier().faults
    phone = request.POST.get("To", "")
    before = faults.strike(*BEFORE, phone=phone)
    if before and before.kind != "late_accept":
        return refuse_with_fault(before, request)
    if before:
        time.sleep(before.seconds)
    message = _accept(request, account)
    after = faults.strike(*AFTER, phone=phone, sid=message.sid)
    return _answer(request, message, after=after)


def _accept(request: HttpRequest, account: Account) -> Message:
    simulated = carrier()
    form = {name: [str(value) for value in values] for name, values in request.POST.lists()}
    failing = simulated.faults.strike("fail", phone=request.POST.get("To", ""))
    refused: Refusal | None = None
    with simulated.store.write() as db:
        try:
            message = accept_text(
                db,
                form,
                account=account,
                tuning=simulated.tuning.current,
                now=time.time(),
                failing=failing,
            )
        except Refusal as refusal:
            refused = refusal
            record(
                db,
                "refused",
                account=account.sid,
                to=request.POST.get("To", ""),
                body=request.POST.get("Body", ""),
                code=refusal.code,
                status_callback=request.POST.get("StatusCallback", ""),
                **{"from": request.POST.get("From") or request.POST.get("MessagingServiceSid", "")},
            )
    if refused:
        raise refused
    simulated.worker.wake()
    return message


def refuse_with_fault(fault: Fault, request: HttpRequest | None = None) -> HttpResponseBase:
    """Answer a request that nothing came of."""
    if fault.kind == "refuse":
        raise Refusal(fault.code)
    if fault.kind == "rate_limit":
        refusal = Refusal(20429)
        response = JsonResponse(refusal.document, status=refusal.status)
        response.headers["Twilio-Concurrent-Requests"] = "100"
        if fault.seconds:
            response.headers["Retry-After"] = str(int(fault.seconds))
        return response
    if fault.kind == "reset_before" and request is not None:
        return _cut(request, b"")
    if fault.kind == "hang_before":
        time.sleep(fault.seconds)
    refusal = Refusal(20500)
    return JsonResponse(refusal.document, status=refusal.status)


def _answer(request: HttpRequest, message: Message, *, after: Fault | None) -> HttpResponseBase:
    body = json.dumps(as_document(message)).encode()
    if after is None:
        return HttpResponse(body, status=201, content_type="application/json")
    if after.kind == "error_after":
        refusal = Refusal(20500)
        return JsonResponse(refusal.document, status=refusal.status)
    if after.kind == "truncated":
        return HttpResponse(body[: len(body) // 2], status=201, content_type="application/json")
    if after.kind == "reset":
        return _cut(request, body)
    time.sleep(after.seconds)
    return HttpResponse(body, status=201, content_type="application/json")


def _cut(request: HttpRequest, body: bytes) -> HttpResponseBase:
    """Answer half of `body`, then reset the connection."""

    def half() -> Iterator[bytes]:
        if body:
            yield body[: len(body) // 2]
        request.META["simulator.reset"]()
        raise ConnectionResetError

    response = StreamingHttpResponse(half(), status=201, content_type="application/json")
    response.headers["Content-Length"] = str(len(body))
    return response
