"""Setting up a practice's number at the carrier: entered, made ready step by step, paused and resumed."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from checkins.line_readiness import LineFacts, missing
from checkins.models import InboundMessage, Sender
from checkins.services import line
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import Practice


@dataclass(frozen=True)
class Standing:
    """A number with what is known about it."""

    sender: Sender
    facts: LineFacts
    inbound_url: str


def standings(practice_id: UUID, *, today: date) -> list[Standing]:
    """Return a practice's numbers with what is known about each; three queries."""
    routes = line.routes_of(practice_id)
    heard = dict(
        InboundMessage.objects.filter(practice_id=practice_id)
        .exclude(source=InboundMessage.Source.LINK)
        .values_list("sender_id")
        .annotate(Max("occurred_at"))
    )
    return [
        Standing(
            sender,
            LineFacts(
                has_token=bool(routes[sender.pk].tokens) if sender.pk in routes else False,
                campaign_approved_on=sender.campaign_approved_on,
                last_call_at=heard.get(sender.pk),
                today=today,
            ),
            routes[sender.pk].inbound_url if sender.pk in routes else "",
        )
        for sender in Sender.objects.filter(practice_id=practice_id).order_by("number")
    ]


def enter_number(
    practice_id: UUID, *, number: str, account_sid: str, token: str, actor: Actor, now: datetime
) -> None:
    """Enter a number that is not ready yet; DomainError when it belongs to a sender already."""
    line.add_sender(
        Practice.objects.get(pk=practice_id),
        number=number,
        account_sid=account_sid,
        token=token,
        actor=actor,
        now=now,
        state=Sender.State.NOT_READY,
    )


def record_campaign(
    sender: Sender, *, approved_on: date, segments_per_second: Decimal, actor: Actor, now: datetime
) -> None:
    """Note when the carriers approved the campaign and how much it may send."""
    if approved_on > now.date():
        raise DomainError("The approval lies in the future: enter it when it is there.", field="approved_on")
    with transaction.atomic():
        sender.campaign_approved_on = approved_on
        sender.segments_per_second = segments_per_second
        sender.save(update_fields=["campaign_approved_on", "segments_per_second"])
        _record("sender.campaign_recorded", sender, actor=actor, now=now)


def make_ready(standing: Standing, *, actor: Actor, now: datetime) -> None:
    """Let a number send; DomainError names the first step that is missing."""
    left = missing(standing.facts)
    if left:
        raise DomainError(f"Not yet: {left[0].name.lower()}. {left[0].to_do}")
    if standing.sender.state == Sender.State.READY:
        raise Conflict("This number sends already.")
    line.resume(standing.sender, actor=actor, now=now)


def pause_by_hand(sender: Sender, *, reason: str, actor: Actor, now: datetime) -> None:
    """Stop a number until somebody resumes it; texts wait inside their hours."""
    words = reason.strip()
    if not words:
        raise DomainError("Write why: whoever resumes it will want to know.", field="reason")
    with transaction.atomic():
        sender.state = Sender.State.PAUSED
        sender.pause_reason = words[:60]
        sender.save(update_fields=["state", "pause_reason"])
        _record("sender.paused", sender, actor=actor, now=now)


def _record(action: str, sender: Sender, *, actor: Actor, now: datetime) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="sender",
        subject_id=sender.pk,
        now=now,
        practice_id=sender.practice_id,
    )
