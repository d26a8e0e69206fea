"""Schedule entries of the networks app: find ids, fan out."""

from celery import shared_task

from networks import clock, work
from networks.tasks import seal_practice


@shared_task
def seal_facts() -> dict[str, int]:
    """Have every practice with new facts sealed."""
    found = work.due(work.Queue.SEAL, now=clock.now())
    for practice_id in found:
        seal_practice.delay(str(practice_id))
    return {"practices": len(found)}
