"""Worker and schedule entries of billing: who is due is decided, each practice in its own scope."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from billing import crons, tasks
from billing.models import DecidedLine, EpisodeDecision, EpisodeMonth, EpisodeWindow
from checkins.models import TouchedEpisode
from config.celery import app
from networks import clock, work
from networks.scoping import practice_scope
from tests.billing.services import clinic
from tests.world import Home, World

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_once() -> Iterator[None]:
    """Tasks run where they are called."""
    app.conf.task_always_eager = True
    app.conf.task_eager_propagates = True
    yield
    app.conf.task_always_eager = False


@pytest.fixture
def clinics(world: World) -> list[Home]:
    """Oak and Elm, each with one patient who reported twice."""
    homes = [world.oak, world.elm]
    for home in homes:
        with practice_scope(home.practice.pk):
            clinic.open_gates(home)
            clinic.report(clinic.enrol(home), 0, 1)
    return homes


def decided(home: Home) -> int:
    with practice_scope(home.practice.pk):
        return EpisodeDecision.objects.count()


def test_touched_episodes_of_every_practice_are_decided(clinics: list[Home]) -> None:
    assert crons.decide_touched() == {"practices": 2}
    assert [decided(home) for home in clinics] == [1, 1]
    assert crons.decide_touched() == {"practices": 0}
    assert work.due(work.Queue.DECIDE, now=clock.now()) == []


def test_a_task_decides_one_practice_alone(clinics: list[Home]) -> None:
    tasks.decide_touched(str(clinics[0].practice.pk))
    assert [decided(home) for home in clinics] == [1, 0]


def test_at_night_those_are_decided_whom_a_new_day_changes(clinics: list[Home]) -> None:
    assert crons.decide_all() == {"practices": 2, "episodes": 2}
    assert [decided(home) for home in clinics] == [1, 1]
    assert crons.decide_all() == {"practices": 2, "episodes": 0}
    with practice_scope(clinics[0].practice.pk):
        EpisodeDecision.objects.update(as_of=clock.now().date() - timedelta(days=3))
    assert crons.decide_all() == {"practices": 2, "episodes": 1}


def test_a_night_leaves_the_list_of_touched_alone(clinics: list[Home]) -> None:
    crons.decide_all()
    with practice_scope(clinics[0].practice.pk):
        assert TouchedEpisode.objects.count() == 1


def rebuild(*homes: Home) -> str:
    told = StringIO()
    call_command("rebuild", practice=[each.practice.pk for each in homes], stdout=told)
    return told.getvalue()


def test_rebuilding_untouched_rows_changes_nothing(clinics: list[Home]) -> None:
    crons.decide_touched()
    before = []
    for home in clinics:
        with practice_scope(home.practice.pk):
            # As it stands some days later, before the night has come.
            before.append(clinic.derived(home.practice.pk))
    told = rebuild(*clinics)
    assert "2 practices rebuilt, 0 rows changed in all." in told
    for home, rows in zip(clinics, before, strict=True):
        with practice_scope(home.practice.pk):
            assert clinic.derived(home.practice.pk) == rows


def test_rebuilding_mends_what_differs_and_says_how_much(clinics: list[Home]) -> None:
    crons.decide_touched()
    oak, elm = clinics
    with practice_scope(oak.practice.pk):
        EpisodeWindow.objects.filter(starts_on=clinic.START).update(days=30)
        EpisodeMonth.objects.bulk_create(
            EpisodeMonth(
                practice=oak.practice,
                episode_id=each,
                month=date(2026, 3, 1),
                seconds=1200,
                minutes=20,
                pta_minutes=0,
                live_contacts=1,
                is_closed=True,
            )
            for each in EpisodeDecision.objects.values_list("episode_id", flat=True)
        )
    with practice_scope(elm.practice.pk):
        DecidedLine.objects.all().delete()
    told = rebuild(oak, elm)
    assert "billing_episodewindow: 1 rows changed" in told
    assert "billing_episodemonth: 1 rows changed" in told
    assert "billing_decidedline: 2 rows changed" in told
    assert "0 rows changed in all" in rebuild(oak, elm)


@pytest.mark.django_db(databases=["default", "owner"])
def test_without_a_name_every_practice_is_rebuilt(world: World) -> None:
    told = StringIO()
    call_command("rebuild", stdout=told)
    assert told.getvalue().endswith("3 practices rebuilt, 0 rows changed in all.\n")
