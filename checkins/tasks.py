"""Worker entries: ids in, one service call, done."""

from uuid import UUID

from celery import shared_task

from checkins.services import (
    clock_watch,
    escalating,
    planning,
    polling,
    reading,
    reconciling,
    send_turn,
    watching,
    weekly_drills,
)
from networks import clock, work
from networks.scoping import practice_scope


@shared_task
def plan_practice(practice_id: str) -> int:
    """Close a practice's check-ins of which the time is over, and make those that are due by now."""
    if not clock_watch.may_go_by_the_clock(UUID(practice_id)):
        return 0
    with practice_scope(UUID(practice_id)):
        planning.close_expired(UUID(practice_id), now=clock.now())
    with practice_scope(UUID(practice_id)):
        made = planning.plan_day(UUID(practice_id), now=clock.now())
        work.put_off(UUID(practice_id), work.Queue.PLAN, until=work.rest(clock.now()))
    if made:
        send_texts.delay(practice_id)
    return made


@shared_task
def send_texts(practice_id: str) -> dict[str, int]:
    """Send a practice's texts that are due; what is left goes behind the turns of the other practices."""
    counts = send_turn.send_due(UUID(practice_id))
    if counts.get("more"):
        send_texts.delay(practice_id)
    return counts


@shared_task
def read_texts(practice_id: str) -> dict[str, int]:
    """Read a practice's texts that wait, then send what was answered."""
    counts = reading.read_pending(UUID(practice_id))
    if counts.get("read"):
        send_texts.delay(practice_id)
    if work.is_due(UUID(practice_id), work.Queue.SAFETY, now=clock.now()):
        walk_ladders.delay(practice_id)
    return counts


@shared_task
def walk_ladders(practice_id: str) -> dict[str, int]:
    """Make a practice's steps of the ladder that are due, and send the pages."""
    return escalating.walk_due(UUID(practice_id))


@shared_task
def reconcile_texts(practice_id: str) -> dict[str, int]:
    """Settle a practice's texts whose outcome is unknown."""
    return reconciling.reconcile_due(UUID(practice_id))


@shared_task
def poll_texts(practice_id: str) -> int:
    """Fetch a practice's texts that never reached us."""
    found = polling.poll(UUID(practice_id))
    if found:
        read_texts.delay(practice_id)
    return found


@shared_task
def watch_line(practice_id: str) -> list[str]:
    """Look whether a practice's line is silent when it should not be."""
    with practice_scope(UUID(practice_id)):
        return watching.watch_line(UUID(practice_id), now=clock.now())


@shared_task
def start_weekly_drill(practice_id: str) -> int:
    """Start a practice's weekly drill if its hour has come; return how many were started."""
    with practice_scope(UUID(practice_id)):
        return int(weekly_drills.start_due(UUID(practice_id), now=clock.now()) is not None)
