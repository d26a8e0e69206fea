"""Pages to staff by e-mail and text, and the fixed replies to a number that no patient has.

The order is that of the texts to patients: a row is claimed with a lease, and only then does anything leave.
What differs is what happens in doubt: a page whose outcome is unknown is tried again, because a person
paged twice is better than a danger that nobody heard of.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models import Min

from checkins.gateways import twilio
from checkins.models import (
    EscalationStep,
    InboundMessage,
    OperatorAlarm,
    SafetyNotice,
    SafetyNoticeRow,
    Sender,
)
from checkins.page_words import Page, page_of
from checkins.services import alarming, line
from networks import clock, work
from networks.cover import Reach, reaches
from networks.encryption import blind_index
from networks.scoping import practice_scope

logger = structlog.get_logger(__name__)
_GOOD_FOR = timedelta(minutes=30)  # until the next step calls anyway
_ANSWER_GOOD_FOR = timedelta(minutes=5)  # an answer to a text comes at once or not at all, as in texts.py
_LEASE = timedelta(seconds=30)
_PAUSES = (timedelta(seconds=5), timedelta(seconds=15), timedelta(seconds=45), timedelta(minutes=2))
_BUSY = "carrier_busy"
_MOST_TRIES = 6
_BATCH = 50
_CLAIM = """
    WITH picked AS MATERIALIZED (
        SELECT id FROM checkins_safetynoticerow
        WHERE practice_id = %(practice)s AND state IN ('pending', 'sending') AND due_at <= %(now)s
        ORDER BY due_at, id
        LIMIT %(limit)s
        FOR UPDATE SKIP LOCKED
    )
    UPDATE checkins_safetynoticerow r SET
        state = 'sending', attempts = r.attempts + 1, due_at = %(until)s
    FROM picked
    WHERE r.practice_id = %(practice)s AND r.id = picked.id
    RETURNING r.id
"""


def queue_pages(step: EscalationStep, *, people: Iterable[UUID], now: datetime) -> int:
    """Queue a page for each person, by e-mail and, where the practice keeps a mobile, by text; return how many."""
    escalation = step.escalation
    alert = escalation.alert
    is_drill = escalation.drill_id is not None
    has_patient = is_drill or (alert is not None and alert.patient_id is not None)
    place = "/alerts/drills/" if is_drill else ("/today/" if has_patient else "/alerts/")
    page = page_of(
        level=escalation.level,
        has_patient=has_patient,
        is_drill=is_drill,
        address=f"{settings.PUBLIC_BASE_URL}{place}",
    )
    sender = _sender_of(step.practice_id)
    made = [
        notice
        for reach in reaches(step.practice_id, people)
        for notice in _notices(step, reach, page, sender=sender, now=now)
    ]
    for notice in made:
        _queue(notice, now=now)
    return len(made)


def _sender_of(practice_id: UUID) -> Sender | None:
    senders = Sender.objects.filter(practice_id=practice_id, state=Sender.State.READY)
    return senders.order_by("id").first()


def _notices(
    step: EscalationStep, reach: Reach, page: Page, *, sender: Sender | None, now: datetime
) -> list[SafetyNotice]:
    ways = [(SafetyNotice.Channel.EMAIL, reach.email)]
    if reach.mobile and sender is not None:
        ways.append((SafetyNotice.Channel.TEXT, reach.mobile))
    return [
        SafetyNotice(
            practice_id=step.practice_id,
            kind=SafetyNotice.Kind.PAGE,
            channel=channel,
            step=step,
            user_id=reach.user_id,
            sender=sender if channel == SafetyNotice.Channel.TEXT else None,
            to=to,
            to_index=blind_index(to),
            subject=page.subject,
            body=page.text,
            occurred_at=now,
            recorded_at=now,
        )
        for channel, to in ways
    ]


def queue_reply_to_unknown(
    message: InboundMessage, *, body: str, now: datetime, kind: str = SafetyNotice.Kind.REPLY
) -> SafetyNotice | None:
    """Queue a fixed reply to a number that no patient has; None when it got one of its kind within a day."""
    index = blind_index(message.from_number)
    recent = SafetyNotice.objects.filter(
        practice_id=message.practice_id,
        kind=kind,
        to_index=index,
        occurred_at__gt=now - timedelta(days=1),
    )
    sender = Sender.objects.filter(
        practice_id=message.practice_id, pk=message.sender_id, state=Sender.State.READY
    ).first()
    if sender is None or recent.exists():
        return None
    notice = SafetyNotice(
        practice_id=message.practice_id,
        kind=kind,
        channel=SafetyNotice.Channel.TEXT,
        message=message,
        sender=sender,
        to=message.from_number,
        to_index=index,
        body=body,
        occurred_at=now,
        recorded_at=now,
    )
    _queue(notice, now=now)
    return notice


def take_back_answers(practice_id: UUID, number_index: bytes, *, now: datetime) -> int:
    """Take back the unsent answers to a number's keyword after a stop; return how many."""
    return SafetyNoticeRow.objects.filter(
        practice_id=practice_id,
        state=SafetyNoticeRow.State.PENDING,
        notice__kind=SafetyNotice.Kind.JOIN,
        notice__to_index=number_index,
    ).update(state=SafetyNoticeRow.State.FAILED, reason="opted_out", finished_at=now)


def _queue(notice: SafetyNotice, *, now: datetime) -> None:
    with transaction.atomic():
        notice.save(force_insert=True)
        SafetyNoticeRow.objects.create(
            practice_id=notice.practice_id, notice=notice, due_at=now, not_after=now + _good_for(notice)
        )
        work.ring(notice.practice_id, work.Queue.SAFETY, at=now)
        work.ring(notice.practice_id, work.Queue.SEAL, at=now)


def _good_for(notice: SafetyNotice) -> timedelta:
    return _ANSWER_GOOD_FOR if notice.kind == SafetyNotice.Kind.JOIN else _GOOD_FOR


def next_due(practice_id: UUID) -> datetime | None:
    """Return when the next notice is to be tried, None where none waits; one query."""
    found: datetime | None = SafetyNoticeRow.objects.filter(
        practice_id=practice_id,
        state__in=[SafetyNoticeRow.State.PENDING, SafetyNoticeRow.State.SENDING],
    ).aggregate(at=Min("due_at"))["at"]
    return found


@dataclass(frozen=True)
class _Came:
    """What came of one try."""

    word: str
    reason: str = ""
    sid: str = ""


def send_due(practice_id: UUID, *, now: datetime | None = None) -> dict[str, int]:
    """Send every notice of a practice that is due and return counts; no transaction is open during a call."""
    counts: dict[str, int] = {}
    at = now or clock.now()
    with practice_scope(practice_id), connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"practice": practice_id, "now": at, "until": at + _LEASE, "limit": _BATCH})
        claimed = [row[0] for row in cursor.fetchall()]
        rows = list(
            SafetyNoticeRow.objects.filter(practice_id=practice_id, pk__in=claimed).select_related(
                "notice", "notice__sender"
            )
        )
        routes = line.routes_of(practice_id)
    for row in sorted(rows, key=_urgency):
        came = _Came("failed", "too_late") if row.not_after <= at else _try(row, routes)
        with practice_scope(practice_id):
            _settle(row, came, now=now or clock.now())
        counts[came.word] = counts.get(came.word, 0) + 1
    return counts


def _urgency(row: SafetyNoticeRow) -> int:
    """Texts to phones that ring come before e-mails, and the answer to a keyword comes last."""
    if row.notice.kind == SafetyNotice.Kind.JOIN:
        return 2
    return 1 if row.notice.channel == SafetyNotice.Channel.EMAIL else 0


def _try(row: SafetyNoticeRow, routes: dict[UUID, line.Route]) -> _Came:
    if row.notice.kind != SafetyNotice.Kind.JOIN:
        return _hand_over(row, routes)
    # The keyword is answered once or not at all: what may have left is not tried again.
    if row.attempts > 1 and row.reason != _BUSY:
        return _Came("failed", "outcome_unknown")
    came = _hand_over(row, routes)
    return came if came.word != "again" or came.reason == _BUSY else _Came("failed", came.reason)


def _hand_over(row: SafetyNoticeRow, routes: dict[UUID, line.Route]) -> _Came:
    notice = row.notice
    if notice.channel == SafetyNotice.Channel.EMAIL:
        return _mail(notice)
    route = routes.get(notice.sender_id) if notice.sender_id else None
    if route is None or notice.sender is None:
        return _Came("failed", "no_sender")
    account = twilio.Account(sid=route.account_sid, token=route.tokens[0])
    outcome = twilio.send(
        account,
        twilio.Text(
            to=notice.to,
            sender=notice.sender.number,
            messaging_service_sid=notice.sender.messaging_service_sid,
            body=notice.body,
            callback="",
            valid_seconds=int(_GOOD_FOR.total_seconds()),
        ),
    )
    match outcome:
        case twilio.Accepted(sid=sid):
            return _Came("paged", sid=sid)
        case twilio.Refused(code=code):
            return _Came("failed", f"refused_{code}")
        case twilio.Unknown(what=what):
            return _Came("again", what)
    return _Came("again", _BUSY)


def _mail(notice: SafetyNotice) -> _Came:
    try:
        send_mail(notice.subject, notice.body + "\n", None, [notice.to])
    except OSError as error:
        # smtplib's errors are OSErrors; their words may quote the address, so only the kind is kept.
        logger.warning("page_not_mailed", notice_id=str(notice.pk), error=type(error).__name__)
        return _Came("again", type(error).__name__[:40])
    return _Came("paged")


def _settle(row: SafetyNoticeRow, came: _Came, *, now: datetime) -> None:
    gives_up = came.word == "again" and row.attempts >= _MOST_TRIES
    if came.word == "again" and not gives_up:
        pause = _PAUSES[min(row.attempts, len(_PAUSES)) - 1]
        row.state, row.reason, row.due_at = SafetyNoticeRow.State.PENDING, came.reason, now + pause
    else:
        sent = came.word == "paged"
        row.state = SafetyNoticeRow.State.SENT if sent else SafetyNoticeRow.State.FAILED
        row.reason, row.carrier_sid, row.finished_at = came.reason, came.sid, now
    row.save(update_fields=["state", "reason", "due_at", "carrier_sid", "finished_at"])
    if row.state == SafetyNoticeRow.State.FAILED and row.notice.kind != SafetyNotice.Kind.JOIN:
        alarming.raise_alarm(row.practice_id, OperatorAlarm.Kind.PAGES_FAIL, figure=1, now=now)
