"""The nightly recount in SQL: windows counted again from the monitoring days themselves."""

from uuid import UUID

from django.db import connection

# A data day is a monitoring day that no rule speaks against, so a window never has more of the one than of the
# other, and the dates it names are as many as it counts. Each window counts its own stretch of the days' index:
# to join them all and group them again sorted gigabytes on disk.
_WRONG = """
    SELECT w.id FROM billing_episodewindow w
    WHERE w.practice_id = %(practice)s AND (w.days <> jsonb_array_length(w.dates) OR w.days > (
        SELECT count(*) FROM checkins_monitoringday d
        WHERE d.practice_id = %(practice)s AND d.episode_id = w.episode_id
            AND d.local_date BETWEEN w.starts_on AND w.clipped_to
    ))
    ORDER BY w.id
"""


def windows_that_cannot_be(practice_id: UUID) -> list[UUID]:
    """Return the windows whose kept count no recount of monitoring days allows; one query, in order of id."""
    with connection.cursor() as cursor:
        cursor.execute(_WRONG, {"practice": practice_id})
        return [row[0] for row in cursor.fetchall()]
