"""Marking episodes about which something new is known, for the higher apps to work off."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection

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
