"""Worker entries: ids in, one call, done."""

from uuid import UUID

from celery import shared_task

from billing.services import decisions, recounting
from networks import clock
from networks.scoping import practice_scope


@shared_task
def decide_touched(practice_id: str) -> None:
    """Decide the episodes of one practice about which something new is known."""
    with practice_scope(UUID(practice_id)):
        decisions.work_off(UUID(practice_id), now=clock.now())


@shared_task
def decide_episodes(practice_id: str, episode_ids: list[str]) -> None:
    """Decide these episodes of one practice anew."""
    with practice_scope(UUID(practice_id)):
        ids = [UUID(each) for each in episode_ids]
        decisions.refresh(ids, practice_id=UUID(practice_id), now=clock.now())


@shared_task
def recount(practice_id: str) -> None:
    """Count the episodes of one practice again, and raise the alarm where what was kept differs."""
    with practice_scope(UUID(practice_id)):
        recounting.recount(UUID(practice_id), now=clock.now())
