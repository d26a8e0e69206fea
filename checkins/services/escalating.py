"""Walking the ladder: an alert is paged step by step until a person has it; rows say what is next.

The `safety` queue only rings: whatever is due stands in the rows, so a lost bell, a dead worker or a
restarted Redis delays a step until the beat looks again, and makes none of them twice.
"""

from datetime import datetime
from uuid import UUID

import structlog
from django.conf import settings
from django.db.models import Min

from checkins import escalation
from checkins.escalation import NextStep, Situation, Why
from checkins.models import Alert, AlertEvent, Drill, DrillEvent, Escalation, EscalationStep, OperatorAlarm
from checkins.services import alarming, paging
from networks import clock, work
from networks.cover import PracticeCover, cover_of, office_of
from networks.scoping import practice_scope

logger = structlog.get_logger(__name__)
_RUNG_WORDS = {
    "page": "On call",
    "page_again": "On call again",
    "backup": "On call and backup",
    "owner": "On call, backup and owner",
    "again": "Everybody again",
}
_ENDS = {
    Why.ACKNOWLEDGED: Escalation.State.ACKNOWLEDGED,
    Why.CLOSED: Escalation.State.CLOSED,
    Why.EXHAUSTED: Escalation.State.EXHAUSTED,
}


def begin(alert: Alert, *, now: datetime) -> Escalation | None:
    """Put an alert at the foot of its ladder; None for one whose level is not paged."""
    if alert.kind != Alert.Kind.RED_FLAG or not escalation.climbs(alert.level):
        return None
    return _put_up(
        Escalation(practice_id=alert.practice_id, alert=alert, level=alert.level),
        version=settings.ESCALATION_LADDER,
        now=now,
    )


def begin_drill(drill: Drill, *, now: datetime) -> Escalation:
    """Put a drill at the foot of the ladder that it was started with."""
    return _put_up(
        Escalation(practice_id=drill.practice_id, drill=drill, level=drill.level),
        version=drill.ladder,
        now=now,
    )


def _put_up(row: Escalation, *, version: str, now: datetime) -> Escalation:
    row.ladder, row.opened_at = version, now
    asked = _ask(row, office_of(row.practice_id), now=now)
    row.next_at = asked.due_at
    row.save(force_insert=True)
    work.ring(row.practice_id, work.Queue.SAFETY, at=row.next_at or now)
    return row


def follow(row: Escalation | None, *, now: datetime) -> None:
    """Stop paging at once after an acknowledgement or a closing; go on paging when it was handed back.

    Repeating it changes nothing.
    """
    if row is None:
        return
    held = Escalation.objects.select_for_update().get(practice_id=row.practice_id, pk=row.pk)
    situation = _situation(held)
    if situation.is_closed or situation.is_acknowledged:
        why = Why.CLOSED if situation.is_closed else Why.ACKNOWLEDGED
        if held.state not in (Escalation.State.CLOSED, _ENDS[why]):
            _end(held, why, now=now)
    elif held.state == Escalation.State.ACKNOWLEDGED:
        held.state, held.settled_at, held.next_at = Escalation.State.CLIMBING, None, now
        held.save(update_fields=["state", "settled_at", "next_at"])
        work.ring(held.practice_id, work.Queue.SAFETY, at=now)


def walk_due(practice_id: UUID, *, now: datetime | None = None) -> dict[str, int]:
    """Make every step of a practice that is due, then send the pages; return counts.

    Each step is one transaction: the step, its pages and when to look next stand together or not at all.
    """
    counts: dict[str, int] = {}
    at = now or clock.now()
    with practice_scope(practice_id):
        work.put_off(practice_id, work.Queue.SAFETY, until=work.rest(at))
        due = list(
            Escalation.objects.filter(
                practice_id=practice_id, state=Escalation.State.CLIMBING, next_at__lte=at
            )
            .order_by("next_at", "id")
            .values_list("pk", flat=True)[:100]
        )
    for row_id in due:
        word = _walk_one(practice_id, row_id, now=at)
        counts[word] = counts.get(word, 0) + 1
    for word, count in paging.send_due(practice_id, now=now).items():
        counts[word] = counts.get(word, 0) + count
    with practice_scope(practice_id):
        _ring_next(practice_id)
    return counts


def _ring_next(practice_id: UUID) -> None:
    waiting = Escalation.objects.filter(practice_id=practice_id, state=Escalation.State.CLIMBING)
    step = waiting.aggregate(at=Min("next_at"))["at"]
    for at in (step, paging.next_due(practice_id)):
        if at is not None:
            work.ring(practice_id, work.Queue.SAFETY, at=at)


def _walk_one(practice_id: UUID, row_id: UUID, *, now: datetime) -> str:
    try:
        with practice_scope(practice_id):
            row = (
                Escalation.objects.select_for_update(skip_locked=True)
                .filter(practice_id=practice_id, pk=row_id, state=Escalation.State.CLIMBING)
                .first()
            )
            return _advance(row, now=now) if row is not None else "taken"
    except Exception:
        # One ladder that fails must not hold up the others; its row stays due and the alarm sees it wait.
        logger.exception("step_not_made", practice_id=str(practice_id), escalation_id=str(row_id))
        return "failed"


def _advance(row: Escalation, *, now: datetime) -> str:
    cover = cover_of(row.practice_id, now=now)
    asked = _ask(row, cover, now=now)
    if asked.why in _ENDS:
        _end(row, asked.why, now=now)
        return asked.why.value
    if asked.why is Why.WAITS:
        row.next_at = asked.due_at
        row.save(update_fields=["next_at"])
        return "waits"
    _make(row, asked, cover, now=now)
    after = _ask(row, cover, now=now)
    # With no further step the row looks once more after the last pause, and then says that nobody answered.
    ladder = escalation.ladder_of(row.ladder, row.level)
    row.next_at = after.due_at or now + ladder.again_every
    row.save(update_fields=["next_at"])
    return "stepped"


def _ask(row: Escalation, cover: PracticeCover, *, now: datetime) -> NextStep:
    return escalation.next_step(
        escalation.ladder_of(row.ladder, row.level),
        _situation(row),
        place=escalation.Place(cover.hours, cover.zone),
        now=now,
    )


def _situation(row: Escalation) -> Situation:
    if row._state.adding:
        return Situation(opened_at=row.opened_at, made=(), is_acknowledged=False)
    acts = _acts(row)
    takings = [act for act in acts if act in AlertEvent.TAKING]
    made = row.steps.filter(practice_id=row.practice_id).values_list("number", flat=True)
    return Situation(
        opened_at=row.opened_at,
        made=tuple(made),
        is_acknowledged=takings[-1:] == [AlertEvent.Act.ACKNOWLEDGED],
        is_closed=AlertEvent.Act.CLOSED in acts or DrillEvent.Act.ENDED in acts,
    )


def _acts(row: Escalation) -> list[str]:
    """Return what was done about the alert or the drill, oldest first."""
    if row.alert is not None:
        events = row.alert.events.filter(practice_id=row.practice_id)
        return list(events.order_by("occurred_at", "id").values_list("act", flat=True))
    done = DrillEvent.objects.filter(practice_id=row.practice_id, drill=row.drill)
    return list(done.order_by("occurred_at", "id").values_list("act", flat=True))


def _end(row: Escalation, why: Why, *, now: datetime) -> None:
    row.state, row.settled_at, row.next_at = _ENDS[why], now, None
    row.save(update_fields=["state", "settled_at", "next_at"])
    if why is Why.EXHAUSTED and row.alert_id is not None:
        alarming.raise_alarm(row.practice_id, OperatorAlarm.Kind.NOBODY_ANSWERS, figure=1, now=now)


def _make(row: Escalation, asked: NextStep, cover: PracticeCover, *, now: datetime) -> None:
    rung = asked.rung
    if rung is None or asked.due_at is None:
        raise ValueError("A step that is due has a rung and a time.")
    people = escalation.called(rung.audience, _people(row, cover, now=now))
    step = EscalationStep.objects.create(
        practice_id=row.practice_id,
        escalation=row,
        number=asked.number,
        rung=rung.name,
        ladder=row.ladder,
        due_at=asked.due_at,
        people=len(people),
        occurred_at=now,
        recorded_at=now,
    )
    paging.queue_pages(step, people=people, now=now)
    if row.alert_id is not None:
        said = _RUNG_WORDS[rung.name] if people else "Nobody to page: the rota is empty"
        AlertEvent.objects.create(
            practice_id=row.practice_id,
            alert_id=row.alert_id,
            act=AlertEvent.Act.PAGED,
            reason=said,
            occurred_at=now,
            recorded_at=now,
        )
    if not people:
        alarming.raise_alarm(row.practice_id, OperatorAlarm.Kind.PAGES_FAIL, figure=0, now=now)
    work.ring(row.practice_id, work.Queue.SEAL, at=now)


def _people(row: Escalation, cover: PracticeCover, *, now: datetime) -> escalation.People:
    episode = row.alert.episode if row.alert is not None else None
    clinician = (episode.clinician.user_id,) if episode is not None and episode.clinician.user_id else ()
    return escalation.People(
        on_call=cover.on_call(at=now),
        backup=cover.backup(at=now),
        owner=cover.owner(),
        clinician=cover.able(clinician),
        admins=cover.admins,
    )
