"""Reading texts in: one phone at a time, in the order they came, each in its own transaction."""

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from uuid import UUID

import structlog
from django.db import DatabaseError, connection, transaction

from checkins.models import Alert, InboundMessage, InboundRow, LineNotice
from checkins.services import (
    alerts,
    batch_reading,
    consequences,
    correcting,
    deriving,
    line,
    understanding,
    unknown_senders,
)
from networks import audit, clock, work
from networks.actors import Actor
from networks.scoping import practice_scope

logger = structlog.get_logger(__name__)
_MOST_TRIES = 3
_MOST_PHONES = 200
_TURN = 30.0  # seconds; well under those after which work.py takes a turn for dead
READER = Actor.part("reader")


def read_pending(practice_id: UUID, *, now: Callable[[], datetime] = clock.now) -> dict[str, int]:
    """Read every text of a practice that waits and return counts by what became of them.

    A text that fails three times, or ends its worker so often, is set aside for a person; its neighbours are not
    held up.
    """
    with practice_scope(practice_id):
        has_died = work.begin(practice_id, work.Queue.READ, now=now())
    try:
        return _read_all(practice_id, wary=has_died, now=now)
    finally:
        # An error is no death; where the database is away, the mark makes the next turns slower and nothing else.
        with suppress(DatabaseError), practice_scope(practice_id):
            work.end(practice_id, work.Queue.READ, now=now())


def _read_all(practice_id: UUID, *, wary: bool, now: Callable[[], datetime]) -> dict[str, int]:
    """Read what waits, for as long as a turn may last; `wary` after a worker's death.

    Then each text is read by itself and its try noted before: the next death shows which one it was.
    """
    ends = time.monotonic() + _TURN
    counts: dict[str, int] = {}
    if not wary and (plain := _read_plain(practice_id, now=now)):
        counts["read"] = plain
    with practice_scope(practice_id):
        waiting = _phones_that_wait(practice_id)
    for from_index in waiting:
        if time.monotonic() > ends:
            with practice_scope(practice_id):
                work.ring(practice_id, work.Queue.READ, at=now())
            break
        for word in read_phone(practice_id, from_index, now=now, wary=wary):
            counts[word] = counts.get(word, 0) + 1
    return counts


def read_phone(
    practice_id: UUID, from_index: bytes, *, now: Callable[[], datetime], wary: bool = False
) -> list[str]:
    """Read every waiting text of one phone in the order they came; return what became of each.

    `wary`: note each try before it is made, so that it counts although the worker dies of it.
    """
    words = []
    more = True
    while more:
        if wary and _is_given_up(practice_id, from_index, now=now):
            words.append("quarantined")
            continue
        word, more = _read_next(practice_id, from_index, now=now, is_noted=wary)
        if word:
            words.append(word)
    return words


def _read_plain(practice_id: UUID, *, now: Callable[[], datetime]) -> int:
    try:
        with practice_scope(practice_id):
            return batch_reading.read_plain_answers(practice_id, now=now())
    except Exception:
        # One text that cannot be read must not hold up the others: each gets its own turn below.
        logger.exception("batch_not_read", practice_id=str(practice_id))
        return 0


def _phones_that_wait(practice_id: UUID) -> list[bytes]:
    rows = (
        InboundRow.objects.filter(practice_id=practice_id, state=InboundRow.State.PENDING)
        .order_by("received_at", "message_id")
        .values_list("from_index", "tries")[:_MOST_PHONES]
    )
    # Whoever failed before comes last, so that it can hold nobody up.
    found = sorted(rows, key=lambda row: row[1])
    return list(dict.fromkeys(bytes(each) for each, _ in found))


def _read_next(
    practice_id: UUID, from_index: bytes, *, now: Callable[[], datetime], is_noted: bool
) -> tuple[str, bool]:
    """Read a phone's oldest waiting text; return what became of it and whether another one waits.

    An empty word when there is none or another worker is at it. `is_noted`: this try is counted already.
    """
    row_id: UUID | None = None
    try:
        with practice_scope(practice_id):
            waiting = _take(practice_id, from_index)
            if not waiting:
                return "", False
            row_id = waiting[0].pk
            return _read_one(waiting[0], now=now()), len(waiting) > 1
    except Exception:
        logger.exception("text_not_read", practice_id=str(practice_id), row_id=str(row_id))
        if row_id is None:
            return "", False
        with practice_scope(practice_id):
            return _note_failure(practice_id, row_id, now=now(), is_noted=is_noted), True


def _is_given_up(practice_id: UUID, from_index: bytes, *, now: Callable[[], datetime]) -> bool:
    """Note a try at a phone's oldest waiting text; True when it had its tries and is set aside instead."""
    with practice_scope(practice_id):
        waiting = _take(practice_id, from_index)
        if not waiting:
            return False
        row = waiting[0]
        if row.tries < _MOST_TRIES:
            row.tries += 1
            row.save(update_fields=["tries"])
            return False
        _set_aside(row, now=now())
        return True


def _take(practice_id: UUID, from_index: bytes) -> list[InboundRow]:
    with connection.cursor() as cursor:
        # The lock is the phone's, not the row's: two texts of one phone are never read side by side.
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 2))", [f"{practice_id}:{from_index.hex()}"]
        )
        if not cursor.fetchone()[0]:
            return []
    return list(
        InboundRow.objects.select_related("message")
        .filter(practice_id=practice_id, from_index=from_index, state=InboundRow.State.PENDING)
        .order_by("received_at", "message_id")[:2]
    )


def _read_one(row: InboundRow, *, now: datetime) -> str:
    phone = understanding.phone_of(row)
    if phone is None:
        return _hear_stranger(row, now=now)
    message: InboundMessage = row.message
    check_in = understanding.open_check_in(row, phone)
    understood = understanding.understand(row, message, phone, check_in=check_in)
    row.phone, row.patient_id, row.check_in, row.episode = (
        phone,
        phone.patient_id,
        check_in,
        understood.episode,
    )
    _finish(row, state=InboundRow.State.READ, now=now)
    values = deriving.store(understood, now=now)
    correcting.put_right(understood, actor=READER, now=now)
    consequences.follow(understood, values=values, now=now)
    audit.record(
        "text.read",
        actor=READER,
        subject_type="inbound_message",
        subject_id=message.pk,
        now=now,
        practice_id=row.practice_id,
        patient_id=phone.patient_id,
        details={"kind": understood.reading.kind.value, "reader": understood.reading.reader},
    )
    work.ring(row.practice_id, work.Queue.SEAL, at=now)
    return "read"


def _hear_stranger(row: InboundRow, *, now: datetime) -> str:
    state = unknown_senders.hear(row.message, now=now)
    _finish(row, state=state, now=now)
    if state == InboundRow.State.UNKNOWN_SENDER:
        line.notice(row.practice_id, row.message.sender_id, kind=LineNotice.Kind.UNKNOWN_SENDER, now=now)
    return state.value


def _finish(row: InboundRow, *, state: str, now: datetime) -> None:
    row.state = state
    row.finished_at = now
    row.save(update_fields=["state", "finished_at", "phone", "patient", "check_in", "episode"])


def _note_failure(practice_id: UUID, row_id: UUID, *, now: datetime, is_noted: bool) -> str:
    row = InboundRow.objects.select_related("message").get(practice_id=practice_id, pk=row_id)
    if not is_noted:
        row.tries += 1
        row.save(update_fields=["tries"])
    if row.tries < _MOST_TRIES:
        return "failed"
    _set_aside(row, now=now)
    return "quarantined"


def _set_aside(row: InboundRow, *, now: datetime) -> None:
    """Leave a text unread and have a person read it: nobody knows what it says."""
    try:
        with transaction.atomic():
            _hand_over(row, now=now)
    except Exception:
        # Whatever breaks its reading may break this too; it must not stay and break every turn to come.
        logger.exception("text_not_handed_over", practice_id=str(row.practice_id), row_id=str(row.pk))
        row.phone = row.patient = row.episode = None
    _finish(row, state=InboundRow.State.QUARANTINED, now=now)
    line.notice(row.practice_id, row.message.sender_id, kind=LineNotice.Kind.QUARANTINED, now=now)


def _hand_over(row: InboundRow, *, now: datetime) -> None:
    """Show a text that could not be read as an unclear reply of its patient; nothing for a stranger's."""
    phone = understanding.phone_of(row)
    if phone is None:
        return
    row.phone, row.patient_id = phone, phone.patient_id
    row.episode = understanding.current_episode(row, phone)
    alerts.open_alert(
        phone.patient,
        kind=Alert.Kind.UNCLEAR,
        level=Alert.Level.REVIEW,
        now=now,
        episode=row.episode,
        message=row.message,
    )
