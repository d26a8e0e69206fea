"""Protocols: shipped ones are put in place once, practices adopt frozen copies."""

from datetime import datetime

from django.db import transaction

from checkins import shipped_protocols
from checkins.cadence import parse_content
from checkins.models import AdoptedProtocol, Protocol
from networks import audit
from networks.actors import Actor
from networks.errors import NotFound
from networks.models import Practice


def ship() -> None:
    """Put the shipped protocols in place that are missing; content that is out never changes."""
    for each in shipped_protocols.SHIPPED:
        parse_content(each.content)
        Protocol.objects.get_or_create(
            code=each.code, version=each.version, defaults={"title": each.title, "content": each.content}
        )


def adopt_for(practice: Practice, *, condition: str, actor: Actor, now: datetime) -> AdoptedProtocol:
    """Return the practice's copy of the newest shipped protocol for a condition, adopting it when missing."""
    code = shipped_protocols.code_for(condition)
    shipped = Protocol.objects.filter(code=code).order_by("-version").first()
    if shipped is None:
        raise NotFound("No protocol is shipped for this condition: run `manage.py migrate` once more.")
    with transaction.atomic():
        adopted, is_new = AdoptedProtocol.objects.get_or_create(
            practice=practice,
            code=shipped.code,
            version=shipped.version,
            defaults={"title": shipped.title, "content": shipped.content, "adopted_at": now},
        )
        if is_new:
            audit.record(
                "protocol.adopted",
                actor=actor,
                subject_type="adopted_protocol",
                subject_id=adopted.pk,
                now=now,
                practice_id=practice.pk,
            )
    return adopted
