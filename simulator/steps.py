"""Taking one step of a text's way: the new status, the phone that gets it, the callback that tells of it."""

import sqlite3
from datetime import UTC, datetime
from typing import Any

from simulator.faults import FaultBoard
from simulator.messages import API_VERSION, Message, find_message, new_sid
from simulator.refusals import DELIVERY_ERRORS
from simulator.store import enqueue, record

RANKS = {"queued": 0.2, "sending": 0.4, "sent": 0.7, "delivered": 1.0, "undelivered": 1.0, "failed": 1.0}


def take_step(
    db: sqlite3.Connection, sid: str, *, data: dict[str, Any], faults: FaultBoard, now: float
) -> None:
    """Move a text to its next status unless it is gone or has ended; queue its callback."""
    message = find_message(db, sid)
    if message is None or message.is_final:
        return
    status, code = str(data["status"]), data["code"]
    db.execute(
        "UPDATE messages SET status = ?, error_code = ?, sender = coalesce(sender, ?), updated = ?,"
        " sent = CASE WHEN ? = 'sent' THEN ? ELSE sent END,"
        " reached_phone = CASE WHEN ? = 'delivered' THEN 1 ELSE reached_phone END WHERE sid = ?",
        (status, code, data["sender"], now, status, now, status, sid),
    )
    if status == "delivered":
        record(
            db, "delivered", sid=sid, to=message.phone, body=message.body, direction=message.direction,
            **{"from": message.sender or data["sender"]},
        )  # fmt: skip
    if code:
        record(db, status, sid=sid, to=message.phone, code=code)
    if message.status_callback and message.direction == "outbound-api":
        params = callback_params(
            message, status=status, code=code, sender=str(message.sender or data["sender"]), now=now
        )
        _queue_callback(db, message, params=params, faults=faults, now=now)


def callback_params(
    message: Message, *, status: str, code: int | None, sender: str, now: float
) -> dict[str, str]:
    """Return the fields of a status callback."""
    params = {
        "SmsSid": message.sid,
        "SmsStatus": status,
        "MessageStatus": status,
        "To": message.recipient,
        "MessageSid": message.sid,
        "AccountSid": message.account_sid,
        "From": sender,
        "ApiVersion": API_VERSION,
    }
    if message.service_sid:
        params["MessagingServiceSid"] = message.service_sid
    if code:
        params |= {"ErrorCode": str(code), "ErrorMessage": DELIVERY_ERRORS.get(code, "Unknown error")}
    if status in {"delivered", "undelivered"}:
        params["RawDlrDoneDate"] = f"{datetime.fromtimestamp(now, tz=UTC):%y%m%d%H%M}"
    return params


def _queue_callback(
    db: sqlite3.Connection, message: Message, *, params: dict[str, str], faults: FaultBoard, now: float
) -> None:
    status = params["MessageStatus"]
    if faults.strike("drop", phone=message.phone, sid=message.sid):
        record(db, "callback_dropped", sid=message.sid, status=status)
        return
    due = now
    if shuffle := faults.strike("shuffle", phone=message.phone, sid=message.sid):
        due += shuffle.seconds * (1 - RANKS.get(status, 1.0))
    if late := faults.strike("callback_late", phone=message.phone, sid=message.sid):
        due += late.seconds
    duplicate = faults.strike("duplicate", phone=message.phone, sid=message.sid)
    data = {
        "url": message.status_callback,
        "fallback_url": "",
        "params": params,
        "idempotency_token": new_sid("")[:32],
        "account": message.account_sid,
    }
    for copy in range(duplicate.copies if duplicate else 1):
        lane = f"{message.sid}/{copy}" if copy else message.sid
        enqueue(db, "callback", sid=message.sid, due=due, data=data, lane=lane)
