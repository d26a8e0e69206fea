"""Values are kept once, a day counts once, and every keeping touches the episode anew."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.services import decisions
from billing.services.recounting import recount
from checkins.models import MonitoringDay, Reading, TouchedEpisode
from checkins.services.keeping import keep
from networks.scoping import practice_scope
from tests.billing.services import clinic
from tests.billing.services.clinic import JULY, after, enrol, on
from tests.world import World

pytestmark = pytest.mark.django_db


def value(episode, day: int, *, hour: int = 15, low: float | None = 4, word: str = "") -> Reading:
    return Reading(
        practice_id=episode.practice_id,
        episode=episode,
        item="pain" if not word else "exercises",
        low=low,
        high=low,
        word=word,
        source=Reading.Source.PATIENT,
        received_at=on(after(day), hour),
        local_date=after(day),
    )


def test_values_days_and_touches_are_kept_in_one_statement(world: World) -> None:
    with practice_scope(world.oak.practice.pk):
        clinic.open_gates(world.oak)
        one, two = enrol(world.oak), enrol(world.oak, number=1)
        TouchedEpisode.objects.all().delete()
        values = [value(one, 0), value(one, 0, hour=16, low=None, word="yes"), value(one, 1), value(two, 0)]
        with CaptureQueriesContext(connection) as queries:
            keep(values, practice_id=world.oak.practice.pk, now=JULY)
        assert len(queries) == 2
        assert Reading.objects.count() == 4
        assert Reading.objects.get(word="yes").low is None
        days = MonitoringDay.objects.values_list("episode", "local_date")
        assert sorted(days) == sorted([(one.pk, after(0)), (one.pk, after(1)), (two.pk, after(0))])
        before = {each.episode_id: each.touched_at for each in TouchedEpisode.objects.all()}
        # The same once more changes no value and no day, and still touches, even at the same instant.
        keep(values, practice_id=world.oak.practice.pk, now=JULY)
        assert (Reading.objects.count(), MonitoringDay.objects.count()) == (4, 3)
        assert all(each.touched_at > before[each.episode_id] for each in TouchedEpisode.objects.all())
        keep([], practice_id=world.oak.practice.pk, now=JULY)
        # What was counted along the way is what the night counts.
        decisions.refresh_touched(world.oak.practice.pk, now=JULY)
        assert not any(recount(world.oak.practice.pk, now=JULY).values())
        assert not TouchedEpisode.objects.exists()


@pytest.mark.parametrize("others", [0, 1], ids=["by itself", "among others"])
def test_a_reply_is_kept_alike_by_itself_and_among_others(world: World, others: int) -> None:
    with practice_scope(world.oak.practice.pk):
        one, two = enrol(world.oak), enrol(world.oak, number=1)
        TouchedEpisode.objects.all().delete()
        reply = [value(one, 0), value(one, 0, low=None, word="it's 5% \\ no")]
        values = reply + [value(two, 0)] * others
        for _ in range(2):
            keep(values, practice_id=world.oak.practice.pk, now=JULY)
        kept = Reading.objects.filter(episode=one).order_by("item")
        columns = (
            "pk",
            "practice_id",
            "check_in_id",
            "message_id",
            "item",
            "low",
            "word",
            "source",
            "received_at",
        )
        assert list(kept.values_list(*columns)) == [
            tuple(getattr(each, name) for name in columns) for each in reversed(reply)
        ]
        assert MonitoringDay.objects.filter(episode=one, local_date=after(0)).count() == 1
        assert TouchedEpisode.objects.get(episode=one).touched_at > JULY
