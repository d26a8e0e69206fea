"""What follows when the carrier refuses a text for good: by error class, each with its action."""

from datetime import datetime, timedelta
from uuid import UUID

from checkins.models import Alert, LineNotice, OutboundMessage, OutboxRow
from checkins.services import alerts, line, outbox, stopping, unsent
from checkins.statuses import (
    BAD_NUMBER,
    BLOCKED,
    DAILY_LIMIT,
    FILTERED,
    OPTED_OUT,
    OUR_BUG,
    OUT_OF_REACH,
    RANKS,
    SENDER_SET_UP,
)
from networks.actors import Actor
from networks.local_days import local_date, zone_named
from patients.models import ConsentEvent, Phone
from patients.services import consents

_SENDER = Actor.part("sender")
_BATCH = 200
_NOTICES = {
    FILTERED: LineNotice.Kind.FILTERED,
    DAILY_LIMIT: LineNotice.Kind.DAILY_LIMIT,
    OUR_BUG: LineNotice.Kind.REFUSED_BY_BUG,
}
_OUT_OF_REACH_DAYS = 3
_OUT_OF_REACH_WITHIN = timedelta(days=14)


def handle(practice_id: UUID, departure: outbox.Departure, *, code: int, now: datetime) -> None:
    """Settle a refused text: pause the sender, suspend the number or note the opt-out, as its code says."""
    if code in SENDER_SET_UP:
        # Our set-up is at fault, not the text: it waits in its slot while a person repairs the line.
        line.pause(practice_id, departure.sender_id, reason=f"carrier_{code}", now=now)
        outbox.put_back(practice_id, departure.message_id, until=now, reason=f"refused_{code}")
        return
    outbox.fail(practice_id, departure.message_id, code=code, reason=f"refused_{code}", now=now)
    message = OutboundMessage.objects.select_related("phone", "patient", "episode").get(
        practice_id=practice_id, pk=departure.message_id
    )
    _follow(message, code=code, now=now)


def follow_failures(practice_id: UUID, *, now: datetime) -> int:
    """Do what follows from texts that the carrier took and lost later; return how many there were.

    Such a text is not sent again: it may have arrived all the same, and a check-in missed is cheaper than
    one asked twice.
    """
    rows = list(
        OutboxRow.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("message__phone", "message__patient", "message__episode")
        .filter(practice_id=practice_id, status_rank=RANKS["failed"], failure_followed=False)
        .order_by("pk")[:_BATCH]
    )
    for row in rows:
        code = int(row.error_code) if row.error_code.isdigit() else 0
        if code in SENDER_SET_UP:
            line.pause(practice_id, row.sender_id, reason=f"carrier_{code}", now=now)
        else:
            _follow(row.message, code=code, now=now)
    done = [row.pk for row in rows]
    OutboxRow.objects.filter(practice_id=practice_id, pk__in=done).update(failure_followed=True)
    unsent.close_unsent(practice_id, done)
    return len(rows)


def _follow(message: OutboundMessage, *, code: int, now: datetime) -> None:
    """Do what a code asks for besides ending its text; most ask for nothing."""
    if code in OPTED_OUT:
        _note_opt_out(message, now=now)
    elif code in BAD_NUMBER | BLOCKED or (code in OUT_OF_REACH and _is_out_of_reach(message, now=now)):
        _suspend(message, now=now)
    for codes, kind in _NOTICES.items():
        if code in codes:
            line.notice(message.practice_id, message.sender_id, kind=kind, now=now)


def _is_out_of_reach(message: OutboundMessage, *, now: datetime) -> bool:
    rows = OutboxRow.objects.filter(
        practice_id=message.practice_id,
        phone_id=message.phone_id,
        error_code__in=[str(code) for code in OUT_OF_REACH],
        attempted_at__gt=now - _OUT_OF_REACH_WITHIN,
    )
    zone = zone_named(message.patient.time_zone)
    days = {local_date(at, zone) for at in rows.values_list("attempted_at", flat=True) if at is not None}
    return len(days) >= _OUT_OF_REACH_DAYS


def _note_opt_out(message: OutboundMessage, *, now: datetime) -> None:
    # 21610 may also mean a reassigned number, so it is the carrier's word and not the patient's.
    consents.withdraw(
        message.patient,
        kind=ConsentEvent.Kind.TEXTS,
        method=ConsentEvent.Method.CARRIER,
        actor=_SENDER,
        now=now,
        phone=message.phone,
    )
    stopping.end_texts(message.phone, reason="opted_out", now=now)
    alerts.open_alert(
        message.patient, kind=Alert.Kind.OPTED_OUT, level=Alert.Level.REVIEW, now=now, episode=message.episode
    )


def _suspend(message: OutboundMessage, *, now: datetime) -> None:
    Phone.objects.filter(practice_id=message.practice_id, pk=message.phone_id).update(
        state=Phone.State.SUSPENDED
    )
    outbox.drop_waiting(message.practice_id, phone_id=message.phone_id, reason="phone_suspended", now=now)
    alerts.open_alert(
        message.patient,
        kind=Alert.Kind.UNREACHABLE,
        level=Alert.Level.REVIEW,
        now=now,
        episode=message.episode,
    )
