"""Working off touched episodes: cheap when there are none, and nothing that came meanwhile is lost."""

from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from billing.models import EpisodeDecision
from billing.services import decisions
from checkins.models import TouchedEpisode
from checkins.services.touching import forget, touch, touched
from networks import work
from networks.models import WorkDue
from networks.scoping import practice_scope
from tests.billing.services.clinic import JULY, enrol, report
from tests.world import Home, World

pytestmark = pytest.mark.django_db


def drain(oak: Home) -> int:
    return decisions.refresh_touched(oak.practice.pk, now=JULY)


def test_touched_episodes_are_decided_once(oak: Home) -> None:
    one, two = enrol(oak, number=1), enrol(oak, number=2)
    report(one, 0, 1)
    assert drain(oak) == 2
    assert set(EpisodeDecision.objects.values_list("episode_id", flat=True)) == {one.pk, two.pk}
    assert not TouchedEpisode.objects.exists()
    assert drain(oak) == 0


def test_only_what_was_touched_is_decided(oak: Home) -> None:
    episodes = [enrol(oak, number=number) for number in range(5)]
    drain(oak)
    report(episodes[3], 0)
    assert drain(oak) == 1


def test_a_page_has_its_own_patient_decided_and_leaves_the_others(oak: Home) -> None:
    mine, other = enrol(oak, number=1), enrol(oak, number=2)
    worked = decisions.refresh_touched(oak.practice.pk, now=JULY, patient_id=mine.patient_id)
    assert worked == 1
    assert [each.episode_id for each in TouchedEpisode.objects.all()] == [other.pk]
    assert decisions.refresh_touched(oak.practice.pk, now=JULY, patient_id=mine.patient_id) == 0


def test_with_nothing_touched_one_query_suffices(oak: Home) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert drain(oak) == 0
    assert len(queries) == 1


def test_every_touch_changes_the_row_even_at_one_instant(oak: Home) -> None:
    episode = enrol(oak)
    drain(oak)
    seen = []
    for _ in range(3):
        touch([episode.pk, episode.pk], practice_id=oak.practice.pk, now=JULY)
        seen.append(TouchedEpisode.objects.get(episode=episode).touched_at)
    assert seen[0] == JULY
    assert seen[0] < seen[1] < seen[2]


def test_an_earlier_now_never_turns_a_touch_back(oak: Home) -> None:
    episode = enrol(oak)
    touch([episode.pk], practice_id=oak.practice.pk, now=JULY)
    touch([episode.pk], practice_id=oak.practice.pk, now=JULY - timedelta(days=1))
    assert TouchedEpisode.objects.get(episode=episode).touched_at > JULY


def test_touched_again_meanwhile_stays_on_the_list(oak: Home) -> None:
    again, done = enrol(oak, number=1), enrol(oak, number=2)
    worked = touched(oak.practice.pk, most=10)
    touch([again.pk], practice_id=oak.practice.pk, now=worked[0].touched_at)
    forget(worked, practice_id=oak.practice.pk)
    assert [each.episode_id for each in touched(oak.practice.pk, most=10)] == [again.pk]
    assert done.pk in {each.episode_id for each in worked}


def test_touching_rings_and_touching_nothing_does_not(oak: Home) -> None:
    episode = enrol(oak)
    WorkDue.objects.all().delete()
    touch([], practice_id=oak.practice.pk, now=JULY)
    assert work.due(work.Queue.DECIDE, now=JULY) == []
    touch([episode.pk], practice_id=oak.practice.pk, now=JULY)
    assert work.due(work.Queue.DECIDE, now=JULY) == [oak.practice.pk]


def test_touching_takes_two_statements_however_many(oak: Home) -> None:
    episodes = [enrol(oak, number=number).pk for number in range(6)]
    with CaptureQueriesContext(connection) as queries:
        touch(episodes, practice_id=oak.practice.pk, now=JULY)
    assert len(queries) == 2


def test_the_longest_waiting_come_first(oak: Home) -> None:
    late, early = enrol(oak, number=1), enrol(oak, number=2)
    drain(oak)
    touch([late.pk], practice_id=oak.practice.pk, now=JULY)
    touch([early.pk], practice_id=oak.practice.pk, now=JULY - timedelta(hours=1))
    assert [each.episode_id for each in touched(oak.practice.pk, most=1)] == [early.pk]


def test_after_the_work_the_next_look_is_in_a_minute(oak: Home) -> None:
    report(enrol(oak), 0)
    assert decisions.work_off(oak.practice.pk, now=JULY) == 1
    assert work.due(work.Queue.DECIDE, now=JULY + timedelta(seconds=59)) == []
    assert work.due(work.Queue.DECIDE, now=JULY + timedelta(seconds=60)) == [oak.practice.pk]


def test_another_tenants_list_is_left_alone(oak: Home, world: World) -> None:
    with practice_scope(world.elm.practice.pk):
        report(enrol(world.elm), 0)
    assert decisions.refresh_touched(world.elm.practice.pk, now=JULY) == 0
    with practice_scope(world.elm.practice.pk):
        assert TouchedEpisode.objects.count() == 1
        assert decisions.refresh_touched(world.elm.practice.pk, now=JULY) == 1


def test_every_practice_that_was_ever_touched_is_known(oak: Home, world: World) -> None:
    report(enrol(oak), 0)
    decisions.work_off(oak.practice.pk, now=JULY)
    with practice_scope(world.elm.practice.pk):
        enrol(world.elm)
    assert set(decisions.practices_to_decide()) == {oak.practice.pk, world.elm.practice.pk}


def test_of_more_than_one_go_takes_the_rest_stays_due(oak: Home, monkeypatch) -> None:
    monkeypatch.setattr(decisions, "DRAINED_AT_ONCE", 2)
    for number in range(3):
        enrol(oak, number=number)
    assert decisions.work_off(oak.practice.pk, now=JULY) == 2
    assert work.due(work.Queue.DECIDE, now=JULY) == [oak.practice.pk]
    assert decisions.work_off(oak.practice.pk, now=JULY) == 1
    assert work.due(work.Queue.DECIDE, now=JULY) == []


@pytest.mark.django_db(databases=["default", "owner"])
def test_while_another_worker_is_at_it_nothing_is_done_twice(oak: Home) -> None:
    report(enrol(oak), 0)
    key = [f"decide:{oak.practice.pk}"]
    with connections["owner"].cursor() as other:
        other.execute("SELECT pg_advisory_lock(hashtextextended(%s, 2))", key)
        assert drain(oak) == 0
        assert TouchedEpisode.objects.count() == 1
        other.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 2))", key)
    assert drain(oak) == 1
