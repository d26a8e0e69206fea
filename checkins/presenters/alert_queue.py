"""The page of alerts and the drills in words: who was paged when, who has it, what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from checkins.alert_queue import DrillReport
from checkins.models import Alert, AlertClosing, AlertEvent, Escalation, EscalationStep, SafetyNoticeRow
from checkins.presenters.timeline import alert_title
from networks.templatetags.wording import clock_in, moment_in

LEVEL_TONES = {"L1": "danger", "L2": "attention", "review": ""}
_RUNGS = {
    "page": "Page",
    "page_again": "Page again",
    "backup": "Backup too",
    "owner": "Owner too",
    "again": "Everybody again",
}


@dataclass(frozen=True)
class StepRow:
    """One step of the ladder with its pages."""

    name: str
    at: str
    late_seconds: int
    pages: Sequence[str]
    since_start: str = ""


@dataclass(frozen=True)
class AlertRow:
    """One alert of the page."""

    id: UUID
    title: str
    name: str
    patient_id: UUID | None
    text: str
    level: str
    tone: str
    at: str
    state: str
    next_at: str
    history: Sequence[str]
    steps: Sequence[StepRow] = field(default_factory=tuple)


def alert_row(alert: Alert, *, zone: str) -> AlertRow:
    """Return an alert in words, from what was fetched with it."""
    escalation: Escalation | None = getattr(alert, "escalation", None)
    return AlertRow(
        id=alert.pk,
        title=alert_title(alert),
        name=alert.patient.full_name if alert.patient else "A number that no patient has",
        patient_id=alert.patient_id,
        text=alert.message.body if alert.message else "",
        level=Alert.Level(alert.level).label,
        tone=LEVEL_TONES[alert.level],
        at=moment_in(alert.occurred_at, zone),
        state=Escalation.State(escalation.state).label if escalation else "",
        next_at=clock_in(escalation.next_at, zone) if escalation and escalation.next_at else "",
        history=[_event(each, zone) for each in getattr(alert, "history", ())],
        steps=[step_row(each, zone=zone) for each in getattr(escalation, "made", ())],
    )


def _event(event: AlertEvent, zone: str) -> str:
    closing: AlertClosing | None = getattr(event, "closing", None)
    outcome = f": {AlertClosing.Outcome(closing.outcome).label}" if closing else ""
    who = f" by {event.by.name}" if event.by else ""
    reason = f". {event.reason}" if event.reason else ""
    return f"{moment_in(event.occurred_at, zone)}: {AlertEvent.Act(event.act).label}{who}{outcome}{reason}"


def step_row(step: EscalationStep, *, zone: str, since: datetime | None = None) -> StepRow:
    """Return a step in words, with how late it was and, for a drill, how long after the start."""
    return StepRow(
        name=_RUNGS.get(step.rung, step.rung),
        at=moment_in(step.occurred_at, zone),
        late_seconds=max(0, int((step.occurred_at - step.due_at).total_seconds())),
        pages=[_page(each) for each in getattr(step, "pages", ())],
        since_start=span(step.occurred_at, since) if since else "",
    )


def _page(notice: "object") -> str:
    row: SafetyNoticeRow = notice.row  # type: ignore[attr-defined] # fetched with the notice
    who = row.notice.user.name if row.notice.user else ""
    trouble = f" ({row.reason})" if row.reason and row.state != SafetyNoticeRow.State.SENT else ""
    channel = row.notice.get_channel_display().lower()
    return f"{who}, {channel}: {SafetyNoticeRow.State(row.state).label.lower()}{trouble}"


def span(end: datetime, start: datetime) -> str:
    """Return how long after the start something was, as minutes and seconds."""
    seconds = max(0, int((end - start).total_seconds()))
    return f"{seconds // 60} min {seconds % 60:02d} s"


@dataclass(frozen=True)
class DrillView:
    """A drill's report in words."""

    id: UUID
    level: str
    at: str
    by: str
    state: str
    is_running: bool
    answer: str
    steps: Sequence[StepRow]
    events: Sequence[str]


def drill_view(report: DrillReport, *, zone: str) -> DrillView:
    """Return a drill's report of times in words."""
    drill = report.drill
    answered = report.answered_at
    who = next((each.by.name for each in report.events if each.act == "acknowledged"), "")
    return DrillView(
        id=drill.pk,
        level=Alert.Level(drill.level).label,
        at=moment_in(drill.occurred_at, zone),
        by=drill.started_by.name,
        state=Escalation.State(report.escalation.state).label,
        is_running=report.escalation.state == Escalation.State.CLIMBING,
        answer=f"{who} answered after {span(answered, drill.occurred_at)}" if answered else "",
        steps=[step_row(each, zone=zone, since=drill.occurred_at) for each in report.steps],
        events=[
            f"{moment_in(each.occurred_at, zone)}: {each.get_act_display()} by {each.by.name}"
            for each in report.events
        ],
    )
