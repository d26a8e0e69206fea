"""Schedule entries of the networks app: find ids, fan out."""

from celery import shared_task

from networks import clock, work
from networks.tasks import seal_network, seal_practice


@shared_task
def seal_facts() -> dict[str, int]:
    """Have the new facts of every practice and every network sealed."""
    now = clock.now()
    practices, networks = work.due(work.Queue.SEAL, now=now), work.due(work.Queue.SEAL_NETWORK, now=now)
    for practice_id in practices:
        seal_practice.delay(str(practice_id))
    for network_id in networks:
        seal_network.delay(str(network_id))
    return {"practices": len(practices), "networks": len(networks)}
