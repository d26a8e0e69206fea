"""Reads shaped for one page or panel; each says how many queries it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import connection
from django.db.models import Count, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import JSONObject

from checkins.models import (
    AdoptedProtocol,
    Alert,
    AlertEvent,
    Correction,
    InboundMessage,
    InboundRow,
    LineNotice,
    OutboundMessage,
    OwnActivity,
    Plan,
    Protocol,
    Reading,
    ReplyReading,
    Sender,
    Snooze,
)
from networks.models import Heartbeat, WorkDue
from patients.models import Patient, Phone

_SHOWN = 80  # texts of either direction on a page; older ones open on request
_MOST_SHOWN = 4_000  # when somebody asks for the whole history: years of texts
ALERT_EVENTS = Prefetch(
    "events",
    queryset=AlertEvent.objects.select_related("by").order_by("occurred_at", "id"),
    to_attr="history",
)


@dataclass(frozen=True)
class Talk:
    """A patient's texts both ways and the alerts they raised, each newest first."""

    texts_in: Sequence[InboundRow]
    texts_out: Sequence[OutboundMessage]
    alerts: Sequence[Alert]


def talk_with(practice_id: UUID, patient_id: UUID, *, since: datetime | None = None) -> Talk:
    """Return the latest texts, or those since an instant, and all open or recent alerts; four queries."""
    most = _SHOWN if since is None else _MOST_SHOWN
    start = since or datetime.min.replace(tzinfo=UTC)
    texts_in = (
        InboundRow.objects.filter(practice_id=practice_id, patient_id=patient_id, received_at__gte=start)
        .select_related("message", "message__reading", "phone")
        .annotate(corrections=corrections(), reported_by=_reported_by())
        .order_by("-received_at", "-id")[:most]
    )
    texts_out = (
        OutboundMessage.objects.filter(practice_id=practice_id, patient_id=patient_id, occurred_at__gte=start)
        .select_related("outbox", "written_by")
        .order_by("-occurred_at", "-id")[:most]
    )
    return Talk(list(texts_in), list(texts_out), alerts_of(practice_id, patient_id))


def _reported_by() -> Subquery:
    """Return whose answers a text holds, as they were kept; none where it holds no answer; no further query."""
    rows = Reading.objects.filter(practice_id=OuterRef("practice_id"), message_id=OuterRef("message_id"))
    return Subquery(rows.values("source")[:1])


def corrections() -> ArraySubquery:
    """Return what people read otherwise in a text, oldest first, for rows with a message; no further query."""
    rows = Correction.objects.filter(practice_id=OuterRef("practice_id"), message_id=OuterRef("message_id"))
    return ArraySubquery(
        rows.order_by("recorded_at", "id").values(
            found=JSONObject(answers="answers", reason="reason", by="by__name", at="recorded_at")
        )
    )


def alerts_of(practice_id: UUID, patient_id: UUID) -> list[Alert]:
    """Return a patient's alerts with what was done about each, newest first; two queries."""
    rows = Alert.objects.filter(practice_id=practice_id, patient_id=patient_id)
    return list(rows.prefetch_related(ALERT_EVENTS).order_by("-occurred_at", "-id")[:_SHOWN])


def phone_in_use(practice_id: UUID, patient_id: UUID) -> Phone | None:
    """Return the number a patient is texted at, or the latest one when none is in use; one query."""
    rows = Phone.objects.filter(practice_id=practice_id, patient_id=patient_id)
    return rows.order_by("state", "-added_at").first()


def numbers_of(practice_id: UUID, patient_id: UUID) -> list[Phone]:
    """Return a patient's numbers, the one in use first; one query."""
    rows = Phone.objects.filter(practice_id=practice_id, patient_id=patient_id)
    return list(rows.order_by("state", "-added_at"))


def plan_of(practice_id: UUID, episode_id: UUID) -> Plan | None:
    """Return an episode's latest check-in plan with its protocol; one query."""
    rows = Plan.objects.filter(practice_id=practice_id, episode_id=episode_id).select_related(
        "protocol", "phone", "practice"
    )
    return rows.order_by("-starts_on", "-id").first()


def own_activity_of(practice_id: UUID, episode_id: UUID) -> OwnActivity | None:
    """Return the activity of an episode's own; None where the protocol's is asked about; one query."""
    return OwnActivity.objects.standing().filter(practice_id=practice_id, episode_id=episode_id).first()


def snooze_of(practice_id: UUID, episode_id: UUID, *, today: date) -> Snooze | None:
    """Return the snooze that sets an episode aside on a date; one query."""
    rows = Snooze.objects.filter(practice_id=practice_id, episode_id=episode_id, until__gt=today).standing()
    return rows.select_related("by").order_by("-occurred_at", "-id").first()


def plan_in_force(practice_id: UUID, patient_id: UUID) -> Plan | None:
    """Return the check-in plan that a patient is asked by now; one query."""
    rows = Plan.objects.filter(practice_id=practice_id, episode__patient_id=patient_id, ends_on=None)
    return rows.order_by("-starts_on").first()


def protocols_of(practice_id: UUID) -> list[AdoptedProtocol]:
    """Return every version of a practice's protocols, by code and the newest first; one query."""
    rows = AdoptedProtocol.objects.filter(practice_id=practice_id).select_related("changed_by")
    return list(rows.order_by("code", "-version"))


def shipped_but_not_adopted(practice_id: UUID) -> list[str]:
    """Return the codes of shipped protocols of which a practice has no version; one query."""
    own = AdoptedProtocol.objects.filter(practice_id=practice_id).values("code")
    return sorted(set(Protocol.objects.exclude(code__in=own).values_list("code", flat=True)))


def episodes_by_protocol(practice_id: UUID) -> dict[UUID, int]:
    """Return how many running episodes follow each version; one query."""
    running = Plan.objects.filter(practice_id=practice_id, ends_on=None).order_by()
    return dict(running.values_list("protocol_id").annotate(Count("pk")))


def protocol_in_use(practice_id: UUID, code: str) -> AdoptedProtocol | None:
    """Return the latest version of a protocol that the practice took over; one query."""
    return AdoptedProtocol.objects.filter(practice_id=practice_id, code=code).order_by("-version").first()


def with_latest_text(patients: QuerySet[Patient]) -> QuerySet[Patient]:
    """Add to patients when they last wrote, without a further query."""
    latest = InboundRow.objects.filter(
        practice_id=OuterRef("practice_id"), patient_id=OuterRef("pk")
    ).order_by("-received_at")
    return patients.annotate(last_wrote_at=Subquery(latest.values("received_at")[:1]))


@dataclass(frozen=True)
class LineHealth:
    """How the machine runs: no row of it says whose."""

    notices: Sequence[LineNotice]
    heartbeats: Sequence[Heartbeat]
    work: Sequence[WorkDue]


def line_health() -> LineHealth:
    """Return notices, pulses and waiting work of the whole installation; three queries, no patient data."""
    return LineHealth(
        notices=list(LineNotice.objects.order_by("-last_at")[:200]),
        heartbeats=list(Heartbeat.objects.order_by("name")),
        work=list(WorkDue.objects.order_by("due_at")[:200]),
    )


def lines_of(practice_id: UUID) -> list[Sender]:
    """Return the practice's own numbers and how they stand; one query."""
    return list(Sender.objects.filter(practice_id=practice_id).order_by("number"))


_TALK = """
    SELECT md5(string_agg(mark, ',' ORDER BY mark)) FROM (
        (SELECT id::text || state AS mark FROM checkins_inboundrow
         WHERE practice_id = %(practice)s AND patient_id = %(patient)s ORDER BY received_at DESC LIMIT 40)
        UNION ALL
        (SELECT text_out.id::text || outbox.state || outbox.status FROM checkins_outboundmessage text_out
         JOIN checkins_outboxrow outbox ON outbox.message_id = text_out.id AND outbox.practice_id = %(practice)s
         WHERE text_out.practice_id = %(practice)s AND text_out.patient_id = %(patient)s
         ORDER BY text_out.occurred_at DESC LIMIT 40)
        UNION ALL
        SELECT correction.id::text FROM checkins_correction correction
        JOIN checkins_inboundrow row ON row.message_id = correction.message_id AND row.practice_id = %(practice)s
        WHERE correction.practice_id = %(practice)s AND row.patient_id = %(patient)s
        UNION ALL
        SELECT event.id::text FROM checkins_alertevent event
        JOIN checkins_alert alert ON alert.id = event.alert_id AND alert.practice_id = %(practice)s
        WHERE event.practice_id = %(practice)s AND alert.patient_id = %(patient)s
        UNION ALL
        SELECT id::text FROM checkins_alert WHERE practice_id = %(practice)s AND patient_id = %(patient)s
    ) newest
"""


def talk_digest(practice_id: UUID, patient_id: UUID) -> str:
    """Return a word that changes with every text, status or alert of a patient; one query."""
    with connection.cursor() as cursor:
        cursor.execute(_TALK, {"practice": practice_id, "patient": patient_id})
        return str(cursor.fetchone()[0])


def counted_answers(message: InboundMessage) -> tuple[dict[str, object], dict[str, object]]:
    """Return what the reader read in a text and what counts after corrections; two queries."""
    reading = ReplyReading.objects.filter(practice_id=message.practice_id, message=message).first()
    read = dict(reading.answers) if reading else {}
    latest = message.corrections.order_by("-recorded_at", "-id").first()
    return read, dict(latest.answers) if latest else read
