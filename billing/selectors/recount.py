"""The nightly recount in SQL: windows counted again from the monitoring days themselves."""

from uuid import UUID

from django.db import connection

# A data day is a monitoring day that no rule speaks against, so a window never has more of the one than of the
# other, and the dates it names are as many as it counts.
_WRONG = """
    SELECT w.id FROM billing_episodewindow w
    LEFT JOIN checkins_monitoringday d ON d.practice_id = w.practice_id AND d.episode_id = w.episode_id
        AND d.local_date BETWEEN w.starts_on AND w.clipped_to
    WHERE w.practice_id = %s
    GROUP BY w.id
    HAVING w.days > count(d.local_date) OR w.days <> jsonb_array_length(w.dates)
    ORDER BY w.id
"""


def windows_that_cannot_be(practice_id: UUID) -> list[UUID]:
    """Return the windows whose kept count no recount of monitoring days allows; one query, in order of id."""
    with connection.cursor() as cursor:
        cursor.execute(_WRONG, [practice_id])
        return [row[0] for row in cursor.fetchall()]
