"""Values that patients reported, kept with their monitoring days and their episodes touched: one statement.

A reply costs what these rows cost; three statements in place of one were a third of it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.db import connection

from checkins.models import Reading
from networks import work

# A value that is there already stays, by its id or its text's item; so does a day, whose id is always new.
# Every touch changes its row, even at the same instant, so that a worker deletes only what it saw.
# Episodes come in order, so that two of these never wait for each other.
_MANY = """
    WITH given AS MATERIALIZED (
        SELECT * FROM unnest(
            %(id)s::uuid[], %(episode)s::uuid[], %(check_in)s::uuid[], %(message)s::uuid[],
            %(item)s::text[], %(low)s::numeric[], %(high)s::numeric[], %(word)s::text[],
            %(source)s::text[], %(received)s::timestamptz[], %(date)s::date[]
        ) AS given (id, episode, check_in, message, item, low, high, word, source, received_at, local_date)
    ), readings AS (
        INSERT INTO checkins_reading (id, practice_id, episode_id, check_in_id, message_id, item, low, high,
            word, source, received_at, local_date)
        SELECT id, %(practice)s, episode, check_in, message, item, low, high, word, source, received_at, local_date
        FROM given ON CONFLICT DO NOTHING
    ), days AS (
        INSERT INTO checkins_monitoringday (id, practice_id, episode_id, local_date)
        SELECT uuidv7(), %(practice)s, episode, local_date FROM given GROUP BY episode, local_date
        ORDER BY episode, local_date ON CONFLICT (practice_id, episode_id, local_date) DO NOTHING
    )
    INSERT INTO checkins_touchedepisode (id, practice_id, episode_id, touched_at)
    SELECT uuidv7(), %(practice)s, episode, %(at)s FROM given GROUP BY episode ORDER BY episode
    ON CONFLICT (practice_id, episode_id) DO UPDATE SET touched_at =
        GREATEST(excluded.touched_at, checkins_touchedepisode.touched_at + interval '1 microsecond')
"""
# The same for one episode on one date: nothing is to be grouped or sorted.
_ONE = """
    WITH readings AS (
        INSERT INTO checkins_reading (id, practice_id, episode_id, check_in_id, message_id, item, low, high,
            word, source, received_at, local_date)
        VALUES $rows ON CONFLICT DO NOTHING
    ), days AS (
        INSERT INTO checkins_monitoringday (id, practice_id, episode_id, local_date)
        VALUES (uuidv7(), %(practice)s, %(episode_0)s, %(date_0)s)
        ON CONFLICT (practice_id, episode_id, local_date) DO NOTHING
    )
    INSERT INTO checkins_touchedepisode (id, practice_id, episode_id, touched_at)
    VALUES (uuidv7(), %(practice)s, %(episode_0)s, %(at)s)
    ON CONFLICT (practice_id, episode_id) DO UPDATE SET touched_at =
        GREATEST(excluded.touched_at, checkins_touchedepisode.touched_at + interval '1 microsecond')
"""
_ROW = (
    "(%(id_$n)s, %(practice)s, %(episode_$n)s, %(check_in_$n)s, %(message_$n)s, %(item_$n)s, %(low_$n)s, "
    "%(high_$n)s, %(word_$n)s, %(source_$n)s, %(received_$n)s, %(date_$n)s)"
)
_COLUMNS: Mapping[str, Callable[[Reading], Any]] = {
    "id": attrgetter("pk"),
    "episode": attrgetter("episode_id"),
    "check_in": attrgetter("check_in_id"),
    "message": attrgetter("message_id"),
    "item": attrgetter("item"),
    "low": attrgetter("low"),
    "high": attrgetter("high"),
    "word": attrgetter("word"),
    "source": lambda value: str(value.source),
    "received": attrgetter("received_at"),
    "date": attrgetter("local_date"),
}


def of_one_reply(values: int) -> str:
    """Return the statement for so many values of one episode on one date, their parameters numbered from 0.

    To plan and to run it costs two thirds of what the statement for many does.
    """
    return _ONE.replace("$rows", ", ".join(_ROW.replace("$n", str(place)) for place in range(values)))


def keep(values: Sequence[Reading], *, practice_id: UUID, now: datetime) -> None:
    """Write values of one practice that are not there yet, their days, and ring for a decision; two statements.

    Staff's own entries make no monitoring day and do not come this way.
    """
    if not values:
        return
    given: dict[str, Any] = {"practice": practice_id, "at": now}
    if len({(each.episode_id, each.local_date) for each in values}) == 1:
        statement = of_one_reply(len(values))
        for place, value in enumerate(values):
            given |= {f"{name}_{place}": read(value) for name, read in _COLUMNS.items()}
    else:
        statement = _MANY
        given |= {name: [read(value) for value in values] for name, read in _COLUMNS.items()}
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
    work.ring(practice_id, work.Queue.DECIDE, at=now)
