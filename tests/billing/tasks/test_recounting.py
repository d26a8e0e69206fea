"""The nightly recount equals what is kept; drift is put right and said aloud."""

import logging
from uuid import UUID

import pytest

from billing import crons, tasks
from billing.models import EpisodeMonth, EpisodeWindow
from billing.selectors.recount import windows_that_cannot_be
from billing.services import decisions, recounting
from networks.scoping import practice_scope
from tests.billing.services import clinic
from tests.world import Home, World

NOW = clinic.on(clinic.after(40))


@pytest.fixture
def oak(world: World) -> Home:
    """Two patients with days and minutes, decided."""
    with practice_scope(world.oak.practice.pk):
        clinic.open_gates(world.oak)
        for number in (1, 2):
            episode = clinic.enrol(world.oak, number=number)
            clinic.report(episode, 0, 1, 2, 33)
            clinic.talk(world.oak, episode, 2, length=14, now=NOW)
        decisions.refresh_touched(world.oak.practice.pk, now=NOW)
    return world.oak


def test_it_equals_what_is_kept_for_every_episode(oak: Home, caplog) -> None:
    with practice_scope(oak.practice.pk), caplog.at_level(logging.ERROR):
        assert EpisodeWindow.objects.count() == 4
        assert recounting.recount(oak.practice.pk, now=NOW) == {}
    assert not caplog.records


def test_what_was_touched_meanwhile_is_no_alarm(oak: Home, caplog) -> None:
    with practice_scope(oak.practice.pk), caplog.at_level(logging.ERROR):
        clinic.report(clinic.enrol(oak, number=3), 0, 1)
        assert recounting.recount(oak.practice.pk, now=NOW) == {}
    assert not caplog.records


def test_drift_is_an_alarm_and_is_put_right(oak: Home, caplog) -> None:
    with practice_scope(oak.practice.pk), caplog.at_level(logging.ERROR):
        window = EpisodeWindow.objects.order_by("pk").first()
        EpisodeWindow.objects.filter(pk=window.pk).update(days=9)
        EpisodeMonth.objects.update(seconds=1)
        assert windows_that_cannot_be(oak.practice.pk) == [window.pk]
        assert recounting.recount(oak.practice.pk, now=NOW) == {
            "billing_episodewindow": 1,
            "billing_episodemonth": 2,
            "windows above their monitoring days": 1,
        }
        assert EpisodeWindow.objects.get(pk=window.pk).days == window.days
        assert recounting.recount(oak.practice.pk, now=NOW) == {}
    (record,) = caplog.records
    assert str(oak.practice.pk) in record.getMessage()
    assert "Example" not in record.getMessage()


def test_the_schedule_asks_for_every_practice(oak: Home, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(crons.recount_of, "delay", asked.append)
    assert crons.recount_all() == {"practices": len(asked)}
    assert UUID(asked[0]) == oak.practice.pk
    tasks.recount(asked[0])
