"""Windows about to close whose last days could still change what they amount to; read off an index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from billing.code_set import CODE_SET, System
from billing.worklist import WINDOW_CLOSES_DAYS

# The few are picked from the index, in its order, before anything is joined to them. On the edge: the dates
# left, today's among them, can reach a floor that the days have not reached.
_CLOSING = """
    SELECT patient.id, patient.given_name, patient.family_name, picked.ends_on, picked.days
    FROM (
        SELECT episode_id, ends_on, days FROM billing_episodewindow
        WHERE practice_id = %(practice)s AND ends_on BETWEEN %(today)s AND %(last)s AND clipped_to = ends_on
            AND EXISTS (
                SELECT 1 FROM unnest(%(floors)s::int[]) floor
                WHERE days < floor AND days + (ends_on - %(today)s) + 1 >= floor
            )
        ORDER BY ends_on, days LIMIT %(most)s
    ) picked
    JOIN patients_episode episode ON episode.practice_id = %(practice)s AND episode.id = picked.episode_id
    JOIN patients_patient patient ON patient.practice_id = %(practice)s AND patient.id = episode.patient_id
    ORDER BY picked.ends_on, picked.days, lower(patient.family_name), patient.id
"""


@dataclass(frozen=True)
class ClosingWindow:
    """One window on the edge."""

    patient_id: UUID
    given_name: str
    family_name: str
    ends_on: date
    days: int


def closing_windows(practice_id: UUID, *, today: date, most: int) -> Sequence[ClosingWindow]:
    """Return the unsettled windows that close within three days, the next to close first; one query.

    It costs what it shows, however many patients the practice has.
    """
    last = today + timedelta(days=WINDOW_CLOSES_DAYS)
    tiers = CODE_SET.nearest(last).device_tiers[System.MUSCULOSKELETAL]
    values: dict[str, Any] = {
        "practice": practice_id,
        "today": today,
        "last": last,
        "floors": [tier.minimum for tier in tiers],
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(_CLOSING, values)
        return [ClosingWindow(*row) for row in cursor.fetchall()]
