"""Schedule entries of the billing app: find ids, fan out; safe to run twice."""

from celery import shared_task

from billing.services import decisions
from billing.tasks import decide_episodes
from billing.tasks import decide_touched as decide_touched_of
from billing.tasks import recount as recount_of
from networks import clock, work
from networks.scoping import practice_scope


@shared_task
def decide_touched() -> dict[str, int]:
    """Have every practice's touched episodes decided."""
    found = work.due(work.Queue.DECIDE, now=clock.now())
    for practice_id in found:
        decide_touched_of.delay(str(practice_id))
    return {"practices": len(found)}


@shared_task
def decide_all() -> dict[str, int]:
    """Have every episode decided whose decision a new date or new rules can change."""
    counts = {"practices": 0, "episodes": 0}
    for practice_id in decisions.practices_to_decide():
        with practice_scope(practice_id):
            episodes = decisions.outdated(practice_id, now=clock.now())
        for batch in decisions.in_batches(episodes):
            decide_episodes.delay(str(practice_id), [str(each) for each in batch])
        counts["practices"] += 1
        counts["episodes"] += len(episodes)
    return counts


@shared_task
def recount_all() -> dict[str, int]:
    """Have every practice's kept windows, months and lines counted again."""
    found = decisions.practices_to_decide()
    for practice_id in found:
        recount_of.delay(str(practice_id))
    return {"practices": len(found)}
