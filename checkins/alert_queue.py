"""Reads for the page of alerts and for drills; each says how many queries it needs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Prefetch, QuerySet

from checkins.models import (
    Alert,
    AlertEvent,
    Drill,
    DrillEvent,
    Escalation,
    EscalationStep,
    OperatorAlarm,
    SafetyNotice,
    WeeklyDrill,
)

OPEN, TAKEN, CLOSED = "open", "taken", "closed"
STATES = (OPEN, TAKEN, CLOSED)

_HISTORY = Prefetch(
    "events",
    queryset=AlertEvent.objects.select_related("by", "closing").order_by("occurred_at", "id"),
    to_attr="history",
)
_STEPS = EscalationStep.objects.order_by("number").prefetch_related(
    Prefetch(
        "notices",
        queryset=SafetyNotice.objects.select_related("user", "row").order_by("occurred_at", "id"),
        to_attr="pages",
    )
)


@dataclass(frozen=True)
class Wanted:
    """Which alerts a page asks for; empty words mean any."""

    state: str = OPEN
    kind: str = ""
    level: str = ""


def alerts_wanted(practice_id: UUID, wanted: Wanted) -> QuerySet[Alert]:
    """Return a practice's alerts of a state, kind and level with their history; the gravest, then the newest first.

    Four queries with those prefetched: alerts, events, steps, pages.
    """
    rows = _in_state(Alert.objects.filter(practice_id=practice_id), wanted.state)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.level:
        rows = rows.filter(level=wanted.level)
    steps = Prefetch("escalation__steps", queryset=_STEPS, to_attr="made")
    return (
        rows.select_related("patient", "message", "escalation")
        .prefetch_related(_HISTORY, steps)
        .order_by("level", "-occurred_at", "-id")
    )


def _in_state(rows: QuerySet[Alert], state: str) -> QuerySet[Alert]:
    events = AlertEvent.objects.filter(practice_id=OuterRef("practice_id"), alert_id=OuterRef("pk"))
    closed = Exists(events.filter(act=AlertEvent.Act.CLOSED))
    taken = Exists(
        events.filter(act=AlertEvent.Act.ACKNOWLEDGED).exclude(
            Exists(
                AlertEvent.objects.filter(
                    practice_id=OuterRef("practice_id"),
                    alert_id=OuterRef("alert_id"),
                    act=AlertEvent.Act.HANDED_BACK,
                    occurred_at__gte=OuterRef("occurred_at"),
                )
            )
        )
    )
    if state == CLOSED:
        return rows.filter(closed)
    if state == TAKEN:
        return rows.filter(~closed, taken)
    return rows.filter(~closed, ~taken)


def count_of(practice_id: UUID) -> dict[str, int]:
    """Return how many alerts are open and taken; two queries."""
    rows = Alert.objects.filter(practice_id=practice_id)
    return {state: _in_state(rows, state).count() for state in (OPEN, TAKEN)}


@dataclass(frozen=True)
class DrillReport:
    """One drill with its steps, its pages and what was done about it."""

    drill: Drill
    escalation: Escalation
    steps: Sequence[EscalationStep]
    events: Sequence[DrillEvent]

    @property
    def answered_at(self) -> datetime | None:
        """When somebody acknowledged it."""
        return next(
            (each.occurred_at for each in self.events if each.act == DrillEvent.Act.ACKNOWLEDGED), None
        )


def report_of(drill: Drill) -> DrillReport:
    """Return a drill's report; four queries."""
    escalation = Escalation.objects.get(practice_id=drill.practice_id, drill=drill)
    return DrillReport(
        drill=drill,
        escalation=escalation,
        steps=list(_STEPS.filter(practice_id=drill.practice_id, escalation=escalation)),
        events=list(
            DrillEvent.objects.filter(practice_id=drill.practice_id, drill=drill)
            .select_related("by")
            .order_by("occurred_at", "id")
        ),
    )


def weekly_drill_of(practice_id: UUID) -> WeeklyDrill | None:
    """Return when a practice has a drill started by itself; None where nobody ever chose; one query."""
    return WeeklyDrill.objects.filter(practice_id=practice_id).select_related("set_by").first()


def drills_of(practice_id: UUID) -> QuerySet[Drill]:
    """Return a practice's drills, newest first, with who started each and how it stands."""
    return (
        Drill.objects.filter(practice_id=practice_id)
        .select_related("started_by", "escalation")
        .order_by("-occurred_at", "-id")
    )


def operator_alarms(*, limit: int = 100) -> list[OperatorAlarm]:
    """Return the installation's latest alarms, open ones first; one query, nobody's data."""
    return list(OperatorAlarm.objects.order_by(F("cleared_at").desc(nulls_first=True), "-opened_at")[:limit])


def open_alarms() -> dict[str, int]:
    """Return how many alarms of each kind are open; one query."""
    rows = OperatorAlarm.objects.filter(cleared_at=None).values("kind").annotate(number=Count("id"))
    return dict.fromkeys(OperatorAlarm.Kind.values, 0) | {each["kind"]: each["number"] for each in rows}
