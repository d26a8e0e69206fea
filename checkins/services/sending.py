"""Handing one claimed text to the carrier and writing down what it said."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from checkins.gateways import twilio
from checkins.models import OutboundMessage
from checkins.services import outbox, pace, refusals
from checkins.services.line import Route
from checkins.statuses import RANKS, TRANSIENT, rank
from networks import clock, round_trips, work
from networks.encryption import decrypt
from networks.keys import uuid7
from networks.scoping import practice_scope
from patients.models import Phone

_BODY = f"{OutboundMessage._meta.db_table}.body"
_NUMBER = f"{Phone._meta.db_table}.number"
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True)
class Parcel:
    """Everything one call to the carrier needs."""

    departure: outbox.Departure
    route: Route
    text: twilio.Text


@dataclass(frozen=True)
class Came:
    """What came of one text: its parcel and the carrier's outcome, or how long its sender is busy.

    With the turn that it took, whose place is to be given back.
    """

    message_id: UUID
    parcel: Parcel | None = None
    outcome: twilio.Outcome | pace.Later | None = None
    turn: pace.Turn | None = None


def send_one(
    practice_id: UUID, message_id: UUID, *, routes: dict[UUID, Route], now: Callable[[], datetime] = clock.now
) -> str:
    """Send one claimed text and return a word for what came of it; no transaction is open during the call."""
    with practice_scope(practice_id):
        departure = outbox.depart(practice_id, message_id, now=now())
        parcel = pack(departure, route=routes[departure.sender_id], now=now()) if departure else None
    outcome = hand_over(parcel) if parcel else None
    return write_down(practice_id, Came(message_id, parcel, outcome), now=now())


def hand_over(parcel: Parcel) -> twilio.Outcome:
    """Call the carrier with a text that has just departed; its sender rests while the carrier is busy."""
    account = twilio.Account(sid=parcel.route.account_sid, token=parcel.route.tokens[0])
    outcome = twilio.send(account, parcel.text)
    if isinstance(outcome, twilio.Busy):
        pace.rest(parcel.departure.sender_id)
    elif isinstance(outcome, twilio.Accepted):
        pace.recover(parcel.departure.sender_id)
    return outcome


def pack(departure: outbox.Departure, *, route: Route, now: datetime) -> Parcel:
    """Open a departed text's number and body for its call; ValueError when they cannot be opened."""
    return Parcel(
        departure=departure,
        route=route,
        text=twilio.Text(
            to=decrypt(departure.to_number, column=_NUMBER),
            sender=departure.from_number,
            messaging_service_sid=departure.messaging_service_sid,
            body=decrypt(departure.body, column=_BODY),
            callback=route.status_url(departure.attempt_id),
            valid_seconds=int((departure.not_after - now).total_seconds()),
        ),
    )


def write_down(practice_id: UUID, came: Came, *, now: datetime) -> str:
    """Write down what came of one text and return a word for it."""
    if isinstance(came.outcome, pace.Later):
        with practice_scope(practice_id):
            until = now + timedelta(seconds=came.outcome.seconds)
            outbox.put_back(practice_id, came.message_id, until=until, reason="sender_busy")
        return "paced"
    if came.parcel is None or came.outcome is None:
        return "stayed"
    with practice_scope(practice_id):
        return _settle(practice_id, came.parcel, came.outcome, now=now)


def _settle(practice_id: UUID, parcel: Parcel, outcome: twilio.Outcome, *, now: datetime) -> str:
    message_id = parcel.departure.message_id
    match outcome:
        case twilio.Accepted(sid=sid, status=status):
            note_status(
                practice_id,
                attempt_id=parcel.departure.attempt_id,
                sid=sid,
                status=status,
                source="answer",
                now=now,
            )
            return "sent"
        case twilio.Busy() | twilio.Unreached():
            outbox.put_back(
                practice_id, message_id, until=now + _pause(parcel.departure.attempts), reason="carrier_busy"
            )
            return "busy"
        case twilio.Refused(code=code) if code in TRANSIENT:
            outbox.put_back(
                practice_id,
                message_id,
                until=now + _pause(parcel.departure.attempts),
                reason=f"refused_{code}",
            )
            return "busy"
        case twilio.Refused(code=code):
            refusals.handle(practice_id, parcel.departure, code=code, now=now)
            return "refused"
        case twilio.Unknown(what=what):
            outbox.doubt(practice_id, message_id, reason=what)
            return "unknown"


def _pause(attempts: int) -> timedelta:
    return min(_LONGEST_PAUSE, _FIRST_PAUSE * int(2 ** max(0, attempts - 1)))


_STATUS = """
    SELECT daybook_status(%(practice)s, %(event)s, %(attempt)s, %(sid)s, %(status)s, %(rank)s::smallint, %(error)s,
                          %(source)s, %(now)s)
"""


@dataclass(frozen=True)
class Word:
    """One word of the carrier about one attempt, and when it came."""

    attempt_id: UUID | None
    sid: str
    status: str
    at: datetime
    error_code: str = ""


def note_status(
    practice_id: UUID,
    *,
    attempt_id: UUID | None,
    sid: str,
    status: str,
    source: str,
    now: datetime,
    error_code: str = "",
) -> bool:
    """Write down one word of the carrier and move the text forward, never back; one round trip.

    Returns False when no text of the practice belongs to it; the word is kept all the same.
    """
    word = Word(attempt_id=attempt_id, sid=sid, status=status, at=now, error_code=error_code)
    return bool(round_trips.ask(_STATUS, _noted(practice_id, word, source=source)))


_STATUSES = """
    WITH words (event, attempt, sid, status, rank, error, at) AS (
        SELECT * FROM unnest(%(events)s::uuid[], %(attempts)s::uuid[], %(sids)s::text[], %(statuses)s::text[],
                             %(ranks)s::smallint[], %(errors)s::text[], %(ats)s::timestamptz[])
    ), noted AS (
        INSERT INTO checkins_statusevent
            (id, practice_id, attempt_id, carrier_sid, status, error_code, source, occurred_at, recorded_at)
        SELECT event, %(practice)s, attempt, sid, status, error, %(source)s, at, at FROM words
        -- In one order everywhere, so that two groups with the same words never wait for each other.
        ORDER BY attempt, sid, status, error
        ON CONFLICT DO NOTHING
    ), furthest AS (
        -- One word a text: the one furthest along, as if they had come one after the other.
        SELECT DISTINCT ON (a.message_id) a.message_id, w.*
        FROM words w JOIN checkins_sendattempt a ON a.practice_id = %(practice)s AND a.id = w.attempt
        ORDER BY a.message_id, w.rank DESC, w.at
    ), moved AS (
        UPDATE checkins_outboxrow o SET
            carrier_sid = CASE WHEN w.sid = '' THEN o.carrier_sid ELSE w.sid END,
            status = CASE WHEN w.rank > o.status_rank THEN w.status ELSE o.status END,
            error_code = CASE WHEN w.rank > o.status_rank THEN w.error ELSE o.error_code END,
            failure_followed = CASE WHEN w.rank > o.status_rank THEN w.rank <> %(failed)s ELSE o.failure_followed END,
            status_rank = GREATEST(o.status_rank, w.rank),
            reason = CASE WHEN o.state IN ('sending', 'unknown') THEN 'accepted' ELSE o.reason END,
            finished_at = CASE WHEN o.state IN ('sending', 'unknown') THEN w.at ELSE o.finished_at END,
            lease_until = CASE WHEN o.state IN ('sending', 'unknown') THEN NULL ELSE o.lease_until END,
            state = CASE WHEN o.state IN ('sending', 'unknown') THEN 'sent' ELSE o.state END
        FROM furthest w WHERE o.practice_id = %(practice)s AND o.message_id = w.message_id
        RETURNING o.message_id
    )
    SELECT a.id FROM words w JOIN checkins_sendattempt a ON a.practice_id = %(practice)s AND a.id = w.attempt
    WHERE a.message_id IN (SELECT message_id FROM moved)
"""


def note_statuses(practice_id: UUID, words: Sequence[Word], *, source: str) -> None:
    """Write down many words of the carrier in one statement; words of unknown attempts one by one after it."""
    if not words:
        return
    noted = [_noted(practice_id, word, source=source) for word in words]
    columns = {"event": "events", "attempt": "attempts", "sid": "sids", "status": "statuses"}
    columns |= {"rank": "ranks", "error": "errors", "now": "ats"}
    parameters = {plural: [each[name] for each in noted] for name, plural in columns.items()}
    with connection.cursor() as cursor:
        cursor.execute(
            _STATUSES, {**parameters, "practice": practice_id, "source": source, "failed": RANKS["failed"]}
        )
        known = {attempt for (attempt,) in cursor.fetchall()}
        for each in noted:
            if each["attempt"] not in known:
                cursor.execute(_STATUS, each)
    work.ring(practice_id, work.Queue.SEAL, at=min(word.at for word in words))


def _noted(practice_id: UUID, word: Word, *, source: str) -> dict[str, Any]:
    return {
        "practice": practice_id,
        "event": uuid7(),
        "attempt": word.attempt_id,
        "sid": word.sid,
        "status": word.status,
        "rank": rank(word.status),
        "error": word.error_code,
        "source": source,
        "now": word.at,
    }
