"""Planning in SQL asks on exactly the days that the pure rule names."""

from datetime import timedelta

from checkins.cadence import asks_on, parse_content
from checkins.models import AdoptedProtocol, CheckIn, OutboundMessage
from networks.keys import uuid7
from networks.local_days import local_date, zone_named
from tests.checkins.services.conftest import Loop

CONTENT = {
    "items": ["pain"],
    "phases": [
        {"first": 1, "last": 4, "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]},
        {"first": 5, "last": 12, "weekdays": ["mon", "wed", "fri"]},
        {"first": 13, "last": None, "weekdays": ["sun"]},
    ],
}


def test_the_statement_and_the_rule_name_the_same_days(loop: Loop) -> None:
    AdoptedProtocol.objects.update(content=CONTENT)
    plan = loop.episode.plans.get()
    zone = zone_named(plan.time_zone)
    expected = []
    for _ in range(30):
        today = local_date(loop.at, zone)
        if asks_on(parse_content(CONTENT), day=today, starts_on=plan.starts_on):
            expected.append(today)
        loop.plan()
        loop.later(days=1)
    asked = list(CheckIn.objects.order_by("local_date").values_list("local_date", flat=True))
    assert asked == expected
    assert len(expected) > 8


def test_nothing_is_planned_after_the_plan_or_the_episode_ended(loop: Loop) -> None:
    plan = loop.episode.plans.get()
    plan.ends_on = plan.starts_on
    plan.save()
    assert loop.plan() == 1
    loop.later(days=1)
    assert loop.plan() == 0
    plan.ends_on = None
    plan.save()
    loop.episode.ends_on = plan.starts_on
    loop.episode.save()
    assert loop.plan() == 0


def test_of_two_plans_of_an_episode_on_one_day_the_earlier_asks(loop: Loop) -> None:
    earlier = loop.episode.plans.get()
    earlier.ends_on = local_date(loop.at, zone_named(earlier.time_zone))
    earlier.save()
    later = loop.episode.plans.get()
    later.pk, later.ends_on = uuid7(), None
    later.save(force_insert=True)
    assert loop.plan() == 1
    assert CheckIn.objects.get().plan == earlier
    loop.later(days=1)
    assert loop.plan() == 1
    assert CheckIn.objects.latest("local_date").plan == later


def test_a_check_in_may_be_sent_until_the_hours_close(loop: Loop) -> None:
    loop.plan()
    row = OutboundMessage.objects.get().outbox
    assert (row.not_before, row.not_after - row.not_before) == (loop.at, timedelta(hours=10, minutes=55))
