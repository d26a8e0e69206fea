"""How a practice's line does over a span of time: counts only, no names; two queries."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection


class Group(StrEnum):
    """By what check-ins are grouped."""

    ALL = "all"
    AGE = "age"
    LANGUAGE = "language"


@dataclass(frozen=True)
class TextCount:
    """How many texts stand alike; `reason` is ours where one was not sent, `error_code` the carrier's."""

    state: str
    status: str
    reason: str
    error_code: str
    count: int


@dataclass(frozen=True)
class AnswerCount:
    """Check-ins of one group: asked, answered, and the median time to the first answer in seconds."""

    by: Group
    group: str
    asked: int
    answered: int
    median_seconds: float | None


@dataclass(frozen=True)
class LineFigures:
    """Texts by where they ended, and answers by group."""

    texts: Sequence[TextCount]
    answers: Sequence[AnswerCount]


_TEXTS = """
    SELECT o.state, o.status, CASE WHEN o.state = 'skipped' THEN o.reason ELSE '' END, o.error_code, count(*)
    FROM checkins_outboundmessage m
    JOIN checkins_outboxrow o ON o.practice_id = m.practice_id AND o.message_id = m.id
    WHERE m.practice_id = %(practice)s AND m.occurred_at >= %(since)s AND m.occurred_at <= %(now)s
      AND o.not_before <= %(now)s
    GROUP BY 1, 2, 3, 4
"""
# Of check-ins whose time to answer is over, those whose text reached the carrier and was not lost: silence
# about the others says nothing (as CheckIn.objects.asked has it). An answer proves that the text arrived.
_ANSWERS = """
    WITH heard AS (
        SELECT check_in_id, min(received_at) AS at FROM checkins_reading
        WHERE practice_id = %(practice)s AND received_at >= %(since)s AND source <> 'staff'
          AND check_in_id IS NOT NULL
        GROUP BY check_in_id
    ), asked AS (
        SELECT m.language, heard.at AS heard_at,
            CASE WHEN heard.at IS NOT NULL THEN
                GREATEST(0, extract(epoch FROM heard.at - coalesce(o.attempted_at, c.planned_at)))::float8
            END AS seconds,
            CASE
                WHEN p.birth_date IS NULL THEN 'unknown'
                WHEN c.local_date < p.birth_date + interval '45 years' THEN 'under_45'
                WHEN c.local_date < p.birth_date + interval '65 years' THEN '45_64'
                WHEN c.local_date < p.birth_date + interval '75 years' THEN '65_74'
                ELSE '75_over'
            END AS age
        FROM checkins_checkin c
        JOIN checkins_outboundmessage m
          ON m.practice_id = c.practice_id AND m.check_in_id = c.id AND m.kind = 'check_in'
        JOIN checkins_outboxrow o ON o.practice_id = m.practice_id AND o.message_id = m.id
        JOIN patients_patient p ON p.practice_id = m.practice_id AND p.id = m.patient_id
        LEFT JOIN heard ON heard.check_in_id = c.id
        WHERE c.practice_id = %(practice)s AND c.planned_at >= %(since)s AND c.expires_at <= %(now)s
          AND NOT (c.state = 'closed' AND c.closed_reason = 'not_sent')
          AND (heard.at IS NOT NULL OR (o.state = 'sent' AND o.status_rank <> 50))
    )
    SELECT CASE WHEN grouping(age) = 0 THEN 'age' WHEN grouping(language) = 0 THEN 'language' ELSE 'all' END,
        coalesce(age, language, ''), count(*), count(heard_at),
        percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds)
    FROM asked
    GROUP BY GROUPING SETS ((), (age), (language))
"""


def line_figures(practice_id: UUID, *, since: datetime, now: datetime) -> LineFigures:
    """Count a practice's texts and answers from one instant to another; two queries."""
    span: dict[str, Any] = {"practice": practice_id, "since": since, "now": now}
    with connection.cursor() as cursor:
        cursor.execute(_TEXTS, span)
        texts = [TextCount(*row) for row in cursor.fetchall()]
        cursor.execute(_ANSWERS, span)
        answers = [AnswerCount(Group(by), *row) for by, *row in cursor.fetchall()]
    return LineFigures(texts, answers)
