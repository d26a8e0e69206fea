"""The practice's own number at the carrier: making it ready, its tokens, and notices about it."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from checkins.models import LineNotice, Sender, SenderRoute
from networks import audit
from networks.actors import Actor
from networks.errors import DomainError
from networks.models import Practice


@dataclass(frozen=True)
class Route:
    """What a carrier's call or ours needs to know of a sender; holds no patient data."""

    key: str
    practice_id: UUID
    sender_id: UUID
    account_sid: str
    number: str
    tokens: tuple[str, ...]

    @property
    def inbound_url(self) -> str:
        """Return the address that the carrier calls for a text in."""
        return f"{settings.PUBLIC_BASE_URL}/webhooks/twilio/inbound/{self.key}/"

    def status_url(self, attempt_id: UUID) -> str:
        """Return the address that the carrier calls with an attempt's statuses."""
        return f"{settings.PUBLIC_BASE_URL}/webhooks/twilio/status/{self.key}/?m={attempt_id}"


def add_sender(
    practice: Practice,
    *,
    number: str,
    account_sid: str,
    token: str,
    actor: Actor,
    now: datetime,
    messaging_service_sid: str = "",
    state: str = Sender.State.READY,
    segments_per_second: float = 1.0,
) -> Route:
    """Add a sender to a practice and return its route; DomainError when the number is another's.

    One segment a second is the pace of a number without a campaign, the slowest there is.
    """
    if SenderRoute.objects.filter(number=number).exists():
        raise DomainError("This number belongs to a sender already: a sender serves one practice only.")
    with transaction.atomic():
        sender = Sender.objects.create(
            practice=practice,
            number=number,
            account_sid=account_sid,
            messaging_service_sid=messaging_service_sid,
            state=state,
            segments_per_second=Decimal(str(segments_per_second)),
        )
        route = SenderRoute.objects.create(
            key=secrets.token_urlsafe(32),
            practice_id=practice.pk,
            sender_id=sender.pk,
            account_sid=account_sid,
            number=number,
            tokens=json.dumps([token]),
        )
        audit.record(
            "sender.added",
            actor=actor,
            subject_type="sender",
            subject_id=sender.pk,
            now=now,
            practice_id=practice.pk,
        )
    return _as_route(route)


def accept_token(sender: Sender, *, token: str, actor: Actor, now: datetime) -> None:
    """Make a new auth token the primary and go on accepting the one before it, so that rotation loses nothing."""
    with transaction.atomic():
        route = SenderRoute.objects.select_for_update().get(sender_id=sender.pk)
        tokens = [token, *(each for each in json.loads(route.tokens) if each != token)][:2]
        route.tokens = json.dumps(tokens)
        route.save(update_fields=["tokens"])
        audit.record(
            "sender.token_changed",
            actor=actor,
            subject_type="sender",
            subject_id=sender.pk,
            now=now,
            practice_id=sender.practice_id,
        )


def pause(practice_id: UUID, sender_id: UUID, *, reason: str, now: datetime) -> None:
    """Stop a sender after a set-up error; its texts wait inside their slots until somebody resumes it."""
    with transaction.atomic():
        Sender.objects.filter(practice_id=practice_id, pk=sender_id).update(
            state=Sender.State.PAUSED, pause_reason=reason
        )
        notice(practice_id, sender_id, kind=LineNotice.Kind.PAUSED, now=now)
        audit.record(
            "sender.paused",
            actor=Actor.part("sender"),
            subject_type="sender",
            subject_id=sender_id,
            now=now,
            practice_id=practice_id,
            details={"reason": reason},
        )


def resume(sender: Sender, *, actor: Actor, now: datetime) -> None:
    """Let a paused sender send again."""
    with transaction.atomic():
        sender.state = Sender.State.READY
        sender.pause_reason = ""
        sender.save(update_fields=["state", "pause_reason"])
        audit.record(
            "sender.resumed",
            actor=actor,
            subject_type="sender",
            subject_id=sender.pk,
            now=now,
            practice_id=sender.practice_id,
        )


def route_of(key: str) -> Route | None:
    """Return the route behind a webhook's key, or None."""
    found = SenderRoute.objects.filter(key=key).first()
    return _as_route(found) if found else None


def routes_of(practice_id: UUID) -> dict[UUID, Route]:
    """Return a practice's routes by sender."""
    return {each.sender_id: _as_route(each) for each in SenderRoute.objects.filter(practice_id=practice_id)}


def _as_route(row: SenderRoute) -> Route:
    return Route(
        key=row.key,
        practice_id=row.practice_id,
        sender_id=row.sender_id,
        account_sid=row.account_sid,
        number=row.number,
        tokens=tuple(json.loads(row.tokens)),
    )


_NOTICE = """
    INSERT INTO checkins_linenotice (practice_id, sender_id, kind, count, last_at)
    VALUES (%s, %s, %s, 1, %s)
    ON CONFLICT (practice_id, sender_id, kind)
    DO UPDATE SET count = checkins_linenotice.count + 1, last_at = excluded.last_at
"""


def notice(practice_id: UUID, sender_id: UUID, *, kind: str, now: datetime) -> None:
    """Count something that an operator should see about a line; never whose text it was."""
    with connection.cursor() as cursor:
        cursor.execute(_NOTICE, [practice_id, sender_id, str(kind), now])
