"""The timeline of a patient: texts with what was read beneath each, alerts with what was done."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from checkins.models import Alert, AlertEvent, InboundRow, OutboundMessage, OutboxRow, ReplyReading
from checkins.presenters.answerers import answerer, put_right_by
from checkins.reading_words import FAILED, SIGNS, answers_in_words, recorded_in_words, rules_in_words
from checkins.selectors import Talk
from networks.local_days import local_date
from networks.templatetags.wording import clock_in, day, day_in

_TROUBLE = {
    "opted_out": "not sent: the patient stopped the texts",
    "no_consent": "not sent: no consent to texts",
    "expired": "not sent: its time had passed",
    "too_late": "not sent: its time had passed",
    "discharged": "not sent: the episode ended",
    "quiet_hours": "not sent: outside the texting hours",
}
_UNREAD = {
    InboundRow.State.PENDING.value: "Waiting to be read",
    InboundRow.State.QUARANTINED.value: FAILED,
}
_PENDING = (OutboxRow.State.PENDING, OutboxRow.State.CLAIMED)


@dataclass(frozen=True)
class Entry:
    """One thing in a timeline: a text with what lies beneath it, or something that happened."""

    at: datetime
    kind: str
    text: str
    clock: str = ""
    who: str = ""
    tone: str = ""
    icon: str = ""
    read: str = ""
    rules: Sequence[str] = ()
    delivery: str = ""
    notes: Sequence[str] = ()
    text_id: UUID | None = None
    alert_id: UUID | None = None
    may_acknowledge: bool = False
    is_closed: bool = False


@dataclass(frozen=True)
class Day:
    """One local date of a timeline with its entries, oldest first."""

    label: str
    entries: Sequence[Entry] = field(default_factory=tuple)


def timeline(
    talk: Talk, *, zone: str, today: date, further: Iterable[Entry] = (), since: datetime | None = None
) -> list[Day]:
    """Return texts and alerts, and whatever else happened, by local date, oldest first.

    What happened before `since` is left out, except alerts that nobody has closed.
    """
    alerts_by_text = _alerts_by_text(talk.alerts)
    entries = [_text_in(row, alerts_by_text.get(row.message_id, []), zone=zone) for row in talk.texts_in]
    entries += [_text_out(message, zone=zone) for message in talk.texts_out]
    entries += [_alert(each, zone=zone) for each in talk.alerts]
    entries += further
    place = ZoneInfo(zone)
    if since is not None:
        entries = [each for each in entries if each.at >= since or (each.alert_id and not each.is_closed)]
    entries.sort(key=lambda each: each.at)
    return [
        Day(_day_label(local, today=today), [_with_clock(each, zone) for each in group])
        for local, group in groupby(entries, key=lambda each: local_date(each.at, place))
    ]


def alert_title(alert: Alert) -> str:
    """Say what an alert is about."""
    if alert.kind == Alert.Kind.RED_FLAG:
        return danger_title(alert.sign)
    return {
        Alert.Kind.UNCLEAR: "A text that needs a person",
        Alert.Kind.OPTED_OUT: "Stopped the texts",
        Alert.Kind.DECLINED: "Answered no to monitoring",
        Alert.Kind.WRONG_NUMBER: "May be a wrong number",
        Alert.Kind.UNREACHABLE: "Texts do not arrive",
    }[Alert.Kind(alert.kind)]


def danger_title(sign: str) -> str:
    """Say which class of danger sign was read, such as "Danger sign: trouble breathing"."""
    return f"Danger sign: {SIGNS.get(sign, 'something dangerous')}"


def is_acknowledged(alert: Alert) -> bool:
    """Tell whether somebody has an alert in hand, from events fetched with it."""
    taking = [event.act for event in _history(alert) if event.act in AlertEvent.TAKING]
    return bool(taking) and taking[-1] == AlertEvent.Act.ACKNOWLEDGED


def is_closed(alert: Alert) -> bool:
    """Tell whether somebody has closed an alert, from events fetched with it."""
    return any(event.act == AlertEvent.Act.CLOSED for event in _history(alert))


def delivery(row: OutboxRow, *, zone: str) -> str:
    """Say where a text out is."""
    if row.state in _PENDING:
        return f"waits, goes out {day_in(row.not_before, zone)} at {clock_in(row.not_before, zone)}"
    if row.state in (OutboxRow.State.SENDING, OutboxRow.State.UNKNOWN):
        return OutboxRow.State(row.state).label.lower()
    if row.state == OutboxRow.State.SKIPPED:
        return _TROUBLE.get(row.reason, "not sent")
    if row.status in ("failed", "undelivered") or row.state == OutboxRow.State.FAILED:
        code = f" (error {row.error_code})" if row.error_code else ""
        return f"did not arrive{code}"
    return "delivered" if row.status in ("delivered", "read") else "sent"


def _history(alert: Alert) -> Sequence[AlertEvent]:
    return getattr(alert, "history", ())


def _alerts_by_text(alerts: Sequence[Alert]) -> dict[UUID | None, list[Alert]]:
    found: dict[UUID | None, list[Alert]] = {}
    for each in alerts:
        found.setdefault(each.message_id, []).append(each)
    return found


def _text_in(row: InboundRow, alerts: Sequence[Alert], *, zone: str) -> Entry:
    reading = getattr(row.message, "reading", None)
    if reading is None:
        read = _UNREAD.get(row.state, "Not read")
        return Entry(at=row.received_at, kind="in", text=body_of(row), who=answerer(row), read=read)
    changes: Sequence[Mapping[str, Any]] = getattr(row, "corrections", ())
    said = answers_in_words(changes[-1]["answers"] if changes else reading.answers)
    how = "Corrected to" if changes else "Read as"
    is_unasked = reading.check_in_id is None
    return Entry(
        at=row.received_at,
        kind="in",
        text=body_of(row),
        who=answerer(row),
        read=f"{how}: {said}" if said else recorded_in_words(reading.reasons, is_unasked=is_unasked),
        notes=_corrected(row, reading, changes, zone=zone),
        text_id=row.message_id if row.episode_id else None,
        rules=rules_in_words(reading.reasons, is_unasked=is_unasked),
        tone="danger" if any(each.kind == Alert.Kind.RED_FLAG for each in alerts) else "",
    )


def _corrected(
    row: InboundRow, reading: ReplyReading, changes: Sequence[Mapping[str, Any]], *, zone: str
) -> list[str]:
    """Say what the reader had read and who changed it why, oldest first; nothing where nobody did."""
    if not changes:
        return []
    notes = [f"Daybook had read: {answers_in_words(reading.answers) or 'nothing'}"]
    for each in changes:
        at = datetime.fromisoformat(each["at"])
        said = answers_in_words(each["answers"]) or "nothing reported"
        when = f"{day_in(at, zone)}, {clock_in(at, zone)}"
        who = f"by {each['by']}" if each["by"] else put_right_by(row)
        notes.append(f"{said}, {who}: {each['reason']}, {when}")
    return notes


def body_of(row: InboundRow) -> str:
    """Return the words of a text in, with a note for pictures."""
    media = row.message.media
    pictures = (
        ""
        if not media
        else f"[{media} picture{'' if media == 1 else 's'} or file{'' if media == 1 else 's'}]"
    )
    return " ".join(part for part in (row.message.body, pictures) if part) or "(empty text)"


def _text_out(message: OutboundMessage, *, zone: str) -> Entry:
    row: OutboxRow | None = getattr(message, "outbox", None)
    sent_at = (row.attempted_at if row else None) or message.occurred_at
    who = message.written_by.name if message.written_by else OutboundMessage.Kind(message.kind).label
    words = delivery(row, zone=zone) if row else ""
    tone = "attention" if words.startswith(("did not arrive", "not sent")) else ""
    return Entry(at=sent_at, kind="out", text=message.body, who=who, delivery=words, tone=tone)


def _alert(alert: Alert, *, zone: str) -> Entry:
    is_flag = alert.kind == Alert.Kind.RED_FLAG
    return Entry(
        at=alert.occurred_at,
        kind="alert",
        text=alert_title(alert),
        tone="danger" if is_flag else "attention",
        icon="exclamation-octagon" if is_flag else "exclamation-triangle",
        notes=[_event(each, zone=zone) for each in _history(alert)],
        alert_id=alert.pk,
        may_acknowledge=not is_acknowledged(alert) and not is_closed(alert),
        is_closed=is_closed(alert),
    )


def _event(event: AlertEvent, *, zone: str) -> str:
    who = f" by {event.by.name}" if event.by else ""
    reason = f": {event.reason}" if event.reason else ""
    when = f"{day_in(event.occurred_at, zone)}, {clock_in(event.occurred_at, zone)}"
    return f"{AlertEvent.Act(event.act).label}{who}{reason}, {when}"


def _with_clock(entry: Entry, zone: str) -> Entry:
    return Entry(**{**entry.__dict__, "clock": clock_in(entry.at, zone)})


def _day_label(local: date, *, today: date) -> str:
    away = (today - local).days
    return {0: "Today", 1: "Yesterday"}.get(away, day(local))
