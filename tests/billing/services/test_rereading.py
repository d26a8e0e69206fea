"""Reading texts again: on untouched rows nothing changes, what differs is mended and keeps its id."""

from datetime import UTC, date, datetime, timedelta

import pytest

from billing.models import DecidedLine
from billing.services import decisions, rebuilding
from billing.services.rereading import read_again
from checkins.models import MonitoringDay, OutboxRow, Reading, ReplyReading
from checkins.services import enrollment, line, planning, protocols, reading, receiving, writing
from networks.scoping import practice_scope
from patients.models import Episode
from tests.billing.services import clinic
from tests.world import NOW, SYSTEM, Home

pytestmark = pytest.mark.django_db

OUR_NUMBER, MOBILE = "+13125550199", "+13125550142"
ACCOUNT = "AC" + "0a" * 16
MORNING = datetime(2026, 3, 3, 15, 5, tzinfo=UTC)


@pytest.fixture
def episode(oak: Home) -> Episode:
    """An enrolled patient of Oak who answered on three mornings, the second time in two texts."""
    protocols.ship()
    route = line.add_sender(
        oak.practice, number=OUR_NUMBER, account_sid=ACCOUNT, token="1f" * 16, actor=SYSTEM, now=NOW
    )
    enrolled = enrollment.enroll(
        oak.practice,
        request=enrollment.EnrollmentRequest(
            given_name="Rosa",
            family_name="Vance",
            mobile="312 555 0142",
            language="en",
            condition="knee",
            side="left",
            clinician_id=oak.clinician.pk,
            time_zone="America/Chicago",
            welcome=False,
        ),
        actor=SYSTEM,
        now=NOW,
    )
    clinic.set_up(oak, enrolled)
    for day, bodies in enumerate((["6 y"], ["5", "yes"], ["thanks!"])):
        now = MORNING + timedelta(days=day)
        planning.plan_day(oak.practice.pk, now=now)
        writing.write_texts(oak.practice.pk, now=now)
        OutboxRow.objects.update(state=OutboxRow.State.SENT, finished_at=now)
        for place, body in enumerate(bodies):
            at = now + timedelta(minutes=5 * place)
            fields = {
                "MessageSid": [f"SM{day:016x}{place:016x}"],
                "AccountSid": [ACCOUNT],
                "From": [MOBILE],
                "To": [OUR_NUMBER],
                "Body": [body],
                "NumMedia": ["0"],
            }
            receiving.receive(route, receiving.text_from(fields), now=at)
            reading.read_pending(oak.practice.pk, now=lambda at=at: at)
    decisions.refresh_touched(oak.practice.pk, now=clinic.JULY)
    return enrolled


def everything(oak: Home) -> list[list[tuple]]:
    return [
        sorted(model.objects.filter(practice=oak.practice).values_list(), key=str)
        for model in (ReplyReading, Reading, MonitoringDay)
    ]


def test_reading_again_changes_nothing(oak: Home, episode: Episode) -> None:
    before = everything(oak)
    assert [len(rows) for rows in before] == [4, 4, 2]
    assert sum(read_again(oak.practice.pk).values()) == 0
    assert everything(oak) == before


def test_a_whole_rebuild_changes_nothing(oak: Home, episode: Episode) -> None:
    assert DecidedLine.objects.filter(episode=episode).exists()
    changed = rebuilding.rebuild([oak.practice.pk], now=clinic.JULY + timedelta(days=40))
    assert set(changed.values()) == {0}
    assert {"checkins_reading", "checkins_replyreading", "checkins_monitoringday"} < changed.keys()


def test_what_differs_is_mended_and_keeps_its_id(oak: Home, episode: Episode) -> None:
    before = everything(oak)
    pain = Reading.objects.filter(item="pain").earliest("received_at")
    Reading.objects.filter(pk=pain.pk).update(low=1, source="staff")
    ReplyReading.objects.filter(message=pain.message_id).update(kind="other", answers={})
    MonitoringDay.objects.create(practice=oak.practice, episode=episode, local_date=date(2026, 3, 20))
    MonitoringDay.objects.filter(local_date=date(2026, 3, 3)).update(local_date=date(2026, 3, 21))
    changed = read_again(oak.practice.pk)
    assert changed == {"checkins_reading": 1, "checkins_replyreading": 1, "checkins_monitoringday": 3}
    assert everything(oak)[:2] == before[:2]
    days = MonitoringDay.objects.order_by("local_date").values_list("local_date", flat=True)
    assert list(days) == [date(2026, 3, 3), date(2026, 3, 4)]


def test_what_is_lacking_is_made_and_what_nobody_wrote_is_removed(oak: Home, episode: Episode) -> None:
    before = Reading.objects.count()
    Reading.objects.filter(item="exercises").latest("received_at").delete()
    spare = Reading.objects.filter(item="pain").latest("received_at")
    spare.pk, spare.item, spare._state.adding = None, "function", True
    spare.id = Reading().id
    spare.save()
    assert read_again(oak.practice.pk)["checkins_reading"] == 2
    assert Reading.objects.count() == before
    assert not Reading.objects.filter(item="function").exists()


def test_values_without_a_text_are_left_alone(oak: Home, episode: Episode) -> None:
    clinic.report(episode, 30, source="patient")
    clinic.report(episode, 31, source="staff")
    assert sum(read_again(oak.practice.pk).values()) == 0
    assert MonitoringDay.objects.filter(local_date=clinic.after(30)).exists()


def test_a_rebuild_opens_each_practices_own_scope(oak: Home, episode: Episode, world) -> None:
    ids = [world.elm.practice.pk, oak.practice.pk]
    assert set(rebuilding.rebuild(ids, now=clinic.JULY).values()) == {0}
    with practice_scope(world.elm.practice.pk):
        assert not Reading.objects.exists()
