"""Worker entries: ids in, one call, done."""

from uuid import UUID

from celery import shared_task

from networks import clock
from networks.models import Heartbeat
from networks.scoping import practice_scope
from networks.services import sealing


@shared_task
def pulse(queue: str) -> None:
    """Note that a worker of this queue took a task just now; `/readyz` reads it."""
    Heartbeat.objects.update_or_create(name=queue, defaults={"beat_at": clock.now()})


@shared_task
def seal_practice(practice_id: str) -> None:
    """Seal the facts of one practice that are not sealed yet."""
    with practice_scope(UUID(practice_id)):
        sealing.seal_practice(UUID(practice_id), now=clock.now())
