"""Writing a text into the outbox: the fact, and the row that says what is to be done about it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from checkins.hours import Slot
from checkins.models import CheckIn, OutboundMessage, OutboxRow, Sender
from checkins.segments import count_segments
from networks import work
from networks.models import User
from patients.models import Episode, Phone

# A reply to a text just received must come at once or not at all.
_REPLY_GOOD_FOR = timedelta(minutes=5)  # 47 CFR 64.1200(a)(12), 2024: one confirmation within five minutes
# What the patient's own text or a person asked for; all else counts towards the most a phone gets.
_NOT_CAPPED = frozenset(
    {
        OutboundMessage.Kind.SAFETY,
        OutboundMessage.Kind.STOP_CONFIRMATION,
        OutboundMessage.Kind.START_CONFIRMATION,
        OutboundMessage.Kind.STAFF,
        OutboundMessage.Kind.LINK,
    }
)
_PRIORITY = {OutboundMessage.Kind.SAFETY: 1, OutboundMessage.Kind.CHECK_IN: 5}


@dataclass(frozen=True)
class Draft:
    """A text to be: what, to whom, why."""

    kind: OutboundMessage.Kind
    body: str
    template: str
    language: str


@dataclass(frozen=True)
class Line:
    """Between whom: our sender and the patient's phone, about which episode and check-in."""

    phone: Phone
    sender: Sender
    episode: Episode | None = None
    check_in: CheckIn | None = None


def queue_reply(
    draft: Draft, *, line: Line, answers: UUID, needs_consent: bool, now: datetime, slot: Slot | None = None
) -> OutboundMessage | None:
    """Queue our answer to a text just received, outside texting hours too; None when it was queued before.

    With a slot the answer waits for it.
    """
    known = OutboundMessage.objects.filter(
        practice_id=line.phone.practice_id, answers_message=answers, kind=draft.kind
    )
    if known.exists():
        return None
    return _queue(
        draft,
        line=line,
        now=now,
        not_before=max(now, slot.opens_at) if slot else now,
        not_after=slot.closes_at if slot else now + _REPLY_GOOD_FOR,
        needs_consent=needs_consent,
        keeps_hours=slot is not None,
        answers=answers,
    )


def queue_text(
    draft: Draft,
    *,
    line: Line,
    not_before: datetime,
    not_after: datetime,
    now: datetime,
    written_by: User | None = None,
) -> OutboundMessage:
    """Queue a text of our own for a slot inside the texting hours."""
    return _queue(
        draft,
        line=line,
        now=now,
        not_before=not_before,
        not_after=not_after,
        needs_consent=True,
        keeps_hours=True,
        written_by=written_by,
    )


def _queue(
    draft: Draft,
    *,
    line: Line,
    now: datetime,
    not_before: datetime,
    not_after: datetime,
    needs_consent: bool,
    keeps_hours: bool,
    answers: UUID | None = None,
    written_by: User | None = None,
) -> OutboundMessage:
    practice_id = line.phone.practice_id
    message = OutboundMessage.objects.create(
        practice_id=practice_id,
        patient_id=line.phone.patient_id,
        episode=line.episode,
        phone=line.phone,
        sender=line.sender,
        check_in=line.check_in,
        answers_message=answers,
        kind=draft.kind,
        body=draft.body,
        template=draft.template,
        language=draft.language,
        segments=count_segments(draft.body).count,
        written_by=written_by,
        occurred_at=now,
        recorded_at=now,
    )
    OutboxRow.objects.create(
        practice_id=practice_id,
        message=message,
        sender=line.sender,
        phone=line.phone,
        priority=_PRIORITY.get(OutboundMessage.Kind(draft.kind), 3 if answers is None else 2),
        not_before=not_before,
        not_after=not_after,
        needs_consent=needs_consent,
        keeps_hours=keeps_hours,
        is_capped=draft.kind not in _NOT_CAPPED,
    )
    work.ring(practice_id, work.Queue.SEND, at=not_before)
    work.ring(practice_id, work.Queue.SEAL, at=now)
    return message
