"""Accepting a text for sending: sender, opt-out, queue; then its way to the phone as jobs for the worker."""

import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import replace

from simulator.accounts import Account, Number, find_number, find_pool
from simulator.faults import Fault
from simulator.journey import occupy_sender, plan_journey, queue_backlog
from simulator.messages import Message, insert_message, new_sid
from simulator.phones import find_phone, remember_phone
from simulator.refusals import Refusal
from simulator.segments import count_segments
from simulator.store import enqueue, record
from simulator.submission import KNOWN_FIELDS, MAGIC_SENDER_OK, Submission, read_submission
from simulator.tuning import Tuning


def accept_text(
    db: sqlite3.Connection,
    form: Mapping[str, Sequence[str]],
    *,
    account: Account,
    tuning: Tuning,
    now: float,
    failing: Fault | None = None,
) -> Message:
    """Store the text in `form` and plan its way; Refusal carries Twilio's code. Runs in one transaction."""
    submission = read_submission(
        form, now=now, country_codes=tuning.country_codes, schedule_min=tuning.schedule_min
    )
    number = _choose_sender(db, submission, account=account)
    _check_recipient(db, submission, account=account, number=number)
    message = _build_message(submission, account=account, number=number, now=now)
    is_rehearsal = account.status == "test" or (number is None and submission.sender == MAGIC_SENDER_OK)
    if not is_rehearsal and number is not None:
        backlog = queue_backlog(db, number.number, now=now)
        if backlog > tuning.queue_seconds and not submission.service_sid:
            raise Refusal(21611)
    insert_message(db, message)
    remember_phone(db, message.recipient)
    sender = number.number if number else submission.sender
    _record_acceptance(db, message, sender=sender, unknown=sorted(set(form) - KNOWN_FIELDS))
    if not is_rehearsal and number is not None:
        _plan(db, message, number=number, tuning=tuning, now=now, failing=failing)
    return message


def _record_acceptance(db: sqlite3.Connection, message: Message, *, sender: str, unknown: list[str]) -> None:
    record(
        db,
        "accepted",
        sid=message.sid,
        account=message.account_sid,
        to=message.recipient,
        body=message.body,
        status=message.status,
        service=message.service_sid,
        status_callback=message.status_callback,
        validity=message.validity,
        send_at=message.send_at,
        media=len(message.media),
        **{"from": sender},
    )
    if unknown:
        record(db, "unknown_fields", sid=message.sid, fields=unknown)


def _choose_sender(db: sqlite3.Connection, submission: Submission, *, account: Account) -> Number | None:
    """Return the number that will send, None for the test sender; sticky per phone within a service."""
    if account.status == "suspended":
        raise Refusal(20005)
    if account.status == "test" and submission.service_sid:
        raise Refusal(21701)
    if submission.sender:
        number = find_number(db, submission.sender)
        if number is not None and number.account_sid == account.sid:
            if submission.service_sid and number.service_sid != submission.service_sid:
                raise Refusal(21606)
            return number
        if submission.sender == MAGIC_SENDER_OK and not submission.service_sid:
            return None
        raise Refusal(21606)
    pool = find_pool(db, submission.service_sid)
    if not pool:
        raise Refusal(21703)
    if pool[0].account_sid != account.sid:
        raise Refusal(21701)
    last = db.execute(
        "SELECT sender FROM messages WHERE phone = ? AND service_sid = ? AND direction <> 'inbound'"
        " AND sender IS NOT NULL ORDER BY position DESC LIMIT 1",
        (submission.recipient, submission.service_sid),
    ).fetchone()
    sticky = [number for number in pool if last and number.number == last["sender"]]
    return (sticky or [pool[int(submission.recipient[-4:]) % len(pool)]])[0]


def _check_recipient(
    db: sqlite3.Connection, submission: Submission, *, account: Account, number: Number | None
) -> None:
    phone = find_phone(db, submission.recipient)
    if phone and phone.outcome == "refused":
        raise Refusal(phone.error_code or 21211)
    if phone and phone.outcome == "landline":
        raise Refusal(21614)
    if account.status == "trial" and submission.recipient not in account.verified:
        raise Refusal(21608)
    if number and number.number == submission.recipient:
        raise Refusal(21211, "'To' and 'From' number cannot be the same")
    # Asked on acceptance only: as at Twilio, a later STOP does not cancel what is scheduled.
    if number and is_blocked(db, scope=number.scope, phone=submission.recipient):
        raise Refusal(21610)


def is_blocked(db: sqlite3.Connection, *, scope: str, phone: str) -> bool:
    """Whether the phone opted out of the number or service."""
    found = db.execute("SELECT 1 FROM blocks WHERE scope = ? AND phone = ?", (scope, phone)).fetchone()
    return found is not None


def _build_message(submission: Submission, *, account: Account, number: Number | None, now: float) -> Message:
    status = "scheduled" if submission.send_at else "accepted" if submission.service_sid else "queued"
    service = submission.service_sid or (number.service_sid if number else None)
    callback = submission.status_callback or (number.status_callback if number else "")
    return Message(
        sid=new_sid("MM" if submission.media_urls else "SM"),
        account_sid=account.sid,
        direction="outbound-api",
        sender=submission.sender or None,
        recipient=submission.recipient,
        phone=submission.recipient,
        body=submission.body,
        status=status,
        service_sid=service,
        segments=count_segments(submission.body),
        media=[
            {"sid": new_sid("ME"), "content_type": "image/png", "url": url} for url in submission.media_urls
        ],
        status_callback=callback,
        error_code=None,
        validity=submission.validity,
        send_at=submission.send_at,
        created=now,
        updated=now,
        sent=None,
    )


def _plan(
    db: sqlite3.Connection,
    message: Message,
    *,
    number: Number,
    tuning: Tuning,
    now: float,
    failing: Fault | None,
) -> None:
    phone = find_phone(db, message.recipient)
    outcome: str = "undelivered" if failing else phone.outcome if phone else "delivered"
    code: int | None = failing.code if failing else phone.error_code if phone else None
    start = message.send_at or now
    if tuning.segments_per_second:
        backlog = queue_backlog(db, number.number, now=now)
        if backlog > tuning.queue_seconds:
            outcome, code = "failed", 30001
        elif backlog > message.validity:
            outcome, code, start = "failed", 30001, start + message.validity
        else:
            start += backlog
            rate = tuning.segments_per_second
            occupy_sender(db, number.number, segments=message.segments, rate=rate, now=now)
    for step in plan_journey(
        replace(message, sender=number.number), start=start, outcome=outcome, code=code, tuning=tuning
    ):
        enqueue(
            db,
            "step",
            sid=message.sid,
            due=step.due,
            data={"status": step.status, "code": step.code, "sender": number.number},
        )
