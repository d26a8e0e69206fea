"""Alerts: opened by what was read, closed only by a person."""

from datetime import datetime

from django.db import transaction

from checkins.models import Alert, AlertClosing, AlertEvent, Escalation, InboundMessage
from checkins.services import escalating
from networks import audit, work
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.turns import take_turn
from patients.models import Episode, Patient


def open_alert(
    patient: Patient,
    *,
    kind: str,
    level: str,
    now: datetime,
    episode: Episode | None = None,
    message: InboundMessage | None = None,
    sign: str = "",
) -> Alert:
    """Open and return an alert; for a text that raised one of this kind already, return that one."""
    if message is not None:
        known = Alert.objects.filter(practice_id=patient.practice_id, message=message, kind=kind).first()
        if known:
            return known
    alert = Alert.objects.create(
        practice_id=patient.practice_id,
        patient=patient,
        episode=episode,
        message=message,
        kind=kind,
        level=level,
        sign=sign,
        occurred_at=now,
        recorded_at=now,
    )
    escalating.begin(alert, now=now)
    work.ring(patient.practice_id, work.Queue.SEAL, at=now)
    return alert


def open_practice_alert(message: InboundMessage, *, level: str, sign: str, now: datetime) -> Alert:
    """Open and return an alert about a danger in a text from a number that no patient has; it names nobody."""
    known = Alert.objects.filter(
        practice_id=message.practice_id, message=message, kind=Alert.Kind.RED_FLAG
    ).first()
    if known:
        return known
    alert = Alert.objects.create(
        practice_id=message.practice_id,
        message=message,
        kind=Alert.Kind.RED_FLAG,
        level=level,
        sign=sign,
        occurred_at=now,
        recorded_at=now,
    )
    escalating.begin(alert, now=now)
    work.ring(message.practice_id, work.Queue.SEAL, at=now)
    return alert


def acknowledge(alert: Alert, *, actor: Actor, now: datetime) -> None:
    """Note that a person has taken an alert on; doing so twice changes nothing."""
    with transaction.atomic():
        take_turn("alert", alert.pk)
        if not is_taken(alert):
            _add(alert, act=AlertEvent.Act.ACKNOWLEDGED, reason="", actor=actor, now=now)


def hand_back(alert: Alert, *, actor: Actor, now: datetime) -> None:
    """Note that nobody has an alert in hand after all; Conflict when it is closed, twice changes nothing."""
    with transaction.atomic():
        take_turn("alert", alert.pk)
        _refuse_closed(alert)
        if is_taken(alert):
            _add(alert, act=AlertEvent.Act.HANDED_BACK, reason="", actor=actor, now=now)


def is_taken(alert: Alert) -> bool:
    """Tell whether somebody acknowledged an alert and has not handed it back since; one query."""
    latest = alert.events.filter(act__in=AlertEvent.TAKING).order_by("-occurred_at", "-id").first()
    return latest is not None and latest.act == AlertEvent.Act.ACKNOWLEDGED


def close(
    alert: Alert, *, reason: str, actor: Actor, now: datetime, outcome: str = AlertClosing.Outcome.OTHER
) -> None:
    """Close an alert with what came of it and what was done.

    DomainError without a reason or with an outcome that is none, Conflict when closed already.
    """
    if outcome not in AlertClosing.Outcome.values:
        raise DomainError("Choose from the list what came of it.", field="outcome")
    if not reason.strip():
        raise DomainError("Say in a few words what was done.", field="reason")
    if len(reason) > 200:
        raise DomainError("Shorten the reason to 200 letters.", field="reason")
    with transaction.atomic():
        take_turn("alert", alert.pk)
        _refuse_closed(alert)
        _add(
            alert,
            act=AlertEvent.Act.CLOSED,
            reason=reason.strip(),
            outcome=outcome,
            actor=actor,
            now=now,
        )


def _refuse_closed(alert: Alert) -> None:
    if alert.events.filter(act=AlertEvent.Act.CLOSED).exists():
        raise Conflict("Somebody has closed this already.")


def _add(alert: Alert, *, act: str, reason: str, actor: Actor, now: datetime, outcome: str = "") -> None:
    with transaction.atomic():
        event = AlertEvent.objects.create(
            practice_id=alert.practice_id,
            alert=alert,
            act=act,
            reason=reason,
            by_id=actor.user_id,
            occurred_at=now,
            recorded_at=now,
        )
        if outcome:
            AlertClosing.objects.create(
                practice_id=alert.practice_id, event=event, outcome=outcome, occurred_at=now, recorded_at=now
            )
        audit.record(
            f"alert.{act}",
            actor=actor,
            subject_type="alert",
            subject_id=alert.pk,
            now=now,
            practice_id=alert.practice_id,
            patient_id=alert.patient_id,
        )
        escalating.follow(
            Escalation.objects.filter(practice_id=alert.practice_id, alert=alert).first(), now=now
        )
        work.ring(alert.practice_id, work.Queue.SEAL, at=now)
