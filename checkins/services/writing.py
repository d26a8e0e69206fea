"""Writing the texts of planned check-ins, some at a time, when their sender comes to them.

A text that nobody is about to send is not written: whoever stopped meanwhile has none that would have to be taken
back, and a large practice's morning is planned in a moment.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection

from checkins.models import CheckIn
from checkins.services.asked_texts import PHASES, WORDINGS, texts_of
from networks import work
from networks.models import Practice

# So many texts are written together, whatever a sender takes at once: preparing the wordings costs as much as dozens.
_TOGETHER = 500

# The day's phase is looked up again: who moved to another version of their protocol meanwhile is asked by that one.
_WRITE = f"""
    WITH {PHASES}, {WORDINGS}, awaiting AS MATERIALIZED (
        SELECT c.id, c.plan_id, c.episode_id, c.local_date, c.write_by
        FROM checkins_checkin c
        WHERE c.practice_id = %(practice)s AND c.state = 'open' AND c.write_by IS NOT NULL
          AND c.write_by > %(now)s
        ORDER BY c.write_by
        LIMIT %(limit)s
        FOR UPDATE SKIP LOCKED
    ), texts AS MATERIALIZED (
        SELECT a.id AS check_in_id, a.episode_id, a.write_by, e.patient_id, p.phone_id, p.sender_id,
               w.language, w.body, w.template, w.segments, w.words, h.items, uuidv7() AS message_id
        FROM awaiting a
        JOIN checkins_plan p ON p.practice_id = %(practice)s AND p.id = a.plan_id
        JOIN patients_episode e ON e.practice_id = %(practice)s AND e.id = a.episode_id
        JOIN patients_patient t ON t.practice_id = %(practice)s AND t.id = e.patient_id
        JOIN patients_phone f ON f.practice_id = %(practice)s AND f.id = p.phone_id
        LEFT JOIN phases h ON h.protocol = p.protocol_id
            AND a.local_date - p.starts_on + 1 >= h.first
            AND (h.last IS NULL OR a.local_date - p.starts_on + 1 <= h.last)
            AND extract(isodow FROM a.local_date)::int = ANY (h.weekdays)
        LEFT JOIN wordings w ON w.protocol = p.protocol_id AND w.set = h.set
            AND w.language = t.language AND w.holder = f.holder
    ), told AS (
        INSERT INTO checkins_askedwords (id, practice_id, check_in_id, words)
        SELECT uuidv7(), %(practice)s, check_in_id, words FROM texts WHERE words <> '{{}}' AND body IS NOT NULL
    ), written AS (
        INSERT INTO checkins_outboundmessage
            (id, practice_id, patient_id, episode_id, phone_id, sender_id, check_in_id, kind, body, template,
             language, segments, occurred_at, recorded_at)
        SELECT message_id, %(practice)s, patient_id, episode_id, phone_id, sender_id, check_in_id,
               'check_in', body, template, language, segments, %(now)s, %(now)s
        FROM texts WHERE body IS NOT NULL
    ), queued AS (
        INSERT INTO checkins_outboxrow
            (practice_id, message_id, sender_id, phone_id, state, reason, priority, not_before, not_after,
             needs_consent, keeps_hours, is_capped, attempts, carrier_sid, status, status_rank, error_code,
             failure_followed)
        SELECT %(practice)s, message_id, sender_id, phone_id, 'pending', '', 5, %(now)s, write_by,
               true, true, true, 0, '', '', 0, '', true
        FROM texts WHERE body IS NOT NULL
    )
    UPDATE checkins_checkin c SET
        write_by = NULL,
        items = coalesce(w.items, c.items),
        open_items = CASE WHEN w.items <> c.items THEN w.items ELSE c.open_items END,
        -- For which nobody has words any more: it is not tried for ever, before all the others.
        state = CASE WHEN w.body IS NULL THEN 'closed' ELSE c.state END,
        closed_reason = CASE WHEN w.body IS NULL THEN 'not_sent' ELSE c.closed_reason END
    FROM texts w
    WHERE c.practice_id = %(practice)s AND c.id = w.check_in_id
"""  # noqa: S608 - put together from the constants above


def write_texts(practice_id: UUID, *, now: datetime, limit: int = _TOGETHER) -> int:
    """Write the texts of up to `limit` check-ins that wait for theirs, so that they can be claimed.

    Returns how many no longer wait. Nobody else writes the same ones meanwhile; a check-in that closed gets none,
    nor one whose hours are over.
    """
    waiting = CheckIn.objects.filter(practice_id=practice_id, write_by__gt=now).waiting()
    if not waiting.exists():
        return 0
    practice = Practice.objects.get(pk=practice_id)
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, texts_of(practice) | {"practice": practice_id, "now": now, "limit": limit})
        written = int(cursor.rowcount)
    if written:
        work.ring(practice_id, work.Queue.SEAL, at=now)
    return written
