"""What follows when the carrier refuses a text for good: by error class, each with its action."""

from datetime import datetime
from uuid import UUID

from checkins.models import Alert, OutboundMessage
from checkins.services import alerts, line, outbox
from checkins.statuses import BAD_NUMBER, OPTED_OUT, SENDER_SET_UP
from networks.actors import Actor
from patients.models import ConsentEvent, Phone
from patients.services import consents

_SENDER = Actor.part("sender")


def handle(practice_id: UUID, departure: outbox.Departure, *, code: int, now: datetime) -> None:
    """Settle a refused text: pause the sender, suspend the number or note the opt-out, as its code says."""
    if code in SENDER_SET_UP:
        # Our set-up is at fault, not the text: it waits in its slot while a person repairs the line.
        line.pause(practice_id, departure.sender_id, reason=f"carrier_{code}", now=now)
        outbox.put_back(practice_id, departure.row_id, until=now, reason=f"refused_{code}")
        return
    outbox.fail(practice_id, departure.row_id, code=code, reason=f"refused_{code}", now=now)
    message = OutboundMessage.objects.select_related("phone", "patient").get(
        practice_id=practice_id, pk=departure.message_id
    )
    if code in OPTED_OUT:
        _note_opt_out(message, now=now)
    elif code in BAD_NUMBER:
        _suspend(message, now=now)


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
    outbox.drop_waiting(message.practice_id, phone_id=message.phone_id, reason="opted_out", now=now)
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
