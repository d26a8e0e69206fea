"""Has anything changed? Cheap queries whose answers change with every fact that a live page shows."""

import hashlib
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from checkins.selectors import talk_digest
from networks.local_days import local_date

# Rows carry ids in the order of their making; the newest of each kind together change with every new
# fact, whichever transaction came in first. All are read backwards from the (practice, id) index.
_PRACTICE = """
    SELECT md5(string_agg(mark, ',' ORDER BY mark)) FROM (
        (SELECT id::text AS mark FROM checkins_replyreading WHERE practice_id = %(practice)s
         ORDER BY id DESC LIMIT 40)
        UNION ALL (SELECT id::text FROM checkins_alert WHERE practice_id = %(practice)s
         ORDER BY id DESC LIMIT 40)
        UNION ALL (SELECT id::text FROM checkins_alertevent WHERE practice_id = %(practice)s
         ORDER BY id DESC LIMIT 40)
        UNION ALL (SELECT id::text FROM checkins_snooze WHERE practice_id = %(practice)s
         ORDER BY id DESC LIMIT 40)
        UNION ALL (SELECT id::text FROM checkins_checkin WHERE practice_id = %(practice)s
         ORDER BY id DESC LIMIT 40)
        UNION ALL (SELECT id::text FROM billing_timeentry WHERE practice_id = %(practice)s
         ORDER BY id DESC LIMIT 40)
        UNION ALL (SELECT id::text FROM patients_consentevent WHERE practice_id = %(practice)s
         ORDER BY id DESC LIMIT 40)
        UNION ALL (SELECT id::text FROM patients_episode WHERE practice_id = %(practice)s
         ORDER BY id DESC LIMIT 40)
        UNION ALL (SELECT id::text || touched_at::text FROM checkins_touchedepisode WHERE practice_id = %(practice)s)
    ) newest
"""
_CARE = """
    SELECT md5(string_agg(mark, ',' ORDER BY mark)) FROM (
        SELECT entry.id::text AS mark FROM billing_timeentry entry
        JOIN patients_episode episode ON episode.id = entry.episode_id AND episode.practice_id = %(practice)s
        WHERE entry.practice_id = %(practice)s AND episode.patient_id = %(patient)s
        UNION ALL
        SELECT line.id::text || line.status || line.units::text FROM billing_decidedline line
        JOIN patients_episode episode ON episode.id = line.episode_id AND episode.practice_id = %(practice)s
        WHERE line.practice_id = %(practice)s AND episode.patient_id = %(patient)s
        UNION ALL
        SELECT reached.id::text FROM patients_milestone reached
        JOIN patients_episode episode ON episode.id = reached.episode_id AND episode.practice_id = %(practice)s
        WHERE reached.practice_id = %(practice)s AND episode.patient_id = %(patient)s
        UNION ALL
        SELECT activity.id::text FROM checkins_ownactivity activity
        JOIN patients_episode episode ON episode.id = activity.episode_id AND episode.practice_id = %(practice)s
        WHERE activity.practice_id = %(practice)s AND episode.patient_id = %(patient)s
        UNION ALL
        SELECT snooze.id::text FROM checkins_snooze snooze
        JOIN patients_episode episode ON episode.id = snooze.episode_id AND episode.practice_id = %(practice)s
        WHERE snooze.practice_id = %(practice)s AND episode.patient_id = %(patient)s
        UNION ALL
        SELECT id::text FROM patients_consentevent
        WHERE practice_id = %(practice)s AND patient_id = %(patient)s
    ) newest
"""


def practice_digest(practice_id: UUID, *, zone: str, now: datetime) -> str:
    """Return sixteen letters that change with the practice's facts and its local date; one query."""
    found = _ask(_PRACTICE, practice=practice_id)
    return _short(found, local_date(now, ZoneInfo(zone)).isoformat())


def patient_digest(practice_id: UUID, patient_id: UUID, *, zone: str, now: datetime) -> str:
    """Return sixteen letters that change with what is known about a patient and the local date; two queries."""
    talk = talk_digest(practice_id, patient_id)
    care = _ask(_CARE, practice=practice_id, patient=patient_id)
    return _short(talk, care, local_date(now, ZoneInfo(zone)).isoformat())


def _ask(sql: str, **keys: UUID) -> str:
    with connection.cursor() as cursor:
        cursor.execute(sql, keys)
        return str(cursor.fetchone()[0])


def _short(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:16]
