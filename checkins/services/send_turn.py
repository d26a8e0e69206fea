"""A practice's turn of sending: texts leave for the carrier side by side, each in its sender's pace.

Threads wait for their text's turn, stand at the desk with it and call as soon as it has departed and a slot
is free; they never touch the database. What the carrier answers is gathered and written down many at once.
"""

import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from queue import Empty, SimpleQueue
from uuid import UUID

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection

from checkins.gateways import twilio
from checkins.models import Sender
from checkins.services import clock_watch, last_second, line, outbox, pace, sending, writing
from checkins.services.desk import Desk
from checkins.services.line import Route
from checkins.services.slots import Slots
from networks import clock, work
from networks.scoping import practice_scope

_BATCH = 100
# Seconds that one practice sends before the others have their turn.
_TURN = 5.0
_AHEAD = 2.0  # seconds of texts that are claimed at once, so that none waits long with its lease running
_GATHER = 0.02  # seconds in which answers come together before they are written down in one statement
# Seconds within which the call must begin after its departure, where consent, hours and counts were checked; a text
# that found no slot by then goes back and departs anew. Never longer than one call may take.
_FRESH = 1.0


def send_due(practice_id: UUID, *, now: Callable[[], datetime] = clock.now) -> dict[str, int]:
    """Send a practice's texts that are due, batch by batch, for a few seconds; return counts by outcome.

    `more` is among them when texts may be left: the caller lets other practices have their turn first. Nothing
    leaves while this machine's clock is wrong.
    """
    if not clock_watch.may_go_by_the_clock(practice_id):
        return {"clocks_apart": 1}
    ends = time.monotonic() + _TURN
    under_way = _UnderWay(practice_id, now)
    leave = partial(_leave, practice_id, now=now)
    number = settings.SEND_THREADS
    slots = Slots(number, reserve=max(1, number // 4))
    # Half as many threads again: their texts wait for their turn and depart while all slots are taken.
    threads = number + max(1, number // 2)
    with (
        Desk(leave, gather=slots.await_need) as desk,
        ThreadPoolExecutor(max_workers=threads) as pool,
    ):
        try:
            while batch := _claimed(practice_id, now=now):
                for message_id in batch.loads:
                    under_way.add(
                        pool.submit(_send_in_turn, message_id, desk=desk, slots=slots, batch=batch, now=now)
                    )
                # The next texts are claimed before the last of these are under way, so that no thread stands idle.
                under_way.settle(leave=min(2 * number, len(batch.loads) // 2))
                if time.monotonic() > ends:
                    under_way.counts["more"] = 1
                    break
        finally:
            under_way.settle(leave=0)
    return under_way.counts


@dataclass(frozen=True)
class _Batch:
    """Texts claimed together: what each asks of its sender, and their senders' paces and routes."""

    loads: dict[UUID, outbox.Load]
    paces: dict[UUID, float]
    routes: dict[UUID, Route]


def _claimed(practice_id: UUID, *, now: Callable[[], datetime]) -> _Batch | None:
    """Claim the next texts and set when to look again; None when none is due.

    When none is left the next texts of check-ins are written: after all others, so that nothing in them can hold
    up an urgent one.
    """
    batch = _claimed_of_written(practice_id, now=now)
    if batch is None and _write_more(practice_id, now=now):
        batch = _claimed_of_written(practice_id, now=now)
    return batch


def _write_more(practice_id: UUID, *, now: Callable[[], datetime]) -> int:
    with practice_scope(practice_id):
        return writing.write_texts(practice_id, now=now())


def _claimed_of_written(practice_id: UUID, *, now: Callable[[], datetime]) -> _Batch | None:
    with practice_scope(practice_id):
        # Before the look, so that a ring that comes after it stands.
        work.put_off(practice_id, work.Queue.SEND, until=outbox.next_look(practice_id, now=now()))
        paces = _paces(practice_id)
        rows = outbox.claim(practice_id, now=now(), limit=_room(paces))
        if not rows:
            return None
        found = outbox.loads(practice_id, rows)
        loads = {message_id: found[message_id] for message_id in rows}
        return _Batch(loads=loads, paces=paces, routes=line.routes_of(practice_id))


def _leave(
    practice_id: UUID, message_ids: list[UUID], *, now: Callable[[], datetime]
) -> dict[UUID, outbox.Departure]:
    """Depart the texts that stand at the desk together, and keep no connection until the next ones come."""
    try:
        return outbox.depart_together(practice_id, message_ids, now=now())
    finally:
        _let_go()


def _let_go() -> None:
    """Give this thread's connection back, or drop a broken one; one that is inside a transaction stays."""
    if not connection.in_atomic_block:
        close_old_connections()


def _send_in_turn(
    message_id: UUID,
    *,
    desk: Desk[outbox.Departure],
    slots: Slots,
    batch: _Batch,
    now: Callable[[], datetime],
) -> sending.Came:
    """Wait for a text's turn, depart and call; a thread that does so never touches the database itself."""
    load = batch.loads[message_id]
    route = batch.routes[load.sender_id]
    turn = pace.take(
        sender_id=load.sender_id,
        account=route.account_sid,
        per_second=batch.paces[load.sender_id],
        segments=load.segments,
    )
    if isinstance(turn, pace.Later):
        return sending.Came(message_id, outcome=turn)
    try:
        if turn.wait > 0:
            time.sleep(turn.wait)
        departure = desk.depart(message_id, phone_id=load.phone_id)
        if departure is None:
            return sending.Came(message_id, turn=turn)
        departed = time.monotonic()
        with slots:
            last_second.await_room(
                load.sender_id, segments=load.segments, per_second=batch.paces[load.sender_id]
            )
            parcel = sending.pack(departure, route=route, now=now())
            is_fresh = time.monotonic() - departed <= min(_FRESH, settings.TWILIO_TOTAL_SECONDS)
            outcome = sending.hand_over(parcel) if is_fresh else twilio.Unreached()
        return sending.Came(message_id, parcel, outcome, turn)
    except BaseException:
        pace.leave(turn)
        raise


@dataclass
class _UnderWay:
    """The texts that threads have in hand; what comes of them is written down here, many answers at once."""

    practice_id: UUID
    now: Callable[[], datetime]
    counts: dict[str, int] = field(default_factory=dict)
    number: int = 0
    done: SimpleQueue[Future[sending.Came]] = field(default_factory=SimpleQueue)
    error: BaseException | None = None

    def add(self, text: Future[sending.Came]) -> None:
        """Have one more text under way."""
        self.number += 1
        text.add_done_callback(self.done.put)

    def settle(self, *, leave: int) -> None:
        """Write down what comes until no more than `leave` texts are under way.

        The first error of any text is raised at the end: it keeps no other answer from being written down.
        """
        while self.number > leave:
            done = self._next_done()
            self.number -= len(done)
            came: list[sending.Came] = []
            for each in done:
                if error := each.exception():
                    self.error = self.error or error
                else:
                    came.append(each.result())
            pace.leave(*(each.turn for each in came if each.turn))
            self._write_all(came)
            _let_go()
        if self.error:
            raise self.error

    def _next_done(self) -> list[Future[sending.Came]]:
        """Wait for a text to come through, a moment more for others, and return them."""
        found = [self.done.get()]
        if self.number > 1:
            time.sleep(_GATHER)
        try:
            while True:
                found.append(self.done.get_nowait())
        except Empty:
            return found

    def _write_all(self, came: list[sending.Came]) -> None:
        accepted = [each for each in came if isinstance(each.outcome, twilio.Accepted)]
        if len(accepted) > 1 and self._noted_together(accepted):
            self._count("sent", len(accepted))
            came = [each for each in came if not isinstance(each.outcome, twilio.Accepted)]
        for each in came:
            try:
                self._count(sending.write_down(self.practice_id, each, now=self.now()))
            except Exception as error:  # noqa: BLE001 - raised once the other answers are written down
                self.error = self.error or error
                _let_go()

    def _noted_together(self, accepted: list[sending.Came]) -> bool:
        """Note that the carrier took these texts; False when one word cannot be stored: then each by itself."""
        at = self.now()
        words = [
            sending.Word(each.parcel.departure.attempt_id, each.outcome.sid, each.outcome.status, at)
            for each in accepted
            if each.parcel and isinstance(each.outcome, twilio.Accepted)
        ]
        try:
            with practice_scope(self.practice_id):
                sending.note_statuses(self.practice_id, words, source="answer")
        except (DatabaseError, ValueError):
            _let_go()
            return False
        return True

    def _count(self, word: str, number: int = 1) -> None:
        self.counts[word] = self.counts.get(word, 0) + number


def _paces(practice_id: UUID) -> dict[UUID, float]:
    """Return each sender's segments a second."""
    rows = Sender.objects.filter(practice_id=practice_id).values_list("pk", "segments_per_second")
    return {sender_id: float(pace) for sender_id, pace in rows}


def _room(paces: dict[UUID, float]) -> int:
    return max(1, min(_BATCH, int(_AHEAD * sum(paces.values()))))
