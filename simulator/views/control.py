"""Control addresses for tests and demonstrations: patients' texts, the log, faults, accounts, phones."""

import json
import time
from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from simulator import settings
from simulator.accounts import save_account
from simulator.carrier import carrier
from simulator.faults import KINDS
from simulator.inbound import receive_text, repeat_webhook
from simulator.messages import find_message
from simulator.phones import list_phones, save_phone, show_phone
from simulator.store import record

JsonView = Callable[[HttpRequest, dict[str, Any]], HttpResponseBase]
Methods = dict[str, JsonView]


def control(**methods: JsonView) -> Callable[[HttpRequest], HttpResponseBase]:
    """Make a view of one function per method; each gets the JSON body, and its errors become sentences."""

    @csrf_exempt
    @wraps(next(iter(methods.values())))
    def answer(request: HttpRequest) -> HttpResponseBase:
        view = methods.get((request.method or "").lower())
        if view is None:
            return JsonResponse({"error": f"Use {' or '.join(methods).upper()}."}, status=405)
        try:
            return view(request, _read_body(request))
        except LookupError as error:
            return JsonResponse({"error": str(error.args[0] if error.args else error)}, status=404)
        except (ValueError, TypeError, AttributeError) as error:
            # The last two: a list where an object belongs, or the other way round, somewhere inside.
            return JsonResponse({"error": f"The document does not fit: {error}"}, status=400)

    return answer


def _read_body(request: HttpRequest) -> dict[str, Any]:
    if request.method == "GET" or not request.body:
        return {}
    document = json.loads(request.body)
    if not isinstance(document, dict):
        raise ValueError("The body must be a JSON object.")
    return document


def _post_text(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    simulated = carrier()
    with simulated.store.write() as db:
        message = receive_text(
            db,
            document,
            faults=simulated.faults,
            tuning=simulated.tuning.current,
            base_url=settings.SIMULATOR_BASE_URL,
            now=time.time(),
        )
    simulated.worker.wake()
    found = {"sid": message.sid, "from": message.phone, "to": message.recipient}
    return JsonResponse(found, status=201)


def _post_replay(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    simulated = carrier()
    with simulated.store.write() as db:
        message = find_message(db, str(document.get("sid")))
        if message is None:
            raise LookupError("No text has this sid.")
        repeat_webhook(db, message, base_url=settings.SIMULATOR_BASE_URL, now=time.time())
    simulated.worker.wake()
    return JsonResponse({"sid": message.sid}, status=201)


def _get_log(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    since = int(request.GET.get("since") or 0)
    rows = carrier().store.reader.execute(
        "SELECT n, at, event, data FROM log WHERE n > ? AND (? = '' OR event = ?) ORDER BY n",
        (since, request.GET.get("event", ""), request.GET.get("event", "")),
    )
    lines = [
        json.dumps({"n": row["n"], "at": row["at"], "event": row["event"], **json.loads(row["data"])}) + "\n"
        for row in rows
    ]
    return HttpResponse("".join(lines), content_type="application/x-ndjson")


def _get_faults(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    kinds = {kind: {"does": text, "seconds": seconds} for kind, (text, seconds) in KINDS.items()}
    active = [asdict(fault) for fault in carrier().faults.active()]
    return JsonResponse({"faults": active, "kinds": kinds})


def _post_fault(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    simulated = carrier()
    fault = simulated.faults.set(document)
    with simulated.store.write() as db:
        record(db, "fault_set", kind=document["kind"], is_on=fault is not None)
    return JsonResponse({"fault": asdict(fault) if fault else None})


def _delete_faults(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    carrier().faults.clear()
    return JsonResponse({"faults": []})


def _post_account(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    with carrier().store.write() as db:
        save_account(db, document)
        record(db, "account", account=document["sid"], numbers=len(document.get("numbers") or []))
    return JsonResponse({"sid": document["sid"]})


def _get_accounts(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    db = carrier().store.reader
    numbers = [dict(row) for row in db.execute("SELECT * FROM numbers ORDER BY number")]
    found = [
        {**dict(row), "numbers": [number for number in numbers if number["account_sid"] == row["sid"]]}
        for row in db.execute("SELECT sid, status FROM accounts ORDER BY sid")
    ]
    return JsonResponse({"accounts": found})


def _get_settings(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    return JsonResponse(asdict(carrier().tuning.current))


def _post_settings(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    return JsonResponse(asdict(carrier().tuning.update(document)))


def _post_reset(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    carrier().reset(accounts=bool(document.get("accounts")))
    return JsonResponse({"reset": True})


def _get_phones(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    simulated = carrier()
    db = simulated.store.reader
    revision = int(db.execute("SELECT coalesce(max(n), 0) AS n FROM log").fetchone()["n"])
    if request.GET.get("since") == str(revision):
        return JsonResponse({"revision": revision})
    wanted = [number for number in request.GET.get("open", "").split(",") if number]
    return JsonResponse(
        {
            "revision": revision,
            "phones": list_phones(db),
            "open": [show_phone(db, number) for number in wanted[:12]],
            "faults": [asdict(fault) for fault in simulated.faults.active()],
        }
    )


def _post_phone(request: HttpRequest, document: dict[str, Any]) -> HttpResponseBase:
    with carrier().store.write() as db:
        phones = [save_phone(db, item) for item in document.get("phones") or [document]]
        record(db, "phone", numbers=[phone.number for phone in phones])
    return JsonResponse({"phones": [asdict(phone) for phone in phones]})


texts = control(post=_post_text)
replays = control(post=_post_replay)
log = control(get=_get_log)
faults = control(get=_get_faults, post=_post_fault, delete=_delete_faults)
accounts = control(get=_get_accounts, post=_post_account)
tuning = control(get=_get_settings, post=_post_settings)
reset = control(post=_post_reset)
phones = control(get=_get_phones, post=_post_phone)
