"""Alarms for the operator: raised once, seen again while they last, cleared when they are gone, mailed once."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.db import connection

from checkins.models import OperatorAlarm
from networks.models import RoleAssignment
from networks.permissions import Role

logger = structlog.get_logger(__name__)
_MOST_MAILS = 50
_RAISE = """
    INSERT INTO checkins_operatoralarm (practice_id, kind, opened_at, seen_at, figure)
    VALUES (%(practice)s, %(kind)s, %(now)s, %(now)s, %(figure)s)
    ON CONFLICT (practice_id, kind) WHERE cleared_at IS NULL
    DO UPDATE SET seen_at = excluded.seen_at, figure = GREATEST(checkins_operatoralarm.figure, excluded.figure)
"""
# A sentence for the mail: what it means and what to look at.
_ADVICE = {
    OperatorAlarm.Kind.SAFETY_WAITS: "Look at /readyz and at the workers of the queues inbound and safety.",
    OperatorAlarm.Kind.NOBODY_ANSWERS: "Call the practice: a danger sign has been paged for a day.",
    OperatorAlarm.Kind.PAGES_FAIL: "Look at EMAIL_URL and at the practice's sender, and call the practice.",
    OperatorAlarm.Kind.TEXTS_STUCK: "Look at the worker of the queue send and at the practice's sender.",
    OperatorAlarm.Kind.NO_STATUSES: "Look at the addresses set at the carrier and at its debugger (error 11200).",
    OperatorAlarm.Kind.NO_REPLIES: "Look at the inbound address set at the carrier, then ask the practice.",
    OperatorAlarm.Kind.CLOCKS_APART: "Set the clocks of the workers' machines and of the database's right (NTP).",
}


def raise_alarm(practice_id: UUID, kind: OperatorAlarm.Kind, *, figure: int, now: datetime) -> None:
    """Note that a fault is there, in seconds waited or in how many; an open alarm of the kind is seen again."""
    with connection.cursor() as cursor:
        cursor.execute(_RAISE, {"practice": practice_id, "kind": kind.value, "figure": figure, "now": now})


def clear_alarm(practice_id: UUID, kind: OperatorAlarm.Kind, *, now: datetime) -> None:
    """Note that a fault is gone; nothing happens where there was none."""
    OperatorAlarm.objects.filter(practice_id=practice_id, kind=kind, cleared_at=None).update(cleared_at=now)


def clear_unseen(*, older_than: timedelta, kinds: list[OperatorAlarm.Kind], now: datetime) -> int:
    """Clear alarms of these kinds that nothing has confirmed for a while; return how many."""
    return OperatorAlarm.objects.filter(kind__in=kinds, cleared_at=None, seen_at__lt=now - older_than).update(
        cleared_at=now
    )


def mail_operators(*, now: datetime) -> int:
    """Mail each new alarm to every operator, once; return how many. A mail that fails is tried at the next look."""
    to = _operators(now=now)
    waiting = list(OperatorAlarm.objects.filter(mailed_at=None, cleared_at=None).order_by("pk")[:_MOST_MAILS])
    sent = 0
    for alarm in waiting if to else ():
        kind = OperatorAlarm.Kind(alarm.kind)
        try:
            send_mail(
                f"Daybook alarm: {kind.label}",
                f"{kind.label}.\nPractice {alarm.practice_id}, since {alarm.opened_at:%Y-%m-%d %H:%M} UTC, "
                f"figure {alarm.figure}.\n{_ADVICE[kind]}\n{settings.PUBLIC_BASE_URL}/operations/\n",
                None,
                to,
            )
        except OSError:
            logger.exception("alarm_not_mailed", alarm=alarm.pk)
            continue
        OperatorAlarm.objects.filter(pk=alarm.pk).update(mailed_at=now)
        sent += 1
    return sent


def _operators(*, now: datetime) -> list[str]:
    held = RoleAssignment.objects.in_force(now).filter(role=Role.OPERATOR.value, user__is_active=True)
    return sorted(set(held.values_list("user__email", flat=True)))
