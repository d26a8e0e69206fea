"""Planning: makes the check-ins of today's local dates, in one statement a practice.

Running it twice, or from two schedulers at once, makes nothing twice: they take turns, the second sees what the first
made, and a check-in is unique for its episode, local date and kind. Its text comes only after it.
"""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from checkins.hours import slot_on
from checkins.services import reminding, unread
from checkins.services.asked_texts import PHASES, WORDINGS, own_texts_of, phases_of, texts_of
from checkins.services.link_planning import links_of
from checkins.services.practice_hours import hours_of
from networks import audit, work
from networks.actors import Actor
from networks.local_days import local_date, local_time, zone_named
from networks.models import Practice
from networks.turns import take_turn

_PLANNER = Actor.part("planner")
_ANSWER_WITHIN = timedelta(hours=24)

_ZONES = """
    zones (zone, day, clock, closes_at) AS (
        SELECT * FROM unnest(%(zones)s::text[], %(days)s::date[], %(clocks)s::time[], %(closes)s::timestamptz[])
    )
"""
# The running plans whose hour has come, each with the set of questions of its day.
_DUE = """
        FROM (
            SELECT p.*, e.patient_id, e.ends_on AS episode_ends_on, f.holder
            FROM checkins_plan p
            JOIN patients_episode e ON e.practice_id = p.practice_id AND e.id = p.episode_id
            JOIN patients_phone f ON f.practice_id = p.practice_id AND f.id = p.phone_id AND f.state = 'active'
            WHERE p.practice_id = %(practice)s
            OFFSET 0  -- joined first: how many the rest leaves over, the database would guess far too low
        ) p
        JOIN zones z ON z.zone = p.time_zone
        JOIN phases h ON h.protocol = p.protocol_id
            AND z.day - p.starts_on + 1 >= h.first AND (h.last IS NULL OR z.day - p.starts_on + 1 <= h.last)
            AND extract(isodow FROM z.day)::int = ANY (h.weekdays)
        WHERE p.starts_on <= z.day AND (p.ends_on IS NULL OR p.ends_on >= z.day)
          AND (p.episode_ends_on IS NULL OR p.episode_ends_on >= z.day)
          AND p.send_at <= z.clock
          AND NOT EXISTS (
              SELECT 1 FROM checkins_checkin c
              WHERE c.practice_id = p.practice_id AND c.episode_id = p.episode_id
                AND c.local_date = z.day AND c.kind = 'daily'
              OFFSET 0  -- keeps it a look into the unique index for each plan, never a join with all history
          )
          AND (SELECT c.act FROM patients_consentevent c
               WHERE c.practice_id = p.practice_id AND c.patient_id = p.patient_id AND c.kind = 'texts'
                 AND c.phone_id = p.phone_id AND c.occurred_at <= %(now)s
               ORDER BY c.occurred_at DESC, c.id DESC LIMIT 1) = 'given'
"""
# Everybody but those with a text of their own. In the order of the index that allows an episode one check-in a day:
# its entries are looked up and made side by side. Of two plans of an episode on one day the earlier asks.
_PLAN = f"""
    WITH {_ZONES}, {PHASES}
    INSERT INTO checkins_checkin
        (id, practice_id, episode_id, plan_id, local_date, kind, items, open_items, state, closed_reason,
         clarified, expires_at, planned_at, write_by)
    SELECT uuidv7(), %(practice)s, d.episode_id, d.id, d.day, 'daily', d.items, d.items, 'open', '',
           false, %(expires)s, %(now)s, d.closes_at
    FROM (
        SELECT DISTINCT ON (p.episode_id, z.day) p.episode_id, p.id, z.day, z.closes_at, h.items
        {_DUE}
          AND p.id <> ALL (%(with_own)s::uuid[])
        ORDER BY p.episode_id, z.day, p.id
    ) d
"""  # noqa: S608 - put together from the constants above
# Whose text holds something of the patient, an activity or a link: it is sealed by itself, for its check-in.
_PLAN_OWN = f"""
    WITH {_ZONES}, {PHASES}, {WORDINGS}, own (plan, body, template, segments, words) AS (
        SELECT p, b, t, s, a::jsonb
        FROM unnest(%(own_plans)s::uuid[], %(own_bodies)s::bytea[], %(own_templates)s::text[],
                    %(own_segments)s::smallint[], %(own_words)s::text[]) AS u (p, b, t, s, a)
    ), links (plan, check_in, body, segments) AS (
        SELECT * FROM unnest(%(link_plans)s::uuid[], %(link_check_ins)s::uuid[], %(link_bodies)s::bytea[],
                             %(link_segments)s::smallint[])
    ), asked AS MATERIALIZED (
        -- Apart, so that each plan is looked at once and not once for every wording its protocol has.
        SELECT p.id AS plan_id, p.protocol_id, p.episode_id, p.phone_id, p.sender_id, p.patient_id,
               z.day, z.closes_at, h.set, h.items, p.holder
        {_DUE}
          AND p.id = ANY (%(with_own)s::uuid[])
        ORDER BY p.id  -- all are looked at before the first is written
    ), due AS (
        SELECT p.plan_id, p.episode_id, p.phone_id, p.sender_id, p.patient_id, p.day, p.closes_at,
               w.language, coalesce(l.body, o.body, w.body) AS body, p.items, coalesce(o.words, w.words) AS words,
               CASE WHEN l.plan IS NULL THEN coalesce(o.template, w.template) ELSE %(link_template)s END
                   AS template,
               coalesce(l.segments, o.segments, w.segments) AS segments,
               coalesce(l.check_in, uuidv7()) AS check_in_id, uuidv7() AS message_id
        FROM asked p
        JOIN patients_patient t ON t.practice_id = %(practice)s AND t.id = p.patient_id
        JOIN wordings w ON w.protocol = p.protocol_id AND w.set = p.set
            AND w.language = t.language AND w.holder = p.holder
        LEFT JOIN own o ON o.plan = p.plan_id
        LEFT JOIN links l ON l.plan = p.plan_id
    ), made AS (
        INSERT INTO checkins_checkin
            (id, practice_id, episode_id, plan_id, local_date, kind, items, open_items, state, closed_reason,
             clarified, expires_at, planned_at)
        SELECT check_in_id, %(practice)s, episode_id, plan_id, day, 'daily', items, items, 'open', '',
               false, %(expires)s, %(now)s
        FROM due
        ON CONFLICT (practice_id, episode_id, local_date, kind) DO NOTHING
        RETURNING id
    ), told AS (
        INSERT INTO checkins_askedwords (id, practice_id, check_in_id, words)
        SELECT uuidv7(), %(practice)s, d.check_in_id, d.words
        FROM due d WHERE d.words <> '{{}}' AND coalesce(d.check_in_id IN (SELECT id FROM made), false)
    ), written AS (
        INSERT INTO checkins_outboundmessage
            (id, practice_id, patient_id, episode_id, phone_id, sender_id, check_in_id, kind, body, template,
             language, segments, occurred_at, recorded_at)
        SELECT d.message_id, %(practice)s, d.patient_id, d.episode_id, d.phone_id, d.sender_id, d.check_in_id,
               'check_in', d.body, d.template, d.language, d.segments, %(now)s, %(now)s
        -- Asked as a filter and not joined: the planner cannot know how many rows a WITH yields.
        FROM due d WHERE coalesce(d.check_in_id IN (SELECT id FROM made), false)
        RETURNING id
    )
    INSERT INTO checkins_outboxrow
        (practice_id, message_id, sender_id, phone_id, state, reason, priority, not_before, not_after,
         needs_consent, keeps_hours, is_capped, attempts, carrier_sid, status, status_rank, error_code,
         failure_followed)
    SELECT %(practice)s, d.message_id, d.sender_id, d.phone_id, 'pending', '', 5, %(now)s, d.closes_at,
           true, true, true, 0, '', '', 0, '', true
    FROM due d WHERE coalesce(d.message_id IN (SELECT id FROM written), false)
"""  # noqa: S608 - put together from the constants above

# One look at all plans before anything else: where they are, and whether any text there may be the patient's own.
_PLACES = """
    SELECT time_zone, bool_or(by_link AND ends_on IS NULL)
           OR EXISTS (SELECT 1 FROM checkins_ownactivity WHERE practice_id = %(practice)s AND words <> '')
    FROM checkins_plan WHERE practice_id = %(practice)s
    GROUP BY time_zone ORDER BY time_zone
"""
_EXPIRE = """
    UPDATE checkins_checkin SET state = 'closed', closed_reason = 'expired'
    WHERE practice_id = %(practice)s AND state = 'open' AND expires_at <= %(now)s
    RETURNING id, clarified
"""
_UNWRITTEN = """
    UPDATE checkins_checkin SET state = 'closed', closed_reason = 'not_sent'
    WHERE practice_id = %(practice)s AND state = 'open' AND write_by IS NOT NULL AND write_by <= %(now)s
"""


def close_expired(practice_id: UUID, *, now: datetime) -> None:
    """Close the practice's check-ins that no answer can reach any more, or whose text was not written in time.

    Where a question back stayed unanswered a person reads what it was about.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_UNWRITTEN, {"practice": practice_id, "now": now})
        cursor.execute(_EXPIRE, {"practice": practice_id, "now": now})
        asked_back = [check_in_id for check_in_id, clarified in cursor.fetchall() if clarified]
        if asked_back:
            unread.hand_over(practice_id, asked_back, now=now)


def plan_day(practice_id: UUID, *, now: datetime) -> int:
    """Make every check-in of the practice that is due by now, and every reminder; return how many check-ins are new.

    Their texts are written when their sender comes to them (`writing`), but for those that hold something of the
    patient.
    """
    practice = Practice.objects.get(pk=practice_id)
    places = _places(practice)
    zones = _zones(practice, list(places), now=now)
    made = _make_due(practice, zones=zones, has_own=any(places.values()), now=now) if zones["zones"] else 0
    reminded = reminding.remind(practice, zones=zones, now=now)
    if made or reminded:
        work.ring(practice_id, work.Queue.SEND, at=now)
        work.ring(practice_id, work.Queue.SEAL, at=now)
        audit.record(
            "day.planned",
            actor=_PLANNER,
            subject_type="practice",
            subject_id=practice_id,
            now=now,
            practice_id=practice_id,
            details={"check_ins": made, "reminders": reminded},
        )
    return made


def _make_due(practice: Practice, *, zones: dict[str, Any], has_own: bool, now: datetime) -> int:
    # One planner at a time: the database then need not ask before each row whether another is making it just now.
    take_turn("day", practice.pk)
    expires = now + _ANSWER_WITHIN
    own: dict[str, Any] = {"own_plans": [], "link_plans": []}
    if has_own:
        own = own_texts_of(practice, zones=zones) | links_of(practice, expires_at=expires)
    with_own = [*own["own_plans"], *own["link_plans"]]
    parameters = zones | {"practice": practice.pk, "now": now, "expires": expires, "with_own": with_own}
    with connection.cursor() as cursor:
        cursor.execute(_PLAN, parameters | phases_of(practice))
        made = int(cursor.rowcount)
        if with_own:
            cursor.execute(_PLAN_OWN, parameters | texts_of(practice) | own)
            made += int(cursor.rowcount)
    return made


def _places(practice: Practice) -> dict[str, bool]:
    """Return the zones of the practice's plans, each with whether a text there may hold something of the patient."""
    with connection.cursor() as cursor:
        cursor.execute(_PLACES, {"practice": practice.pk})
        return dict(cursor.fetchall())


def _zones(practice: Practice, names: list[str], *, now: datetime) -> dict[str, Any]:
    """Return today's date, clock and closing hour in each of these zones where texts may go out now."""
    hours = hours_of(practice)
    zones: list[str] = []
    days: list[date] = []
    clocks: list[time] = []
    closes: list[datetime] = []
    for name in names:
        zone = zone_named(name)
        slot = slot_on(local_date(now, zone), hours=hours, zone=zone)
        if slot is not None and slot.holds(now):
            zones.append(name)
            days.append(slot.day)
            clocks.append(local_time(now, zone))
            closes.append(slot.closes_at)
    return {"zones": zones, "days": days, "clocks": clocks, "closes": closes}
