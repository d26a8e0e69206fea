"""The Messages page in words: what on the line needs a person."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkins.models import Alert, InboundRow, Sender
from checkins.presenters.timeline import alert_title, body_of, delivery, is_acknowledged
from checkins.reading_words import rules_in_words
from checkins.selectors import Inbox
from networks.templatetags.wording import clock_in, day_in
from patients.models import ConsentEvent
from patients.phones import shown


@dataclass(frozen=True)
class InboxRow:
    """One line of the Messages page."""

    at: str
    text: str
    name: str = ""
    patient_id: UUID | None = None
    alert_id: UUID | None = None
    note: str = ""
    rules: Sequence[str] = ()
    is_acknowledged: bool = False


@dataclass(frozen=True)
class InboxView:
    """The four lists in words."""

    unclear: Sequence[InboxRow]
    unknown: Sequence[InboxRow]
    failed: Sequence[InboxRow]
    stopped: Sequence[InboxRow]

    @property
    def title(self) -> str:
        """The page's title as a sentence."""
        waiting = len(self.unclear)
        if waiting == 0:
            return "No text waits for a person"
        return "1 text waits for a person" if waiting == 1 else f"{waiting} texts wait for a person"


def inbox_view(inbox: Inbox, *, zone: str) -> InboxView:
    """Return the Messages page in words."""
    return InboxView(
        unclear=[_unclear_row(each, zone=zone) for each in inbox.unclear],
        unknown=[
            InboxRow(
                at=_at(each.received_at, zone),
                text=body_of(each),
                name=f"A number ending in {each.message.from_number[-4:]}",
                note=InboundRow.State(each.state).label,
            )
            for each in inbox.unknown
        ],
        failed=[
            InboxRow(
                at=_at(each.not_before, zone),
                text=each.message.body,
                name=each.message.patient.full_name,
                patient_id=each.message.patient_id,
                note=delivery(each, zone=zone),
            )
            for each in inbox.failed
        ],
        stopped=[
            InboxRow(
                at=_at(each.occurred_at, zone),
                text=ConsentEvent.Method(each.method).label,
                name=each.patient.full_name,
                patient_id=each.patient_id,
            )
            for each in inbox.stopped
        ],
    )


def _unclear_row(alert: Alert, *, zone: str) -> InboxRow:
    reading = getattr(alert.message, "reading", None) if alert.message else None
    return InboxRow(
        at=_at(alert.occurred_at, zone),
        text=alert.message.body if alert.message else "",
        name=alert.patient.full_name if alert.patient else "",
        patient_id=alert.patient_id,
        alert_id=alert.pk,
        note=alert_title(alert),
        rules=rules_in_words(reading.reasons) if reading else (),
        is_acknowledged=is_acknowledged(alert),
    )


def _at(instant: datetime, zone: str) -> str:
    return f"{day_in(instant, zone)}, {clock_in(instant, zone)}"


@dataclass(frozen=True)
class LineRow:
    """One of the practice's own numbers."""

    number: str
    state: str
    tone: str
    note: str


_LINE_TONES = {Sender.State.READY: "done", Sender.State.PAUSED: "danger", Sender.State.NOT_READY: "attention"}


def line_rows(senders: Iterable[Sender]) -> list[LineRow]:
    """Return the practice's numbers and how they stand."""
    return [
        LineRow(
            number=shown(each.number),
            state=Sender.State(each.state).label,
            tone=_LINE_TONES[Sender.State(each.state)],
            note=each.pause_reason,
        )
        for each in senders
    ]
