"""The operations page in words: ids, counts and times only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from checkins.models import LineNotice, OperatorAlarm
from checkins.selectors import LineHealth


@dataclass(frozen=True)
class HealthRow:
    """One notice, pulse or waiting piece of work."""

    name: str
    where: str
    when: datetime
    count: int = 0
    is_late: bool = False


@dataclass(frozen=True)
class HealthView:
    """The operations page in words."""

    notices: Sequence[HealthRow]
    pulses: Sequence[HealthRow]
    work: Sequence[HealthRow]


_PULSE_GOOD_FOR = timedelta(seconds=60)
_WORK_LATE_AFTER = timedelta(minutes=5)


def health_view(health: LineHealth, *, now: datetime) -> HealthView:
    """Return the operations page in words: ids, counts and times only."""
    return HealthView(
        notices=[
            HealthRow(LineNotice.Kind(each.kind).label, str(each.practice_id), each.last_at, each.count)
            for each in health.notices
        ],
        pulses=[
            HealthRow(each.name, "", each.beat_at, is_late=now - each.beat_at > _PULSE_GOOD_FOR)
            for each in health.heartbeats
        ],
        work=[
            HealthRow(
                each.queue, str(each.practice_id), each.due_at, is_late=now - each.due_at > _WORK_LATE_AFTER
            )
            for each in health.work
        ],
    )


@dataclass(frozen=True)
class AlarmRow:
    """One alarm for the operator."""

    name: str
    where: str
    since: datetime
    until: datetime | None
    figure: int
    is_mailed: bool


def alarm_rows(alarms: Sequence[OperatorAlarm]) -> list[AlarmRow]:
    """Return alarms in words: ids, counts and times only."""
    return [
        AlarmRow(
            name=OperatorAlarm.Kind(each.kind).label,
            where=str(each.practice_id),
            since=each.opened_at,
            until=each.cleared_at,
            figure=each.figure,
            is_mailed=each.mailed_at is not None,
        )
        for each in alarms
    ]
