"""Whether the carrier still refuses our texts to a phone after a stop: a consent given here does not end that."""

from datetime import datetime

from checkins.models import InboundMessage, OutboxRow
from checkins.statuses import CARRIER_START, CARRIER_STOP, RANKS
from patients.models import ConsentEvent, Phone

_LOOKS_BACK = 20  # stops of a phone, and texts since the latest of them, that are looked through


def is_blocked(phone: Phone) -> bool:
    """Tell whether a phone texted the carrier's stop word, or was refused by it, and no start word since.

    A text that arrived since shows that the block has ended some other way. Four queries at most.
    """
    since = _blocked_since(phone)
    if since is None:
        return False
    arrived = OutboxRow.objects.filter(
        practice_id=phone.practice_id,
        phone=phone,
        attempted_at__gt=since,
        status_rank__gte=RANKS["delivered"],
    )
    return not arrived.exists() and not _has_started(phone, since=since)


def _blocked_since(phone: Phone) -> datetime | None:
    stops = ConsentEvent.objects.filter(
        practice_id=phone.practice_id,
        patient_id=phone.patient_id,
        phone=phone,
        kind=ConsentEvent.Kind.TEXTS,
        act=ConsentEvent.Act.WITHDRAWN,
        method__in=(ConsentEvent.Method.TEXT, ConsentEvent.Method.CARRIER),
    )
    latest = list(stops.order_by("-occurred_at", "-id")[:_LOOKS_BACK])
    named = [each.message_id for each in latest if each.message_id]
    texts = InboundMessage.objects.filter(practice_id=phone.practice_id, pk__in=named)
    words = {each.pk: _word(each) for each in texts}
    for stop in latest:
        by_carrier = stop.method == ConsentEvent.Method.CARRIER
        if by_carrier or (stop.message_id and words.get(stop.message_id) in CARRIER_STOP):
            return stop.occurred_at
    return None


def _has_started(phone: Phone, *, since: datetime) -> bool:
    texts = InboundMessage.objects.filter(
        practice_id=phone.practice_id, from_index=bytes(phone.number_index), occurred_at__gt=since
    ).exclude(source=InboundMessage.Source.LINK)
    return any(_word(each) in CARRIER_START for each in texts.order_by("-occurred_at", "-id")[:_LOOKS_BACK])


def _word(message: InboundMessage) -> str:
    # What was written on the one-tap page never reached the carrier.
    return "" if message.source == InboundMessage.Source.LINK else message.body.strip().lower()
