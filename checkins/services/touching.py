"""Marking episodes about which something new is known, for the higher apps to work off."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from checkins.models import TouchedEpisode
from networks import work
from networks.keys import uuid7

# Every touch changes the row, even at the same instant: a worker deletes only what it saw.
_TOUCH = """
    INSERT INTO checkins_touchedepisode (id, practice_id, episode_id, touched_at)
    SELECT touched.id, %(practice)s, touched.episode, %(at)s
    FROM unnest(%(ids)s::uuid[], %(episodes)s::uuid[]) AS touched (id, episode)
    ORDER BY touched.episode
    ON CONFLICT (practice_id, episode_id) DO UPDATE SET touched_at =
        GREATEST(excluded.touched_at, checkins_touchedepisode.touched_at + interval '1 microsecond')
"""

# Whoever touches a row just now holds its lock: it is touched again, so it stays.
_FORGET = """
    DELETE FROM checkins_touchedepisode WHERE practice_id = %(practice)s AND id IN (
        SELECT touched.id FROM checkins_touchedepisode touched
        JOIN unnest(%(ids)s::uuid[], %(seen)s::timestamptz[]) AS worked (id, seen_at)
            ON touched.id = worked.id AND touched.touched_at = worked.seen_at
        WHERE touched.practice_id = %(practice)s
        ORDER BY touched.episode_id FOR UPDATE OF touched SKIP LOCKED
    )
"""


@dataclass(frozen=True, slots=True)
class Touched:
    """One entry of the list: which episode, and when it was last touched."""

    id: UUID
    episode_id: UUID
    touched_at: datetime


def touch(episode_ids: Iterable[UUID], *, practice_id: UUID, now: datetime) -> None:
    """Mark episodes of a practice as touched and ring for a decision: two statements however many.

    Runs in the transaction of what became known, so that neither is there without the other.
    """
    episodes = sorted(set(episode_ids))
    if not episodes:
        return
    ids = [uuid7() for _ in episodes]
    with connection.cursor() as cursor:
        cursor.execute(_TOUCH, {"practice": practice_id, "at": now, "ids": ids, "episodes": episodes})
    work.ring(practice_id, work.Queue.DECIDE, at=now)


def touched(practice_id: UUID, *, most: int, patient_id: UUID | None = None) -> list[Touched]:
    """Return a practice's touched episodes, or one patient's, the longest waiting first, no more than `most`.

    One query.
    """
    rows = TouchedEpisode.objects.filter(practice_id=practice_id)
    if patient_id is not None:
        rows = rows.filter(episode__patient_id=patient_id)
    rows = rows.order_by("touched_at", "pk")
    return [Touched(*row) for row in rows.values_list("pk", "episode_id", "touched_at")[:most]]


def forget(worked: Iterable[Touched], *, practice_id: UUID) -> None:
    """Take off the list what was worked off, except episodes touched again meanwhile; one statement."""
    rows = list(worked)
    with connection.cursor() as cursor:
        cursor.execute(
            _FORGET,
            {
                "practice": practice_id,
                "ids": [each.id for each in rows],
                "seen": [each.touched_at for each in rows],
            },
        )
