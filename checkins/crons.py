"""Schedule entries of the check-ins app: find practices with work, fan out; safe to run twice."""

from celery import shared_task

from checkins import tasks
from checkins.models import SenderRoute
from checkins.services import watching
from networks import clock, work


@shared_task
def plan_check_ins() -> dict[str, int]:
    """Have every practice with plans look whether a check-in is due."""
    found = work.due(work.Queue.PLAN, now=clock.now())
    for practice_id in found:
        tasks.plan_practice.delay(str(practice_id))
    return {"practices": len(found)}


@shared_task
def send_texts() -> dict[str, int]:
    """Have every practice with due texts send them."""
    found = work.due(work.Queue.SEND, now=clock.now())
    for practice_id in found:
        tasks.send_texts.delay(str(practice_id))
    return {"practices": len(found)}


@shared_task
def read_texts() -> dict[str, int]:
    """Have every practice with unread texts read them, should a bell have been lost."""
    found = work.due(work.Queue.READ, now=clock.now())
    for practice_id in found:
        tasks.read_texts.delay(str(practice_id))
    return {"practices": len(found)}


@shared_task
def walk_ladders() -> dict[str, int]:
    """Have every practice with a step or a page that is due make it, should a bell have been lost."""
    found = work.due(work.Queue.SAFETY, now=clock.now())
    for practice_id in found:
        tasks.walk_ladders.delay(str(practice_id))
    return {"practices": len(found)}


@shared_task
def reconcile_texts() -> dict[str, int]:
    """Have every practice with a number sweep stuck texts and settle unknown ones."""
    found = {str(each) for each in SenderRoute.objects.values_list("practice_id", flat=True)}
    for practice_id in sorted(found):
        tasks.reconcile_texts.delay(practice_id)
    return {"practices": len(found)}


@shared_task
def poll_texts() -> dict[str, int]:
    """Have every practice with a number look for texts that never reached us."""
    found = {str(each) for each in SenderRoute.objects.values_list("practice_id", flat=True)}
    for practice_id in sorted(found):
        tasks.poll_texts.delay(practice_id)
    return {"practices": len(found)}


@shared_task
def watch_danger_work() -> dict[str, int]:
    """Alarm the operator when work that may hold a danger waits over a minute."""
    return {"practices": watching.watch_danger_work(now=clock.now())}


@shared_task
def watch_lines() -> dict[str, int]:
    """Have every practice with a number look whether its line is silent when it should not be."""
    found = {str(each) for each in SenderRoute.objects.values_list("practice_id", flat=True)}
    for practice_id in sorted(found):
        tasks.watch_line.delay(practice_id)
    return {"practices": len(found)}


@shared_task
def start_weekly_drills() -> dict[str, int]:
    """Have every practice with a number look whether its weekly drill is due."""
    found = {str(each) for each in SenderRoute.objects.values_list("practice_id", flat=True)}
    for practice_id in sorted(found):
        tasks.start_weekly_drill.delay(practice_id)
    return {"practices": len(found)}
