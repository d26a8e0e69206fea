"""Alarms for the operator: danger work that waits, lines that fall silent."""

from datetime import timedelta

from django.core import mail
from django.test import Client

from checkins.models import OperatorAlarm
from checkins.services import escalating, watching
from networks import work
from tests.checkins.services.conftest import Loop
from tests.world import World


def kinds() -> list[str]:
    return sorted(OperatorAlarm.objects.filter(cleared_at=None).values_list("kind", flat=True))


def test_a_text_that_nobody_reads_for_a_minute_alarms_once_and_clears(loop: Loop) -> None:
    loop.write("my chest hurts")
    assert watching.watch_danger_work(now=loop.at + timedelta(seconds=59)) == 0
    assert watching.watch_danger_work(now=loop.at + timedelta(seconds=61)) == 1
    assert kinds() == ["safety_waits"]
    watching.watch_danger_work(now=loop.at + timedelta(seconds=76))
    assert [each.to for each in mail.outbox] == [["operator@daybook.test"]]
    assert OperatorAlarm.objects.get().figure == 76
    loop.later(seconds=90)
    loop.read()
    escalating.walk_due(loop.practice.pk, now=loop.at)
    mail.outbox.clear()
    assert watching.watch_danger_work(now=loop.at + timedelta(seconds=1)) == 0
    assert kinds() == []


def test_a_step_that_nobody_makes_alarms_too(loop: Loop) -> None:
    loop.hears("my chest hurts")
    assert watching.longest_danger_wait(now=loop.at + timedelta(seconds=61)) == 61.0
    assert watching.watch_danger_work(now=loop.at + timedelta(seconds=61)) == 1


def test_an_alarm_says_nothing_of_anybody(loop: Loop) -> None:
    loop.write("my chest hurts")
    watching.watch_danger_work(now=loop.at + timedelta(minutes=2))
    words = mail.outbox[0].subject + mail.outbox[0].body
    assert str(loop.practice.pk) in words
    for secret in ("Rosa", "Vance", "chest", "555", "Oak"):
        assert secret not in words


def test_texts_that_do_not_leave_alarm_and_clear(loop: Loop) -> None:
    loop.plan()
    assert watching.watch_line(loop.practice.pk, now=loop.at) == []
    loop.later(minutes=11)
    assert watching.watch_line(loop.practice.pk, now=loop.at) == ["texts_stuck"]
    loop.send()
    assert watching.watch_line(loop.practice.pk, now=loop.at) == []
    assert kinds() == []


def test_metrics_print_both_figures(loop: Loop, world: World) -> None:
    work.ring(loop.practice.pk, work.Queue.READ, at=loop.at)
    text = Client(REMOTE_ADDR="127.0.0.1").get("/metrics").content.decode()
    assert "daybook_danger_wait_seconds" in text
    assert 'daybook_alarms_open{kind="safety_waits"} 0.0' in text
