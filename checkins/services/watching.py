"""Watching the machine that hears danger: work that waits too long, and lines that fall silent."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Min

from checkins.line_watch import Fault, Traffic, faults
from checkins.models import (
    CheckIn,
    InboundMessage,
    OperatorAlarm,
    OutboundMessage,
    OutboxRow,
    SendAttempt,
    Sender,
    StatusEvent,
)
from checkins.services import alarming
from networks import clock_check, work
from networks.models import WorkDue

# Texts that nobody has read may hold a danger, and a step of the ladder is one: neither may wait a minute.
LONGEST_WAIT = timedelta(seconds=60)
_DANGER_WORK = (work.Queue.READ.value, work.Queue.SAFETY.value)
_SETTLED = timedelta(minutes=30)
_LOOK_BACK = timedelta(hours=3)
_USUAL_DAYS = 7


def watch_danger_work(*, now: datetime) -> int:
    """Raise an alarm for every practice whose danger work waits over a minute, clear what is gone; return how many.

    Reads the doorbells alone, which stand outside every tenant: ids and times.
    """
    # A worker that looked sets its next look a minute ahead, so what is due for a minute was looked at by nobody.
    late = list(WorkDue.objects.filter(queue__in=_DANGER_WORK, due_at__lte=now - LONGEST_WAIT))
    for each in late:
        waited = int((now - each.due_at).total_seconds())
        alarming.raise_alarm(each.practice_id, OperatorAlarm.Kind.SAFETY_WAITS, figure=waited, now=now)
    alarming.clear_unseen(older_than=timedelta(0), kinds=[OperatorAlarm.Kind.SAFETY_WAITS], now=now)
    alarming.clear_unseen(older_than=timedelta(hours=1), kinds=[OperatorAlarm.Kind.PAGES_FAIL], now=now)
    # Raised in the database's time, so cleared in it: this machine's clock may be the one that is wrong.
    by_database = now - clock_check.apart()
    alarming.clear_unseen(
        older_than=timedelta(minutes=5), kinds=[OperatorAlarm.Kind.CLOCKS_APART], now=by_database
    )
    alarming.clear_unseen(older_than=timedelta(days=1), kinds=[OperatorAlarm.Kind.NOBODY_ANSWERS], now=now)
    alarming.mail_operators(now=now)
    return len({each.practice_id for each in late})


def longest_danger_wait(*, now: datetime) -> float:
    """Return for how many seconds the oldest danger work has been due, 0 where none is; one query."""
    oldest = WorkDue.objects.filter(queue__in=_DANGER_WORK, due_at__lte=now).aggregate(at=Min("due_at"))["at"]
    return (now - oldest).total_seconds() if oldest else 0.0


def watch_line(practice_id: UUID, *, now: datetime) -> list[str]:
    """Raise an alarm for each way in which a practice's line is silent, clear the others; return the faults.

    Inside the practice's scope; six queries.
    """
    found = faults(_traffic(practice_id, now=now))
    for fault in Fault:
        kind = OperatorAlarm.Kind(fault.value)
        if fault in found:
            alarming.raise_alarm(practice_id, kind, figure=found[fault], now=now)
        else:
            alarming.clear_alarm(practice_id, kind, now=now)
    return [fault.value for fault in found]


def _traffic(practice_id: UUID, *, now: datetime) -> Traffic:
    span = {
        "practice_id": practice_id,
        "occurred_at__gte": now - _LOOK_BACK,
        "occurred_at__lt": now - _SETTLED,
    }
    since = {"practice_id": practice_id, "occurred_at__gte": now - _LOOK_BACK}
    week = {"practice_id": practice_id, "occurred_at__gte": now - timedelta(days=_USUAL_DAYS)}
    due = OutboxRow.objects.filter(
        practice_id=practice_id,
        state__in=[OutboxRow.State.PENDING, OutboxRow.State.CLAIMED],
        finished_at=None,
        not_before__lte=now,
        not_after__gt=now,
    ).aggregate(at=Min("not_before"))["at"]
    unwritten = CheckIn.objects.waiting().filter(practice_id=practice_id, write_by__gt=now)
    planned = unwritten.aggregate(at=Min("planned_at"))["at"]
    oldest = min((each for each in (due, planned) if each), default=now)
    asking = {"kind": OutboundMessage.Kind.CHECK_IN, "outbox__state": OutboxRow.State.SENT}
    asked_in_week = OutboundMessage.objects.filter(**week, **asking).count()
    heard_in_week = InboundMessage.objects.filter(**week).count()
    return Traffic(
        oldest_due_seconds=(now - oldest).total_seconds(),
        may_send=Sender.objects.filter(practice_id=practice_id, state=Sender.State.READY).exists(),
        sent=SendAttempt.objects.filter(**span, message__outbox__state=OutboxRow.State.SENT).count(),
        statuses=StatusEvent.objects.filter(**since, source=StatusEvent.Source.CALLBACK).count(),
        asked=OutboundMessage.objects.filter(**span, **asking).count(),
        replies=InboundMessage.objects.filter(**since).count(),
        usual_share=heard_in_week / asked_in_week if asked_in_week else 0.0,
    )
