"""A machine whose clock is wrong plans and sends nothing, says so, and goes on once it is right."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from checkins import tasks
from checkins.models import CheckIn, OperatorAlarm, SendAttempt
from checkins.services import send_turn, watching
from config import health
from networks import clock, clock_check
from tests.checkins.services.conftest import Loop

OFF = [timedelta(minutes=5), timedelta(minutes=-5), timedelta(days=1), timedelta(days=-1)]


def words(value: timedelta) -> str:
    return f"{value.total_seconds():+.0f}s"


@pytest.mark.parametrize("off", OFF, ids=words)
def test_nothing_leaves_by_a_wrong_clock(loop: Loop, off: timedelta) -> None:
    loop.plan()
    right = datetime.now(UTC)
    with time_machine.travel(right + off):
        assert abs(clock_check.apart() - off) < timedelta(seconds=5)
        assert send_turn.send_due(loop.practice.pk, now=loop.now) == {"clocks_apart": 1}
        assert send_turn.send_due(loop.practice.pk, now=loop.now) == {"clocks_apart": 1}
        assert "clock" in health._failing_parts()
        watching.watch_danger_work(now=clock.now())
        told = OperatorAlarm.objects.get(kind=OperatorAlarm.Kind.CLOCKS_APART)
        assert told.cleared_at is None
        assert told.mailed_at is not None
    assert not SendAttempt.objects.exists()
    alarm = OperatorAlarm.objects.get(kind=OperatorAlarm.Kind.CLOCKS_APART)
    assert abs(alarm.opened_at - right) < timedelta(seconds=30)
    assert abs(alarm.figure - abs(off).total_seconds()) < 5
    assert "clocks_apart" not in send_turn.send_due(loop.practice.pk, now=loop.now)
    watching.watch_danger_work(now=right + timedelta(minutes=6))
    alarm.refresh_from_db()
    assert alarm.cleared_at


@pytest.mark.parametrize("off", OFF, ids=words)
def test_no_day_is_planned_by_a_wrong_clock(loop: Loop, off: timedelta) -> None:
    with time_machine.travel(datetime.now(UTC) + off):
        assert tasks.plan_practice(str(loop.practice.pk)) == 0
    assert not CheckIn.objects.exists()
    assert OperatorAlarm.objects.filter(kind=OperatorAlarm.Kind.CLOCKS_APART).exists()


def test_less_than_a_minute_apart_is_nothing(loop: Loop) -> None:
    loop.plan()
    with time_machine.travel(datetime.now(UTC) + timedelta(seconds=50)):
        assert clock_check.agrees()
        assert "clocks_apart" not in send_turn.send_due(loop.practice.pk, now=loop.now)
