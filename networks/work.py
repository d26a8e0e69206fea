"""Where work is due: a doorbell in the database that the schedule reads across tenants.

A ring that gets lost costs at most a minute: a worker that has finished sets the next look itself.
"""

from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from django.db import connection

from networks.models import WorkDue


class Queue(StrEnum):
    """What kind of work waits."""

    PLAN = "plan"
    SEND = "send"
    READ = "read"
    RECONCILE = "reconcile"
    DECIDE = "decide"
    SEAL = "seal"
    SEAL_NETWORK = "seal_network"  # the one kind whose row names a network instead of a practice
    SAFETY = "safety"


_RING = """
    INSERT INTO networks_workdue (practice_id, queue, due_at)
    SELECT %(practice)s, %(queue)s, %(at)s
    WHERE NOT EXISTS (
        SELECT 1 FROM networks_workdue
        WHERE practice_id = %(practice)s AND queue = %(queue)s AND due_at <= %(at)s
    )
    ON CONFLICT (practice_id, queue) DO UPDATE SET due_at = LEAST(networks_workdue.due_at, excluded.due_at)
"""


# No turn takes longer; whoever began one before that and has not ended it is dead.
_LONGEST_TURN = timedelta(seconds=60)
_REMEMBERED = timedelta(minutes=10)
_BEGIN = """
    UPDATE networks_workdue w SET
        due_at = %(due)s,
        -- The first turn of several that have not ended: where they die one after the other, that shows.
        busy_since = CASE WHEN w.busy_since > %(forgotten)s THEN w.busy_since ELSE %(now)s END
    WHERE practice_id = %(practice)s AND queue = %(queue)s
    RETURNING w.busy_since <= %(dead)s
"""


def ring(practice_id: UUID, queue: Queue, *, at: datetime) -> None:
    """Say that a practice has work of a kind at an instant; an earlier ring stands."""
    with connection.cursor() as cursor:
        cursor.execute(_RING, {"practice": practice_id, "queue": queue.value, "at": at})


def due(queue: Queue, *, now: datetime) -> list[UUID]:
    """Return the practices where work of a kind is due, the longest waiting first."""
    rows = WorkDue.objects.filter(queue=queue.value, due_at__lte=now).order_by("due_at")
    return list(rows.values_list("practice_id", flat=True))


def is_due(practice_id: UUID, queue: Queue, *, now: datetime) -> bool:
    """Tell whether a practice has work of a kind that is due; one query."""
    return WorkDue.objects.filter(practice_id=practice_id, queue=queue.value, due_at__lte=now).exists()


def put_off(practice_id: UUID, queue: Queue, *, until: datetime) -> None:
    """Set the next look after work was done; rings meanwhile bring it forward again."""
    WorkDue.objects.filter(practice_id=practice_id, queue=queue.value).update(due_at=until)


def begin(practice_id: UUID, queue: Queue, *, now: datetime) -> bool:
    """Begin a turn of work, set the next look as after a rest, and tell whether an earlier turn died.

    A turn dies with its process: by whatever it was at, perhaps. For ten minutes every turn is told so.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            _BEGIN,
            {
                "practice": practice_id,
                "queue": queue.value,
                "now": now,
                "due": rest(now),
                "dead": now - _LONGEST_TURN,
                "forgotten": now - _REMEMBERED,
            },
        )
        row = cursor.fetchone()
    return bool(row and row[0])


def end(practice_id: UUID, queue: Queue, *, now: datetime) -> None:
    """End a turn of work; the mark of one that died stays."""
    WorkDue.objects.filter(
        practice_id=practice_id, queue=queue.value, busy_since__gt=now - _LONGEST_TURN
    ).update(busy_since=None)


def rest(now: datetime) -> datetime:
    """Return when to look again although nobody rang: a minute from now."""
    return now + timedelta(seconds=60)
