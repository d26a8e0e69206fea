"""Reminders: at most one for a check-in to which nothing was said, in one statement a practice."""

import json
from datetime import datetime
from itertools import product
from typing import Any

from django.db import connection

from checkins import wording, wording_choice
from checkins.cadence import parse_content, sets_of
from checkins.models import AdoptedProtocol, CheckIn, OutboundMessage
from checkins.segments import count_segments
from networks.encryption import encrypt
from networks.models import Practice
from patients.models import Language

_BODY = f"{OutboundMessage._meta.db_table}.body"

# Only on the check-in's own local date and inside the texting hours, so many hours after its text was taken
# by the carrier; not after any text from that phone, a clarification, a stop or the end of monitoring.
_REMIND = """
    WITH zones (zone, day, closes_at) AS (
        SELECT * FROM unnest(%(zones)s::text[], %(days)s::date[], %(closes)s::timestamptz[])
    ), wordings (protocol, items, language, body, template, segments, after) AS (
        SELECT p, i::jsonb, l, b, t, s, a
        FROM unnest(%(protocols)s::uuid[], %(items)s::text[], %(languages)s::text[], %(bodies)s::bytea[],
                    %(templates)s::text[], %(segments)s::smallint[], %(afters)s::interval[])
             AS u (p, i, l, b, t, s, a)
    ), quiet AS MATERIALIZED (
        -- Apart from the joins, and by looks into an index for each check-in: right after a day was planned
        -- the database does not know how many rows there are and would join every one with every other.
        SELECT c.id, c.plan_id, c.episode_id, c.local_date, c.items, c.planned_at, s.attempted_at
        FROM checkins_checkin c
        CROSS JOIN LATERAL (
            SELECT o.attempted_at FROM checkins_outboundmessage m
            JOIN checkins_outboxrow o ON o.practice_id = m.practice_id AND o.message_id = m.id
            WHERE m.practice_id = c.practice_id AND m.check_in_id = c.id AND m.kind = 'check_in'
              AND o.state = 'sent' AND o.status_rank <> 50
            LIMIT 1
        ) s
        WHERE c.practice_id = %(practice)s AND c.state = 'open' AND c.expires_at > %(now)s
          AND c.write_by IS NULL AND c.planned_at < %(now)s  -- not those whose texts cannot have left
          AND NOT c.clarified AND c.open_items = c.items
          AND NOT EXISTS (
              SELECT 1 FROM checkins_outboundmessage m
              WHERE m.practice_id = c.practice_id AND m.check_in_id = c.id AND m.kind IN ('reminder', 'clarify')
              OFFSET 0
          )
    ), due AS (
        SELECT c.id AS check_in_id, c.episode_id, e.patient_id, p.phone_id, p.sender_id, z.closes_at,
               w.language, w.body, w.template, w.segments, uuidv7() AS message_id
        FROM quiet c
        JOIN checkins_plan p ON p.practice_id = %(practice)s AND p.id = c.plan_id
        JOIN zones z ON z.zone = p.time_zone AND z.day = c.local_date
        JOIN patients_episode e ON e.practice_id = p.practice_id AND e.id = c.episode_id
        JOIN patients_patient t ON t.practice_id = p.practice_id AND t.id = e.patient_id
        JOIN patients_phone f ON f.practice_id = p.practice_id AND f.id = p.phone_id AND f.state = 'active'
        JOIN wordings w ON w.protocol = p.protocol_id AND w.language = t.language AND w.items = c.items
        WHERE c.attempted_at + w.after <= %(now)s
          AND NOT p.by_link
          AND (p.ends_on IS NULL OR p.ends_on >= z.day) AND (e.ends_on IS NULL OR e.ends_on >= z.day)
          AND NOT EXISTS (
              SELECT 1 FROM checkins_inboundrow i
              WHERE i.practice_id = p.practice_id AND i.from_index = f.number_index
                AND i.received_at >= c.planned_at
                -- Of a shared mobile, not what the other patient wrote.
                AND (i.phone_id IS NULL OR i.phone_id = f.id)
              OFFSET 0
          )
          AND (SELECT a.act FROM patients_consentevent a
               WHERE a.practice_id = p.practice_id AND a.patient_id = e.patient_id AND a.kind = 'texts'
                 AND a.phone_id = p.phone_id AND a.occurred_at <= %(now)s
               ORDER BY a.occurred_at DESC, a.id DESC LIMIT 1) = 'given'
    ), written AS (
        INSERT INTO checkins_outboundmessage
            (id, practice_id, patient_id, episode_id, phone_id, sender_id, check_in_id, kind, body, template,
             language, segments, occurred_at, recorded_at)
        SELECT message_id, %(practice)s, patient_id, episode_id, phone_id, sender_id, check_in_id,
               'reminder', body, template, language, segments, %(now)s, %(now)s
        FROM due
        ON CONFLICT DO NOTHING
        RETURNING id
    )
    INSERT INTO checkins_outboxrow
        (practice_id, message_id, sender_id, phone_id, state, reason, priority, not_before, not_after,
         needs_consent, keeps_hours, is_capped, attempts, carrier_sid, status, status_rank, error_code,
         failure_followed)
    SELECT %(practice)s, d.message_id, d.sender_id, d.phone_id, 'pending', '', 6, %(now)s, d.closes_at,
           true, true, true, 0, '', '', 0, '', true
    FROM due d WHERE d.message_id IN (SELECT id FROM written)
"""


def remind(practice: Practice, *, zones: dict[str, Any], now: datetime) -> int:
    """Make the reminders that are due by now in the zones where texts may go out; return how many were new."""
    asked = CheckIn.objects.waiting().filter(practice=practice, write_by=None, planned_at__lt=now)
    # Planning the statement takes longer than this look, and often nobody waits for anything.
    if not zones["zones"] or not asked.filter(expires_at__gt=now).exists():
        return 0
    wordings = _wordings(practice)
    if not wordings["protocols"]:
        return 0
    parameters = {name: zones[name] for name in ("zones", "days", "closes")} | wordings
    with connection.cursor() as cursor:
        cursor.execute(_REMIND, {**parameters, "practice": practice.pk, "now": now})
        return int(cursor.rowcount)


def _wordings(practice: Practice) -> dict[str, list[Any]]:
    """Return each reminding protocol's text in each language, column by column."""
    names = ("protocols", "items", "languages", "bodies", "templates", "segments", "afters")
    columns: dict[str, list[Any]] = {name: [] for name in names}
    for protocol in AdoptedProtocol.objects.filter(practice=practice).followed():
        content = parse_content(protocol.content)
        if content.remind_after is None:
            continue
        for items, language in product(sets_of(content), Language.values):
            rendered = wording.render(wording_choice.reminding(items), language, practice=practice.text_name)
            columns["protocols"].append(protocol.pk)
            columns["items"].append(json.dumps(items))
            columns["languages"].append(language)
            columns["bodies"].append(encrypt(rendered.text, column=_BODY))
            columns["templates"].append(f"{rendered.template}@{rendered.version}")
            columns["segments"].append(count_segments(rendered.text).count)
            columns["afters"].append(content.remind_after)
    return columns
