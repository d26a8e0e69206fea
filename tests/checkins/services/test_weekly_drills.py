"""A drill once a week by itself: off until chosen, in office hours, once on its day."""

from datetime import datetime, time, timedelta

import pytest

from checkins.models import Drill
from checkins.services import drills, weekly_drills
from networks.actors import Actor
from networks.errors import DomainError
from networks.models import AuditEntry
from networks.permissions import Role
from networks.scoping import Scope, open_scope
from tests.world import NOW, Home, World

MONDAY, SATURDAY = 0, 5


@pytest.fixture
def home(world: World):
    with open_scope(Scope.of_practice(world.oak.practice.pk)):
        yield world.oak


def _admin(home: Home) -> Actor:
    return Actor.person(home.people[Role.PRACTICE_ADMIN].pk)


def _set(home: Home, weekday: int | None, at: time = time(10)) -> None:
    weekly_drills.set_weekly(home.practice, weekday=weekday, at=at, actor=_admin(home), now=NOW)


def _look(home: Home, now: datetime) -> Drill | None:
    return weekly_drills.start_due(home.practice.pk, now=now)


def test_none_starts_until_somebody_turns_it_on(home: Home) -> None:
    assert _look(home, NOW + timedelta(hours=2)) is None
    _set(home, MONDAY)
    assert _look(home, NOW) is None  # nine o'clock
    drill = _look(home, NOW + timedelta(hours=1))
    assert drill is not None
    assert (drill.started_by_id, drill.level) == (home.people[Role.PRACTICE_ADMIN].pk, "L1")
    assert drill.escalation.state == "climbing"


def test_one_a_week_whatever_the_schedule_rings(home: Home) -> None:
    _set(home, MONDAY)
    for hours in range(14 * 24):
        at = NOW + timedelta(hours=hours)
        drill = _look(home, at)
        if drill is not None:
            drills.end_drill(drill, actor=_admin(home), now=at)
    held = [each.occurred_at - NOW for each in Drill.objects.order_by("occurred_at")]
    # Ten by the clock on the wall: on 8 March 2026 the hour goes forward.
    assert held == [timedelta(hours=1), timedelta(days=7)]
    _set(home, None)
    assert _look(home, NOW + timedelta(days=14, hours=2)) is None


def test_not_beside_another_nor_after_hours(home: Home) -> None:
    _set(home, MONDAY)
    assert _look(home, NOW + timedelta(hours=11)) is None  # eight in the evening
    drills.start_drill(home.practice, actor=_admin(home), now=NOW - timedelta(days=1))
    assert _look(home, NOW + timedelta(hours=2)) is None


@pytest.mark.parametrize(("weekday", "at"), [(SATURDAY, time(10)), (MONDAY, time(7)), (MONDAY, time(18))])
def test_a_closed_office_is_refused(home: Home, weekday: int, at: time) -> None:
    with pytest.raises(DomainError):
        _set(home, weekday, at)
    assert not AuditEntry.objects.filter(action="drill.weekly_set").exists()
