"""A patient's text on its way in: stored, held against the keyword filter, posted to the product."""

import sqlite3
from dataclasses import replace
from typing import Any

from simulator.accounts import E164, Account, Number, find_account, find_number
from simulator.faults import FaultBoard
from simulator.journey import plan_journey
from simulator.keywords import Keyword, canned_reply, match_keyword
from simulator.messages import API_VERSION, Message, insert_message, new_sid
from simulator.phones import media_list, own_line, remember_phone
from simulator.segments import count_segments
from simulator.sending import is_blocked
from simulator.store import enqueue, note_post, record
from simulator.tuning import Tuning


def receive_text(
    db: sqlite3.Connection,
    document: dict[str, Any],
    *,
    faults: FaultBoard,
    tuning: Tuning,
    base_url: str,
    now: float,
) -> Message:
    """Store a text from a phone to one of our numbers and queue its webhook; ValueError, LookupError."""
    phone, body = document.get("from"), document.get("body") or ""
    if not isinstance(phone, str) or not E164.match(phone):
        raise ValueError("from must be the phone's number in E.164 form, for example +14155550123.")
    if not isinstance(body, str):
        raise ValueError("body must be a text.")
    number = _find_line(db, phone=phone, to=document.get("to"))
    account = find_account(db, number.account_sid)
    if account is None:
        raise LookupError("The number belongs to no account.")
    body = body.encode("utf-8", "replace").decode()  # half an emoji cannot be written as UTF-8
    media = [{"sid": new_sid("ME"), **item} for item in media_list(document.get("media"))]
    message = _build_inbound(account, number=number, phone=phone, body=body, media=media, now=now)
    insert_message(db, message)
    remember_phone(db, phone)
    record(
        db, "inbound", sid=message.sid, account=account.sid, to=number.number, body=body, media=len(media),
        **{"from": phone},
    )  # fmt: skip
    keyword = match_keyword(body, settings=account.opt_out, line=number.number)
    if keyword:
        _apply_keyword(db, keyword, account=account, message=message, number=number, tuning=tuning, now=now)
    params = _webhook_params(message, account=account, keyword=keyword, base_url=base_url)
    params.update({str(name): str(value) for name, value in (document.get("fields") or {}).items()})
    _queue_webhook(db, message, number=number, params=params, faults=faults, now=now)
    return message


def _find_line(db: sqlite3.Connection, *, phone: str, to: object) -> Number:
    to = to or own_line(db, phone)
    number = find_number(db, to) if isinstance(to, str) else None
    if number is None:
        raise LookupError("to is not a number registered here; register it with POST /control/accounts.")
    return number


def _build_inbound(
    account: Account, *, number: Number, phone: str, body: str, media: list[dict[str, str]], now: float
) -> Message:
    return Message(
        sid=new_sid("MM" if media else "SM"),
        account_sid=account.sid,
        direction="inbound",
        sender=phone,
        recipient=number.number,
        phone=phone,
        body=body,
        status="received",
        service_sid=number.service_sid,
        segments=count_segments(body),
        media=media,
        status_callback="",
        error_code=None,
        validity=0,
        send_at=None,
        created=now,
        updated=now,
        sent=now,
    )


def _webhook_params(
    message: Message, *, account: Account, keyword: Keyword | None, base_url: str
) -> dict[str, str]:
    """Return the fields of an inbound webhook; places are those of the number and often blank."""
    params = {
        "ToCountry": "US",
        "ToState": "",
        "SmsMessageSid": message.sid,
        "NumMedia": str(len(message.media)),
        "ToCity": "",
        "FromZip": "",
        "SmsSid": message.sid,
        "FromState": "",
        "SmsStatus": "received",
        "FromCity": "",
        "Body": message.body,
        "FromCountry": "US",
        "To": message.recipient,
        "ToZip": "",
        "NumSegments": str(message.segments),
        "MessageSid": message.sid,
        "AccountSid": account.sid,
        "From": message.phone,
        "ApiVersion": API_VERSION,
    }
    if message.service_sid:
        params["MessagingServiceSid"] = message.service_sid
    if keyword and account.opt_out.advanced:
        params["OptOutType"] = keyword.value
    folder = base_url + message.uri.replace(".json", "/Media")
    for index, item in enumerate(message.media):
        params[f"MediaUrl{index}"] = item.get("url") or f"{folder}/{item['sid']}"
        params[f"MediaContentType{index}"] = item.get("content_type", "image/jpeg")
    return params


def _queue_webhook(
    db: sqlite3.Connection,
    message: Message,
    *,
    number: Number,
    params: dict[str, str],
    faults: FaultBoard,
    now: float,
) -> None:
    if not number.inbound_url:
        record(db, "webhook_missing", sid=message.sid, to=number.number)
        note_post(db, message.sid, is_taken=False, said="the number has no address to post to")
        return
    if faults.strike("inbound_drop", phone=message.phone, sid=message.sid):
        record(db, "webhook_dropped", sid=message.sid)
        note_post(db, message.sid, is_taken=False, said="the fault “inbound drop” lost the call")
        return
    duplicate = faults.strike("inbound_duplicate", phone=message.phone, sid=message.sid)
    data = {
        "url": number.inbound_url,
        "fallback_url": number.fallback_url,
        "params": params,
        "idempotency_token": new_sid("")[:32],
        "account": message.account_sid,
    }
    for copy in range(duplicate.copies if duplicate else 1):
        enqueue(db, "webhook", sid=message.sid, due=now, data=data, lane=f"{message.sid}/{copy}")


def repeat_webhook(db: sqlite3.Connection, message: Message, *, base_url: str, now: float) -> None:
    """Post a patient's text to its webhook once more, as a replay that Twilio did not make."""
    number, account = find_number(db, message.recipient), find_account(db, message.account_sid)
    if number is None or account is None or not number.inbound_url or message.direction != "inbound":
        raise LookupError("Only a patient's text to a registered number with a webhook can be repeated.")
    keyword = match_keyword(message.body, settings=account.opt_out, line=number.number)
    data = {
        "url": number.inbound_url,
        "fallback_url": "",
        "params": _webhook_params(message, account=account, keyword=keyword, base_url=base_url),
        "idempotency_token": new_sid("")[:32],
        "account": account.sid,
    }
    enqueue(db, "webhook", sid=message.sid, due=now, data=data)


def _apply_keyword(
    db: sqlite3.Connection,
    keyword: Keyword,
    *,
    account: Account,
    message: Message,
    number: Number,
    tuning: Tuning,
    now: float,
) -> None:
    blocked = is_blocked(db, scope=number.scope, phone=message.phone)
    if keyword is Keyword.STOP and not blocked:
        db.execute("INSERT INTO blocks VALUES (?, ?, ?)", (number.scope, message.phone, now))
        record(db, "opted_out", phone=message.phone, scope=number.scope, sid=message.sid)
    if keyword is Keyword.START and blocked:
        db.execute("DELETE FROM blocks WHERE scope = ? AND phone = ?", (number.scope, message.phone))
        record(db, "opted_in", phone=message.phone, scope=number.scope, sid=message.sid)
    body = canned_reply(keyword, settings=account.opt_out, line=number.number, blocked=blocked)
    if not body:
        return
    reply = replace(
        message,
        sid=new_sid("SM"),
        direction="outbound-reply",
        sender=number.number,
        recipient=message.phone,
        body=body,
        status="queued",
        segments=count_segments(body),
        media=[],
        sent=None,
    )
    insert_message(db, reply)
    record(
        db, "canned_reply", sid=reply.sid, to=message.phone, body=body, keyword=keyword.value,
        **{"from": number.number},
    )  # fmt: skip
    for step in plan_journey(reply, start=now, outcome="delivered", code=None, tuning=tuning):
        data = {"status": step.status, "code": step.code, "sender": number.number}
        enqueue(db, "step", sid=reply.sid, due=step.due, data=data)
