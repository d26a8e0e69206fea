"""Handing claimed texts to the carrier and writing down what it said."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections, connection

from checkins.gateways import twilio
from checkins.models import OutboundMessage, Sender
from checkins.services import line, outbox, pace, refusals
from checkins.services.line import Route
from checkins.statuses import TRANSIENT, rank
from networks import clock, work
from networks.encryption import decrypt
from networks.keys import uuid7
from networks.scoping import practice_scope
from patients.models import Phone

_BATCH = 100
_BODY = f"{OutboundMessage._meta.db_table}.body"
_NUMBER = f"{Phone._meta.db_table}.number"
# Seconds that one practice sends before the others have their turn.
_TURN = 5.0
_AHEAD = 2.0  # seconds of texts that are claimed at once, so that none waits long with its lease running
_FIRST_PAUSE = timedelta(seconds=5)
_LONGEST_PAUSE = timedelta(minutes=5)


@dataclass(frozen=True)
class _Parcel:
    """Everything one call to the carrier needs, read inside the departure's transaction."""

    departure: outbox.Departure
    route: Route
    text: twilio.Text


def send_due(practice_id: UUID, *, now: Callable[[], datetime] = clock.now) -> dict[str, int]:
    """Send a practice's texts that are due, batch by batch, for a few seconds; return counts by outcome.

    `more` is among them when texts may be left: the caller lets other practices have their turn first.
    """
    counts: dict[str, int] = {}
    ends = time.monotonic() + _TURN
    under_way: set[Future[str]] = set()
    with ThreadPoolExecutor(max_workers=settings.SEND_THREADS) as pool:
        while True:
            with practice_scope(practice_id):
                # Before the look, so that a ring that comes after it stands.
                work.put_off(practice_id, work.Queue.SEND, until=outbox.next_look(practice_id, now=now()))
                paces = _paces(practice_id)
                rows = outbox.claim(practice_id, now=now(), limit=_room(paces))
                loads = outbox.loads(practice_id, rows)
                routes = line.routes_of(practice_id)
            send = partial(_send_in_turn, practice_id, loads=loads, paces=paces, routes=routes, now=now)
            under_way |= {pool.submit(send, row) for row in rows}
            # The next texts are claimed while the last of these are under way, so that no thread stands idle.
            under_way = _settled(under_way, counts, leave=min(settings.SEND_THREADS, len(rows) // 2))
            if not rows:
                break
            if time.monotonic() > ends:
                counts["more"] = 1
                break
        _settled(under_way, counts, leave=0)
    return counts


def _settled(under_way: set[Future[str]], counts: dict[str, int], *, leave: int) -> set[Future[str]]:
    """Wait until no more than `leave` texts are under way, count what came of the others; return the rest."""
    while len(under_way) > leave:
        done, under_way = wait(under_way, return_when=FIRST_COMPLETED)
        for each in done:
            word = each.result()
            counts[word] = counts.get(word, 0) + 1
    return under_way


def _paces(practice_id: UUID) -> dict[UUID, float]:
    """Return each sender's segments a second."""
    rows = Sender.objects.filter(practice_id=practice_id).values_list("pk", "segments_per_second")
    return {sender_id: float(pace) for sender_id, pace in rows}


def _room(paces: dict[UUID, float]) -> int:
    return max(1, min(_BATCH, int(_AHEAD * sum(paces.values()))))


def _send_in_turn(
    practice_id: UUID,
    row_id: UUID,
    *,
    loads: dict[UUID, outbox.Load],
    paces: dict[UUID, float],
    routes: dict[UUID, Route],
    now: Callable[[], datetime],
) -> str:
    load = loads[row_id]
    turn = pace.take(
        sender_id=load.sender_id,
        account=routes[load.sender_id].account_sid,
        per_second=paces[load.sender_id],
        segments=load.segments,
    )
    try:
        if isinstance(turn, pace.Later):
            with practice_scope(practice_id):
                outbox.put_back(
                    practice_id, row_id, until=now() + timedelta(seconds=turn.seconds), reason="sender_busy"
                )
            return "paced"
        time.sleep(turn.wait)
        return send_one(practice_id, row_id, routes=routes, now=now)
    finally:
        if isinstance(turn, pace.Turn):
            pace.leave(turn)
        close_old_connections()


def send_one(
    practice_id: UUID, row_id: UUID, *, routes: dict[UUID, Route], now: Callable[[], datetime] = clock.now
) -> str:
    """Send one claimed text and return a word for what came of it; no transaction is open during the call."""
    with practice_scope(practice_id):
        departure = outbox.depart(practice_id, row_id, now=now())
        parcel = _pack(departure, route=routes[departure.sender_id], now=now()) if departure else None
    if parcel is None:
        return "stayed"
    account = twilio.Account(sid=parcel.route.account_sid, token=parcel.route.tokens[0])
    outcome = twilio.send(account, parcel.text)
    with practice_scope(practice_id):
        return _settle(practice_id, parcel, outcome, now=now())


def _pack(departure: outbox.Departure, *, route: Route, now: datetime) -> _Parcel:
    return _Parcel(
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


def _settle(practice_id: UUID, parcel: _Parcel, outcome: twilio.Outcome, *, now: datetime) -> str:
    row_id = parcel.departure.row_id
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
            if isinstance(outcome, twilio.Busy):
                pace.rest(parcel.departure.sender_id)
            outbox.put_back(
                practice_id, row_id, until=now + _pause(parcel.departure.attempts), reason="carrier_busy"
            )
            return "busy"
        case twilio.Refused(code=code) if code in TRANSIENT:
            outbox.put_back(
                practice_id, row_id, until=now + _pause(parcel.departure.attempts), reason=f"refused_{code}"
            )
            return "busy"
        case twilio.Refused(code=code):
            refusals.handle(practice_id, parcel.departure, code=code, now=now)
            return "refused"
        case twilio.Unknown(what=what):
            outbox.doubt(practice_id, row_id, reason=what)
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
    with connection.cursor() as cursor:
        cursor.execute(_STATUS, _noted(practice_id, word, source=source))
        return bool(cursor.fetchone()[0])


_STATUSES = """
    WITH words (event, attempt, sid, status, rank, error, at) AS (
        SELECT * FROM unnest(%(events)s::uuid[], %(attempts)s::uuid[], %(sids)s::text[], %(statuses)s::text[],
                             %(ranks)s::smallint[], %(errors)s::text[], %(ats)s::timestamptz[])
    ), noted AS (
        INSERT INTO checkins_statusevent
            (id, practice_id, attempt_id, carrier_sid, status, error_code, source, occurred_at, recorded_at)
        SELECT event, %(practice)s, attempt, sid, status, error, %(source)s, at, at FROM words
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
        cursor.execute(_STATUSES, {**parameters, "practice": practice_id, "source": source})
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
