"""Settling texts whose outcome nobody knows: look first, retry at most once, and rather miss than double one.

The guarantee is: exactly once, if the carrier's list is complete within the settle time.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Q

from checkins.gateways import twilio
from checkins.models import LineNotice, OutboundMessage, OutboxRow, SendAttempt
from checkins.services import line, outbox, refusals, unsent
from checkins.services.line import Route
from checkins.services.sending import note_status
from networks import clock, work
from networks.scoping import practice_scope

_SKEW = timedelta(minutes=2)
_MOST_ATTEMPTS = 2

_SWEEP = """
    UPDATE checkins_outboxrow SET
        state = CASE WHEN state = 'claimed' THEN 'pending' ELSE 'unknown' END,
        reason = CASE WHEN state = 'claimed' THEN 'claim_ran_out' ELSE 'sender_died' END,
        lease_until = NULL
    WHERE practice_id = %(practice)s AND finished_at IS NULL AND state IN ('claimed', 'sending')
      AND lease_until < clock_timestamp()
    RETURNING state
"""


def sweep(practice_id: UUID, *, now: datetime) -> int:
    """Free texts whose sender died: unsent ones wait again, attempted ones become unknown; return how many."""
    with connection.cursor() as cursor:
        cursor.execute(_SWEEP, {"practice": practice_id})
        states = [row[0] for row in cursor.fetchall()]
    if "pending" in states:
        work.ring(practice_id, work.Queue.SEND, at=now)
    return len(states)


def reconcile_due(practice_id: UUID, *, now: Callable[[], datetime] = clock.now) -> dict[str, int]:
    """Sweep, then settle every unknown text of a practice whose settle time is over; return counts."""
    counts: dict[str, int] = {}
    with practice_scope(practice_id):
        counts["swept"] = sweep(practice_id, now=now())
        if lost := refusals.follow_failures(practice_id, now=now()):
            counts["lost"] = lost
        routes = line.routes_of(practice_id)
        waiting = list(
            OutboxRow.objects.filter(
                practice_id=practice_id,
                state=OutboxRow.State.UNKNOWN,
                finished_at=None,
                attempted_at__lte=now() - timedelta(seconds=settings.SEND_SETTLE_SECONDS),
            ).values_list("pk", flat=True)
        )
    for message_id in waiting:
        word = _settle_one(practice_id, message_id, routes=routes, now=now)
        counts[word] = counts.get(word, 0) + 1
    with practice_scope(practice_id):
        in_hand = OutboxRow.objects.filter(
            practice_id=practice_id,
            state__in=[OutboxRow.State.CLAIMED, OutboxRow.State.SENDING, OutboxRow.State.UNKNOWN],
            finished_at=None,
        ).exists()
        pause = timedelta(seconds=10) if in_hand else timedelta(seconds=60)
        work.put_off(practice_id, work.Queue.RECONCILE, until=now() + pause)
    return counts


def _settle_one(
    practice_id: UUID, message_id: UUID, *, routes: dict[UUID, Route], now: Callable[[], datetime]
) -> str:
    with practice_scope(practice_id):
        row = (
            OutboxRow.objects.select_related("message", "phone", "sender")
            .filter(practice_id=practice_id, pk=message_id, state=OutboxRow.State.UNKNOWN)
            .first()
        )
        if row is None:
            return "settled_meanwhile"
        first_attempt = (
            SendAttempt.objects.filter(practice_id=practice_id, message=row.message)
            .order_by("occurred_at")
            .values_list("occurred_at", flat=True)
            .first()
        )
    route = routes[row.sender_id]
    account = twilio.Account(sid=route.account_sid, token=route.tokens[0])
    try:
        listed = twilio.list_to(account, to=row.phone.number)
    except twilio.CarrierUnavailable:
        return "list_unavailable"
    since = (first_attempt or now()) - _SKEW
    with practice_scope(practice_id):
        return _conclude(row, listed, since=since, now=now())


def _conclude(row: OutboxRow, listed: list[twilio.Listed], *, since: datetime, now: datetime) -> str:
    match = _unclaimed_match(row, listed, since=since)
    if match is not None:
        note_status(
            row.practice_id,
            attempt_id=row.attempt_id,
            sid=match.sid,
            status=match.status,
            error_code=match.error_code,
            source="list",
            now=now,
        )
        return "found"
    still = OutboxRow.objects.filter(practice_id=row.practice_id, pk=row.pk, state=OutboxRow.State.UNKNOWN)
    if row.attempts < _MOST_ATTEMPTS and now < row.not_after:
        if still.update(state=OutboxRow.State.PENDING, reason="retry_after_lookup", not_before=now):
            work.ring(row.practice_id, work.Queue.SEND, at=now)
        return "retried"
    if outbox.end(
        row.practice_id,
        [row.pk],
        among=[OutboxRow.State.UNKNOWN],
        state=OutboxRow.State.SKIPPED,
        reason="outcome_unknown",
        now=now,
    ):
        unsent.close_unsent(row.practice_id, [row.pk])
        line.notice(row.practice_id, row.sender_id, kind=LineNotice.Kind.UNKNOWN_OUTCOME, now=now)
    return "given_up"


def _unclaimed_match(row: OutboxRow, listed: list[twilio.Listed], *, since: datetime) -> twilio.Listed | None:
    """Return the listed text that is this one: same words, same sender, after the first attempt, nobody else's."""
    message: OutboundMessage = row.message
    candidates = [
        each
        for each in listed
        if each.direction.startswith("outbound")
        and each.sender in {row.sender.number, ""}
        and each.body == message.body
        and each.created_at >= since
    ]
    taken = set(
        OutboxRow.objects.filter(
            practice_id=row.practice_id, carrier_sid__in=[each.sid for each in candidates]
        )
        .filter(~Q(pk=row.pk))
        .values_list("carrier_sid", flat=True)
    )
    return next((each for each in candidates if each.sid not in taken), None)
