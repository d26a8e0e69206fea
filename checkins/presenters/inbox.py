"""The Messages page in words: what on the line needs a person."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from checkins.alert_queue import CLOSED, OPEN, STATES, TAKEN
from checkins.models import Alert, InboundRow, OutboundMessage, OutboxRow, PutAside, ReplyReading, Sender
from checkins.presenters.alert_queue import LEVEL_TONES
from checkins.presenters.line_figures import CAUSES
from checkins.presenters.reach import is_to_be_asked
from checkins.presenters.timeline import alert_title, body_of, danger_title, delivery, is_acknowledged
from checkins.reading_words import FAILED, answers_in_words, recorded_in_words, rules_in_words
from checkins.selectors import Failing, Inbox, Unagreed
from checkins.text_outcomes import Outcome, cause_of, outcome_of
from networks.templatetags.wording import moment_in
from patients.models import ConsentEvent, Phone
from patients.phones import shown


@dataclass(frozen=True)
class DangerMark:
    """The danger alert that a text raised, in words, with the state under which the page of alerts lists it."""

    alert_id: UUID
    level: str
    tone: str
    title: str
    state: str

    @property
    def is_open(self) -> bool:
        """Whether nobody has closed it."""
        return self.state != CLOSED

    @property
    def is_acknowledged(self) -> bool:
        """Whether somebody has it in hand."""
        return self.state == TAKEN


@dataclass(frozen=True)
class InboxRow:
    """One line of the Messages page; `further` are short lines beneath what it says."""

    at: str
    text: str
    name: str = ""
    patient_id: UUID | None = None
    alert_id: UUID | None = None
    text_id: UUID | None = None
    note: str = ""
    read: str = ""
    rules: Sequence[str] = ()
    further: Sequence[str] = ()
    is_acknowledged: bool = False
    asks_about_monitoring: bool = False
    danger: DangerMark | None = None


@dataclass(frozen=True)
class InboxView:
    """The lists in words."""

    unclear: Sequence[InboxRow]
    unknown: Sequence[InboxRow]
    failed: Sequence[InboxRow]
    unreachable: Sequence[InboxRow]
    unagreed: Sequence[InboxRow]
    stopped: Sequence[InboxRow]
    cut: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """The page's title as a sentence; a stranger's text waits until its danger, if it has one, is closed."""
        strangers = [each for each in self.unknown if each.danger is None or each.danger.is_open]
        waiting = len(self.unclear) + len(strangers)
        if waiting == 0:
            return "No text waits for a person"
        more = " or more" if self.cut & {"unclear", "unknown"} else ""
        one = waiting == 1 and not more
        return "1 text waits for a person" if one else f"{waiting}{more} texts wait for a person"


def inbox_view(inbox: Inbox, *, zone: str) -> InboxView:
    """Return the Messages page in words."""
    return InboxView(
        unclear=[_unclear_row(each, inbox.replies, zone=zone) for each in inbox.unclear],
        unknown=sorted((stranger_row(each, zone=zone) for each in inbox.unknown), key=_danger_order),
        failed=[_failed_row(each, zone=zone) for each in inbox.failed],
        unreachable=[
            *(_suspended_row(each) for each in inbox.suspended),
            *(_failing_row(each, zone=zone) for each in inbox.failing),
        ],
        unagreed=[_unagreed_row(each, zone=zone) for each in inbox.unagreed],
        stopped=[_stopped_row(each, zone=zone) for each in inbox.stopped],
        cut=inbox.cut | ({"unreachable"} if inbox.cut & {"suspended", "failing"} else set()),
    )


def stranger_row(row: InboundRow, *, zone: str) -> InboxRow:
    """Return a text of a number that no patient has, by the number's last four digits."""
    return InboxRow(
        at=moment_in(row.received_at, zone),
        text=body_of(row),
        name=f"A number ending in {row.message.from_number[-4:]}",
        text_id=row.message_id,
        note=InboundRow.State(row.state).label,
        danger=_danger_mark(getattr(row, "danger", None)),
    )


def aside_row(put: PutAside, *, zone: str) -> InboxRow:
    """Return a stranger's text that is aside, with who put it there when and why."""
    by = f" by {put.by.name}" if put.by else ""
    return InboxRow(
        at=moment_in(put.message.occurred_at, zone),
        text=body_of(put.message.row),
        name=f"A number ending in {put.message.from_number[-4:]}",
        text_id=put.message_id,
        note=put.reason,
        further=[f"Put aside{by}, {moment_in(put.occurred_at, zone)}"],
    )


def _danger_order(row: InboxRow) -> int:
    """Dangers that nobody has in hand first, then those that nobody has closed, then the rest as they were."""
    if row.danger is None:
        return len(STATES)
    return STATES.index(row.danger.state) if row.danger.is_open else len(STATES)


def _danger_mark(found: Mapping[str, Any] | None) -> DangerMark | None:
    if found is None:
        return None
    state = CLOSED if found["is_closed"] else TAKEN if found["is_acknowledged"] else OPEN
    return DangerMark(
        alert_id=UUID(found["id"]),
        level=Alert.Level(found["level"]).label,
        tone=LEVEL_TONES[found["level"]],
        title=danger_title(found["sign"]),
        state=state,
    )


def _unclear_row(alert: Alert, replies: Mapping[UUID, Sequence[OutboundMessage]], *, zone: str) -> InboxRow:
    message = alert.message
    reading = getattr(message, "reading", None) if message else None
    row = getattr(message, "row", None) if message else None
    changes: Sequence[Mapping[str, Any]] = getattr(alert, "corrections", ())
    since = replies.get(alert.patient_id, ()) if alert.patient_id else ()
    return InboxRow(
        at=moment_in(alert.occurred_at, zone),
        text=message.body if message else "",
        name=alert.patient.full_name if alert.patient else "",
        patient_id=alert.patient_id,
        alert_id=alert.pk,
        text_id=row.message_id if row and row.episode_id and reading else None,
        note=alert_title(alert),
        read=_read(reading, changes) if reading else _unread(row),
        rules=rules_in_words(reading.reasons, is_unasked=reading.check_in_id is None) if reading else (),
        further=[_reply(each, zone=zone) for each in since if _is_about(each, alert, row)],
        is_acknowledged=is_acknowledged(alert),
    )


def _unread(row: InboundRow | None) -> str:
    return FAILED if row and row.state == InboundRow.State.QUARANTINED else ""


def _is_about(message: OutboundMessage, alert: Alert, row: InboundRow | None) -> bool:
    """Whether a later text answers this one: staff write to the patient, Daybook asks about one check-in."""
    if message.occurred_at < alert.occurred_at:
        return False
    if message.kind == OutboundMessage.Kind.STAFF:
        return True
    about = row.check_in_id if row else None
    if about is not None and message.check_in_id == about:
        return True
    return message.answers_message is not None and message.answers_message == alert.message_id


def _read(reading: ReplyReading, changes: Sequence[Mapping[str, Any]]) -> str:
    said = answers_in_words(changes[-1]["answers"] if changes else reading.answers)
    if said:
        return f"{'Corrected to' if changes else 'Read as'}: {said}"
    if changes:
        return "Corrected: nothing reported"
    return recorded_in_words(reading.reasons, is_unasked=reading.check_in_id is None)


def _reply(message: OutboundMessage, *, zone: str) -> str:
    row: OutboxRow | None = getattr(message, "outbox", None)
    where = f": {delivery(row, zone=zone)}" if row else ""
    when = moment_in(message.occurred_at, zone)
    if message.kind == OutboundMessage.Kind.STAFF:
        return f"{message.written_by.name if message.written_by else 'Staff'} answered, {when}{where}"
    return f"Daybook asked once more for this check-in, {when}{where}"


def _failed_row(row: OutboxRow, *, zone: str) -> InboxRow:
    is_lost = outcome_of(row.state, row.status) is Outcome.FAILED
    return InboxRow(
        at=moment_in(row.not_before, zone),
        text=row.message.body,
        name=row.message.patient.full_name,
        patient_id=row.message.patient_id,
        note=delivery(row, zone=zone),
        further=[CAUSES[cause_of(row.error_code)]] if is_lost else (),
    )


def _suspended_row(phone: Phone) -> InboxRow:
    holder = "" if phone.holder == Phone.Holder.PATIENT else f" ({phone.relationship or 'a caregiver'})"
    return InboxRow(
        at=f"Number ending in {phone.last_four}{holder}",
        text="The number is set aside until somebody checks it. Nothing is sent; call and ask for the right one.",
        name=phone.patient.full_name,
        patient_id=phone.patient_id,
        note="number set aside",
    )


def _failing_row(failing: Failing, *, zone: str) -> InboxRow:
    causes = list(dict.fromkeys(CAUSES[cause_of(code)] for code in failing.codes))
    return InboxRow(
        at=f"Last on {moment_in(failing.last_at, zone)}",
        text=f"{failing.failures} texts of the last 14 days did not arrive, and none has since.",
        name=failing.name,
        patient_id=failing.patient_id,
        note="texts do not arrive",
        further=causes,
    )


def _unagreed_row(found: Unagreed, *, zone: str) -> InboxRow:
    said_no = f"Said no {moment_in(found.said_no_at, zone)}" if found.said_no_at else "No answer yet"
    if found.is_link_open:
        todo = f"Their link is open until {moment_in(found.link_until, zone)}. Nothing is asked before they agree."
    elif found.link_until:
        ended = moment_in(found.link_until, zone)
        todo = f"Their link ended {ended} without an answer: make a new one, or ask them and write it down."
    elif found.said_no_at:
        todo = "Nothing is asked. Ask again and write it down, or discharge them."
    else:
        todo = "No answer is written down and no link was made: ask them, or make a link."
    return InboxRow(
        at=said_no,
        text=todo,
        name=found.name,
        patient_id=found.patient_id,
        note="said no" if found.said_no_at else "has not agreed yet",
    )


def _stopped_row(event: ConsentEvent, *, zone: str) -> InboxRow:
    who = f" ({event.recorded_by.name})" if event.recorded_by else ""
    return InboxRow(
        at=moment_in(event.occurred_at, zone),
        text=f"{ConsentEvent.Method(event.method).label}{who}",
        name=event.patient.full_name,
        patient_id=event.patient_id,
        asks_about_monitoring=is_to_be_asked(
            stopped_at=event.occurred_at,
            monitoring_act=getattr(event, "monitoring_act", None),
            monitoring_at=getattr(event, "monitoring_at", None),
        ),
    )


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
