"""The outbox: texts wait here, are claimed, and each is handed to the carrier at most once.

The order is what keeps a text from going out twice or after a stop: a row is claimed in batches; one
committed statement then moves it to `sending` with a new attempt id, and only if consent, window,
sender and phone still allow it and no unread text of the same phone waits; only then is the carrier
called. Whoever dies in between leaves a row whose lease runs out, and the reconciler takes over.
"""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from django.db.models import Min

from checkins.models import OutboxRow
from checkins.services import unsent
from checkins.services.practice_hours import HOURS_OF, columns_around, hours_around
from networks import round_trips, work
from networks.scoping import Scope, practice_scope, run_at_once

# Against loops with another robot, and so that nobody is drowned in texts (domain facts of 2026-11).
MOST_AN_HOUR = 3
MOST_A_DAY = 6

# Functions, so that their plans are kept; they set the scope themselves (checkins/migrations).
_CLAIM = "SELECT daybook_claim(%s, %s, %s, %s)"
_END = "SELECT daybook_end(%s, %s, %s, %s, %s, %s)"


def claim(practice_id: UUID, *, now: datetime, limit: int = 100) -> list[UUID]:
    """Claim up to `limit` texts that are due and return their ids, the most urgent first.

    Nobody else can claim them meanwhile. Outside a transaction one round trip, committed when it returns.
    """
    claimed: list[UUID] = round_trips.ask(_CLAIM, [practice_id, now, limit, settings.SEND_LEASE_SECONDS])
    return claimed


@dataclass(frozen=True)
class Load:
    """What a text asks of its sender, and whose phone it is for."""

    sender_id: UUID
    phone_id: UUID
    segments: int


def loads(practice_id: UUID, message_ids: list[UUID]) -> dict[UUID, Load]:
    """Return, by row, which sender each text needs, for which phone and for how many segments; one query."""
    rows = OutboxRow.objects.filter(practice_id=practice_id, pk__in=message_ids)
    found = rows.values_list("pk", "sender_id", "phone_id", "message__segments")
    return {
        message_id: Load(sender, phone, max(1, segments)) for message_id, sender, phone, segments in found
    }


def next_look(practice_id: UUID, *, now: datetime) -> datetime:
    """Return when a text that waits comes due next, or a rest from now when that is sooner."""
    later = OutboxRow.objects.filter(
        practice_id=practice_id, state=OutboxRow.State.PENDING, finished_at=None, not_before__gt=now
    ).aggregate(at=Min("not_before"))["at"]
    rest: datetime = work.rest(now)
    return min(later, rest) if later else rest


@dataclass(frozen=True)
class Departure:
    """A text that may be handed over now, under this attempt id; number and body as they are stored, sealed."""

    message_id: UUID
    attempt_id: UUID
    sender_id: UUID
    not_after: datetime
    attempts: int
    from_number: str
    messaging_service_sid: str
    to_number: bytes = field(repr=False)
    body: bytes = field(repr=False)


# A function, so that its plan is kept: making it takes longer than running it (checkins/migrations).
_DEPART = """
    SELECT * FROM daybook_depart(
        %(practice)s, %(texts)s::uuid[], %(now)s, %(lease)s, %(most_an_hour)s, %(most_a_day)s,
        %(hour_days)s::date[], %(hour_opens)s::time[], %(hour_closes)s::time[])
"""

# Two texts of one phone never depart side by side, so that neither overlooks the other in the count. In the
# order of the locks themselves, so that two groups never wait for each other.
_ONE_AT_A_TIME = """
    SELECT pg_advisory_xact_lock(held.key) FROM (
        SELECT DISTINCT hashtextextended(phone_id::text, 3) AS key FROM checkins_outboxrow
        WHERE practice_id = %(practice)s AND message_id = ANY (%(texts)s) AND is_capped
        ORDER BY key
        OFFSET 0  -- keeps the order: locks are taken as these rows come
    ) held
"""


def depart(practice_id: UUID, message_id: UUID, *, now: datetime) -> Departure | None:
    """Move one claimed text to `sending` under a new attempt id, or settle why it must not go and return None."""
    return depart_together(practice_id, [message_id], now=now).get(message_id)


def depart_together(practice_id: UUID, message_ids: list[UUID], *, now: datetime) -> dict[UUID, Departure]:
    """Depart a group of claimed texts, no two for one phone, while no other text for their phones departs.

    Returns the departures by row; why the others must not go is settled. Outside a transaction two round
    trips, the second committed when it returns: calls wait for it.
    """
    scope = Scope.of_practice(practice_id)
    hours = run_at_once(scope, (HOURS_OF, {"practice": practice_id}))[0][0]
    checks = _checks(practice_id, message_ids, now=now) | columns_around(hours, now=now)
    # Statements of their own: the second sees what whoever held the locks before has written.
    _, left = run_at_once(scope, (_ONE_AT_A_TIME, checks), (_DEPART, checks))
    departures = {found[0]: Departure(*found) for found in left}
    if staying := set(message_ids) - departures.keys():
        with practice_scope(practice_id):
            _stay(practice_id, sorted(staying), now=now)
    return departures


def depart_many(practice_id: UUID, message_ids: list[UUID], *, now: datetime) -> list[Departure]:
    """Move claimed texts to `sending`, each under a new attempt id; settle why the others must not go.

    One statement checks everything again, so nothing that happened since the claim is overlooked. The
    sender departs those whose calls begin at once, no two for one phone (`depart_together`); history departs
    many at once, and texts of one phone among them do not count each other.
    """
    checks = _checks(practice_id, message_ids, now=now) | hours_around(practice_id, now=now)
    with connection.cursor() as cursor:
        cursor.execute(_DEPART, checks)
        departures = [Departure(*found) for found in cursor.fetchall()]
    staying = set(message_ids) - {each.message_id for each in departures}
    if staying:
        _stay(practice_id, sorted(staying), now=now)
    return departures


def _checks(practice_id: UUID, message_ids: list[UUID], *, now: datetime) -> dict[str, Any]:
    return {
        "practice": practice_id,
        "texts": message_ids,
        "now": now,
        "lease": settings.SEND_LEASE_SECONDS,
        "most_an_hour": MOST_AN_HOUR,
        "most_a_day": MOST_A_DAY,
    }


# Why a text must stay, asked as `daybook_depart` asks whether it may go.
# The latest word about texts from this phone must be a yes; silence is no consent.
_MAY_TEXT = """
    (SELECT c.act FROM patients_consentevent c
     WHERE c.practice_id = o.practice_id AND c.patient_id = p.patient_id AND c.kind = 'texts'
       AND c.phone_id = o.phone_id AND c.occurred_at <= %(now)s
     ORDER BY c.occurred_at DESC, c.id DESC LIMIT 1) = 'given'
"""
# The first in an order that an index has: asked by EXISTS, a line whose texts came from one number alone makes
# PostgreSQL expect a match on every page and walk the table, for every text that leaves.
_UNREAD = """
    (SELECT i.received_at FROM checkins_inboundrow i
     WHERE i.practice_id = o.practice_id AND i.state = 'pending' AND i.from_index = p.number_index
     ORDER BY i.received_at LIMIT 1) IS NOT NULL
"""
# What asks needs a check-in that waits; a reminder needs one to which nothing at all was said.
_STILL_ASKS = """
    NOT EXISTS (SELECT 1 FROM checkins_outboundmessage m
                JOIN checkins_checkin c ON c.practice_id = m.practice_id AND c.id = m.check_in_id
                WHERE m.practice_id = o.practice_id AND m.id = o.message_id
                  AND (c.state <> 'open' OR (m.kind = 'reminder' AND (c.clarified OR c.open_items <> c.items))))
"""
# Texts of our own that left, or may have left, for this phone within the last hour and day.
_HAS_ROOM = """
    (SELECT count(*) FILTER (WHERE q.attempted_at > %(now)s - interval '1 hour') < %(most_an_hour)s
            AND count(*) < %(most_a_day)s
     FROM checkins_outboxrow q
     WHERE q.practice_id = o.practice_id AND q.phone_id = o.phone_id AND q.is_capped AND q.message_id <> o.message_id
       AND q.state IN ('sending', 'sent', 'unknown') AND q.attempted_at > %(now)s - interval '24 hours')
"""
# The hours of the practice and its state on the patient's own date and clock, by the database's zone data.
_HOURS = """
    hours (day, opens, closes) AS (
        SELECT * FROM unnest(%(hour_days)s::date[], %(hour_opens)s::time[], %(hour_closes)s::time[])
    )
"""
_IN_HOURS = """
    hours h ON h.day = (%(now)s AT TIME ZONE t.time_zone)::date
        AND (%(now)s AT TIME ZONE t.time_zone)::time >= h.opens
        AND (%(now)s AT TIME ZONE t.time_zone)::time < h.closes
"""

# What held a text back may have gone since the departure was refused: then it waits, and is never dropped.
_STAY = f"""
    WITH {_HOURS}
    UPDATE checkins_outboxrow o SET
        state = CASE WHEN verdict.reason = 'accepted' THEN 'sent'
                     WHEN verdict.pause IS NOT NULL THEN 'pending' ELSE 'skipped' END,
        reason = verdict.reason,
        not_before = GREATEST(o.not_before, %(now)s + coalesce(verdict.pause, interval '0')),
        finished_at = CASE WHEN verdict.pause IS NULL THEN %(now)s END,
        lease_until = NULL
    FROM (
        SELECT held.message_id, held.reason,
            CASE held.reason
                WHEN 'unread_text_waits' THEN interval '3 seconds'
                WHEN 'not_yet' THEN interval '3 seconds'
                WHEN 'sender_paused' THEN interval '60 seconds'
                WHEN 'quiet_hours' THEN interval '5 minutes'
                WHEN 'enough_texts' THEN interval '5 minutes'
            END AS pause
        FROM (
            SELECT o.message_id,
                CASE
                    -- A callback proved an earlier attempt while the retry waited.
                    WHEN o.carrier_sid <> '' THEN 'accepted'
                    WHEN o.not_after <= %(now)s THEN 'too_late'
                    WHEN o.needs_consent AND {_UNREAD} THEN 'unread_text_waits'
                    WHEN o.needs_consent AND p.state <> 'active' THEN 'phone_suspended'
                    WHEN o.needs_consent AND NOT coalesce({_MAY_TEXT}, false) THEN 'no_consent'
                    WHEN NOT {_STILL_ASKS} THEN 'no_longer_asked'
                    WHEN o.keeps_hours AND h.day IS NULL THEN 'quiet_hours'
                    WHEN o.is_capped AND NOT {_HAS_ROOM} THEN 'enough_texts'
                    WHEN s.state <> 'ready' THEN 'sender_paused'
                    ELSE 'not_yet'
                END AS reason
            FROM checkins_outboxrow o
            JOIN patients_phone p ON p.practice_id = o.practice_id AND p.id = o.phone_id
            JOIN patients_patient t ON t.practice_id = p.practice_id AND t.id = p.patient_id
            JOIN checkins_sender s ON s.practice_id = o.practice_id AND s.id = o.sender_id
            LEFT JOIN {_IN_HOURS}
            WHERE o.practice_id = %(practice)s AND o.message_id = ANY (%(texts)s) AND o.state = 'claimed'
            OFFSET 0  -- keeps the reason found once: written out wherever it is asked it takes long to plan
        ) held
    ) verdict
    WHERE o.practice_id = %(practice)s AND o.message_id = verdict.message_id AND o.state = 'claimed'
"""  # noqa: S608 - put together from the constants above


def _stay(practice_id: UUID, message_ids: list[UUID], *, now: datetime) -> None:
    checks = _checks(practice_id, message_ids, now=now) | hours_around(practice_id, now=now)
    with connection.cursor() as cursor:
        cursor.execute(_STAY, checks)
    unsent.close_unsent(practice_id, message_ids)


def put_back(practice_id: UUID, message_id: UUID, *, until: datetime, reason: str) -> None:
    """Let a text wait again after a try that certainly sent nothing."""
    OutboxRow.objects.filter(
        practice_id=practice_id, pk=message_id, state__in=[OutboxRow.State.SENDING, OutboxRow.State.CLAIMED]
    ).update(state=OutboxRow.State.PENDING, reason=reason, not_before=until, lease_until=None)
    work.ring(practice_id, work.Queue.SEND, at=until)


def fail(practice_id: UUID, message_id: UUID, *, code: int, reason: str, now: datetime) -> None:
    """End a text that the carrier refused for good."""
    OutboxRow.objects.filter(practice_id=practice_id, pk=message_id, state=OutboxRow.State.SENDING).update(
        state=OutboxRow.State.FAILED,
        reason=reason,
        error_code=str(code),
        status="failed",
        status_rank=50,
        lease_until=None,
        finished_at=now,
        failure_followed=True,
    )
    unsent.close_unsent(practice_id, [message_id])


def doubt(practice_id: UUID, message_id: UUID, *, reason: str) -> None:
    """Note that nobody knows whether a text went out; only the reconciler may settle it."""
    OutboxRow.objects.filter(practice_id=practice_id, pk=message_id, state=OutboxRow.State.SENDING).update(
        state=OutboxRow.State.UNKNOWN, reason=reason, lease_until=None
    )
    work.ring(practice_id, work.Queue.RECONCILE, at=_settled_at(practice_id, message_id))


def _settled_at(practice_id: UUID, message_id: UUID) -> datetime:
    row = OutboxRow.objects.get(practice_id=practice_id, pk=message_id)
    if row.attempted_at is None:
        raise ValueError("A text whose outcome is unknown was attempted.")
    return settled_at(row.attempted_at)


def settled_at(attempted_at: datetime) -> datetime:
    """Return when the carrier's list can be trusted to show an attempt: after the settle time."""
    return attempted_at + timedelta(seconds=settings.SEND_SETTLE_SECONDS)


def end(
    practice_id: UUID,
    message_ids: list[UUID],
    *,
    among: Collection[str],
    state: str,
    reason: str,
    now: datetime,
) -> int:
    """End those of these texts that are in one of the states `among`, as sent, failed or skipped; return how many.

    Outside a transaction one round trip, committed when it returns.
    """
    states = "{" + ",".join(among) + "}"
    texts = round_trips.ids_written(message_ids)
    ended: int = round_trips.ask(_END, [practice_id, texts, states, str(state), reason, now])
    return ended


def drop_waiting(
    practice_id: UUID, *, phone_id: UUID, reason: str, now: datetime, episode_id: UUID | None = None
) -> int:
    """Take back every text to a phone that has not left yet and needs consent; return how many.

    With an episode, only the texts about it.
    """
    waiting = (OutboxRow.State.PENDING, OutboxRow.State.CLAIMED)
    rows = OutboxRow.objects.filter(
        practice_id=practice_id,
        phone_id=phone_id,
        needs_consent=True,
        state__in=waiting,
        finished_at=None,
    )
    if episode_id is not None:
        rows = rows.filter(message__episode_id=episode_id)
    dropped = list(rows.values_list("pk", flat=True))
    count = end(practice_id, dropped, among=waiting, state=OutboxRow.State.SKIPPED, reason=reason, now=now)
    unsent.close_unsent(practice_id, dropped)
    return count
