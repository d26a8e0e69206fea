"""Whether the carrier still refuses our texts to a phone after a stop: a consent given here does not end that."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkins.models import InboundMessage, OutboxRow, Plan
from checkins.statuses import CARRIER_START, CARRIER_STOP, OPTED_OUT, RANKS
from patients.models import ConsentEvent, Phone

_LOOKS_BACK = 20  # stops of a phone, and texts since the latest of them, that are looked through


@dataclass(frozen=True)
class CarrierBlock:
    """Since when a carrier holds back the texts of one sender of ours; None where nothing tells which."""

    sender_id: UUID | None
    since: datetime


def is_blocked(phone: Phone) -> bool:
    """Tell whether a phone texted the carrier's stop word, or was refused by it, and no start word since."""
    return block_of(phone) is not None


def block_of(phone: Phone) -> CarrierBlock | None:
    """Return the block that stands between us and a phone, or None; six queries at most.

    A carrier blocks one sender: only a start word to that one ends it, because two patients may have the mobile. A
    text that arrived since shows that the block has ended some other way.
    """
    block = _latest_block(phone)
    if block is None:
        return None
    arrived = OutboxRow.objects.filter(
        practice_id=phone.practice_id,
        phone=phone,
        attempted_at__gt=block.since,
        status_rank__gte=RANKS["delivered"],
    )
    return None if arrived.exists() or _has_started(phone, block=block) else block


def _latest_block(phone: Phone) -> CarrierBlock | None:
    stops = ConsentEvent.objects.filter(
        practice_id=phone.practice_id,
        patient_id=phone.patient_id,
        phone=phone,
        kind=ConsentEvent.Kind.TEXTS,
        act=ConsentEvent.Act.WITHDRAWN,
        method__in=(ConsentEvent.Method.TEXT, ConsentEvent.Method.CARRIER),
    )
    latest = list(stops.order_by("-occurred_at", "-id")[:_LOOKS_BACK])
    texts = _texts_of(phone, latest)
    for stop in latest:
        if stop.method == ConsentEvent.Method.CARRIER:
            return CarrierBlock(_refused_sender(phone), stop.occurred_at)
        text = texts.get(stop.message_id) if stop.message_id else None
        if text is not None and _word(text) in CARRIER_STOP:
            return CarrierBlock(text.sender_id, stop.occurred_at)
    return None


def _texts_of(phone: Phone, stops: Iterable[ConsentEvent]) -> dict[UUID, InboundMessage]:
    named = [each.message_id for each in stops if each.message_id]
    return {
        each.pk: each for each in InboundMessage.objects.filter(practice_id=phone.practice_id, pk__in=named)
    }


def _refused_sender(phone: Phone) -> UUID | None:
    """Return the sender whose text the carrier refused last, else the one that the phone's plan texts from."""
    refused = OutboxRow.objects.filter(
        practice_id=phone.practice_id,
        phone=phone,
        attempted_at__isnull=False,
        error_code__in=[str(code) for code in OPTED_OUT],
    )
    sender: UUID | None = refused.order_by("-attempted_at").values_list("sender_id", flat=True).first()
    if sender is None:
        plans = Plan.objects.filter(practice_id=phone.practice_id, phone=phone)
        sender = plans.order_by("-starts_on", "-id").values_list("sender_id", flat=True).first()
    return sender


def _has_started(phone: Phone, *, block: CarrierBlock) -> bool:
    texts = InboundMessage.objects.filter(
        practice_id=phone.practice_id, from_index=bytes(phone.number_index), occurred_at__gt=block.since
    ).exclude(source=InboundMessage.Source.LINK)
    if block.sender_id is not None:
        texts = texts.filter(sender_id=block.sender_id)
    return any(_word(each) in CARRIER_START for each in texts.order_by("-occurred_at", "-id")[:_LOOKS_BACK])


def _word(message: InboundMessage) -> str:
    # What was written on the one-tap page never reached the carrier.
    return "" if message.source == InboundMessage.Source.LINK else message.body.strip().lower()
