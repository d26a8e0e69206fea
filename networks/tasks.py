"""Worker entries: ids in, one call, done."""

from uuid import UUID

from celery import shared_task

from networks import clock
from networks.models import Heartbeat
from networks.scoping import open_scope
from networks.services import sealing


@shared_task
def pulse(queue: str) -> None:
    """Note that a worker of this queue took a task just now; `/readyz` reads it."""
    Heartbeat.objects.update_or_create(name=queue, defaults={"beat_at": clock.now()})


@shared_task
def seal_practice(practice_id: str) -> None:
    """Seal the facts of one practice that are not sealed yet."""
    _seal(sealing.Chain("practice", UUID(practice_id)))


@shared_task
def seal_network(network_id: str) -> None:
    """Seal the facts of one network itself, its audit log and releases, that are not sealed yet."""
    _seal(sealing.Chain("network", UUID(network_id)))


def _seal(chain: sealing.Chain) -> None:
    with open_scope(chain.scope):
        sealing.seal_facts(chain, now=clock.now())
