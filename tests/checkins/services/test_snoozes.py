"""Setting rows aside: with a reason and a date, never danger, and taken back by a new row."""

from datetime import date, timedelta

import pytest

from checkins.models import Alert, AlertEvent, Snooze
from checkins.services import alerts, snoozes
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry
from networks.scoping import Scope, open_scope
from tests import factories
from tests.world import NOW, SYSTEM, World

TODAY = date(2026, 3, 2)
FRIDAY = date(2026, 3, 6)


@pytest.fixture
def episode(world: World):
    with open_scope(Scope.of_practice(world.oak.practice.pk)):
        yield factories.enrolled(world.oak, now=NOW).episode


def _flag(episode, *, level: str = "L1") -> Alert:
    return alerts.open_alert(
        episode.patient, kind=Alert.Kind.RED_FLAG, level=level, now=NOW, episode=episode, sign="fall"
    )


def test_a_row_is_set_aside_with_a_reason_and_noted(episode) -> None:
    made = snoozes.snooze(episode, until=FRIDAY, reason=" Seen today ", actor=SYSTEM, now=NOW)
    assert (made.until, made.reason) == (FRIDAY, "Seen today")
    entry = AuditEntry.objects.get(action="patient.snoozed")
    assert entry.details == {"until": "2026-03-06"}
    assert entry.patient_id == episode.patient_id


def test_the_same_twice_is_one_snooze(episode) -> None:
    first = snoozes.snooze(episode, until=FRIDAY, reason="Seen", actor=SYSTEM, now=NOW)
    assert snoozes.snooze(episode, until=FRIDAY, reason="Seen", actor=SYSTEM, now=NOW) == first
    assert Snooze.objects.count() == 1


@pytest.mark.parametrize("level", ["L1", "L2"])
@pytest.mark.parametrize("is_acknowledged", [False, True], ids=["untouched", "acknowledged"])
def test_danger_is_never_set_aside(episode, level: str, is_acknowledged: bool) -> None:
    flag = _flag(episode, level=level)
    if is_acknowledged:
        alerts.acknowledge(flag, actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict, match="never set aside"):
        snoozes.snooze(episode, until=FRIDAY, reason="Seen", actor=SYSTEM, now=NOW)
    assert not Snooze.objects.exists()


def test_a_closed_danger_sign_no_longer_stands_in_the_way(episode) -> None:
    alerts.close(_flag(episode), reason="Reached, well", actor=SYSTEM, now=NOW)
    assert snoozes.snooze(episode, until=FRIDAY, reason="Seen", actor=SYSTEM, now=NOW)


@pytest.mark.parametrize(
    ("until", "reason", "field"),
    [
        (TODAY, "Seen", "until"),
        (TODAY - timedelta(days=1), "Seen", "until"),
        (TODAY + timedelta(days=32), "Seen", "until"),
        (FRIDAY, "  ", "reason"),
        (FRIDAY, "x" * 201, "reason"),
    ],
    ids=["today", "yesterday", "too far", "no reason", "endless reason"],
)
def test_refuses_in_words(episode, until: date, reason: str, field: str) -> None:
    with pytest.raises(DomainError) as error:
        snoozes.snooze(episode, until=until, reason=reason, actor=SYSTEM, now=NOW)
    assert error.value.field == field


def test_taking_back_adds_a_row_and_twice_changes_nothing(episode) -> None:
    made = snoozes.snooze(episode, until=FRIDAY, reason="Seen", actor=SYSTEM, now=NOW)
    for _ in range(2):
        snoozes.end(made, actor=SYSTEM, now=NOW)
    assert Snooze.objects.count() == 2
    assert not Snooze.objects.all().standing().exists()
    assert AuditEntry.objects.filter(action="patient.snooze_ended").count() == 1


def test_an_alert_handed_back_waits_again_and_can_be_taken_again(episode) -> None:
    flag = _flag(episode)
    minute = timedelta(minutes=1)
    alerts.acknowledge(flag, actor=SYSTEM, now=NOW)
    for _ in range(2):
        alerts.hand_back(flag, actor=SYSTEM, now=NOW + minute)
    assert not Alert.objects.all().with_acknowledged().get().was_acknowledged
    alerts.acknowledge(flag, actor=SYSTEM, now=NOW + 2 * minute)
    assert Alert.objects.all().with_acknowledged().get().was_acknowledged
    acts = AlertEvent.objects.order_by("occurred_at").values_list("act", flat=True)
    assert list(acts) == ["acknowledged", "handed_back", "acknowledged"]


def test_a_closed_alert_is_not_handed_back(episode) -> None:
    flag = _flag(episode)
    alerts.close(flag, reason="Reached", actor=SYSTEM, now=NOW)
    with pytest.raises(Conflict):
        alerts.hand_back(flag, actor=SYSTEM, now=NOW)
