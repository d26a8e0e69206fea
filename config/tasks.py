"""Worker entries of the composition root."""

from datetime import datetime
from uuid import UUID

from celery import shared_task

from config.demo import passing
from networks import clock


@shared_task
def let_time_pass(practice_id: str, since: str, until: str) -> int:
    """Let time pass in a practice of the demonstration after its clock was moved."""
    if not clock.may_move():
        return 0
    return passing.let_pass(
        UUID(practice_id), since=datetime.fromisoformat(since), until=datetime.fromisoformat(until)
    )
