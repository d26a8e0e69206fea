"""Values that patients reported, kept with their monitoring days and their episodes touched: one statement.

A reply costs what these rows cost; three statements in place of one were a third of it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from checkins.models import Reading
from networks import work

# A value and a day that are there already stay. Every touch changes its row, even at the same instant, so that
# a worker deletes only what it saw; episodes come in order, so that two of these never wait for each other.
KEEP = """
    WITH given AS MATERIALIZED (
        SELECT * FROM unnest(
            %(ids)s::uuid[], %(episodes)s::uuid[], %(check_ins)s::uuid[], %(messages)s::uuid[],
            %(items)s::text[], %(lows)s::numeric[], %(highs)s::numeric[], %(words)s::text[],
            %(sources)s::text[], %(received)s::timestamptz[], %(dates)s::date[]
        ) AS given (id, episode, check_in, message, item, low, high, word, source, received_at, local_date)
    ), readings AS (
        INSERT INTO checkins_reading (id, practice_id, episode_id, check_in_id, message_id, item, low, high,
            word, source, received_at, local_date)
        SELECT id, %(practice)s, episode, check_in, message, item, low, high, word, source, received_at, local_date
        FROM given ON CONFLICT DO NOTHING
    ), days AS (
        INSERT INTO checkins_monitoringday (id, practice_id, episode_id, local_date)
        SELECT uuidv7(), %(practice)s, episode, local_date FROM given GROUP BY episode, local_date
        ORDER BY episode, local_date ON CONFLICT DO NOTHING
    )
    INSERT INTO checkins_touchedepisode (id, practice_id, episode_id, touched_at)
    SELECT uuidv7(), %(practice)s, episode, %(at)s FROM given GROUP BY episode ORDER BY episode
    ON CONFLICT (practice_id, episode_id) DO UPDATE SET touched_at =
        GREATEST(excluded.touched_at, checkins_touchedepisode.touched_at + interval '1 microsecond')
"""


def keep(values: Sequence[Reading], *, practice_id: UUID, now: datetime) -> None:
    """Write values of one practice that are not there yet, their days, and ring for a decision; two statements.

    Staff's own entries make no monitoring day and do not come this way.
    """
    if not values:
        return
    columns: dict[str, Any] = {
        "ids": [each.pk for each in values],
        "episodes": [each.episode_id for each in values],
        "check_ins": [each.check_in_id for each in values],
        "messages": [each.message_id for each in values],
        "items": [each.item for each in values],
        "lows": [each.low for each in values],
        "highs": [each.high for each in values],
        "words": [each.word for each in values],
        "sources": [str(each.source) for each in values],
        "received": [each.received_at for each in values],
        "dates": [each.local_date for each in values],
    }
    with connection.cursor() as cursor:
        cursor.execute(KEEP, columns | {"practice": practice_id, "at": now})
    work.ring(practice_id, work.Queue.DECIDE, at=now)
