"""The ladder by table: given the level, what was done and the hour, which step comes next and when."""

from datetime import UTC, datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.escalation import (
    CURRENT,
    LADDERS,
    QUICK,
    Audience,
    Ladder,
    NextStep,
    People,
    Place,
    Situation,
    Why,
    called,
    climbs,
    ladder_of,
    next_step,
)
from networks.rota import OfficeHours

PLACE = Place(OfficeHours(), ZoneInfo("America/Chicago"))
MONDAY_NINE = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
MONDAY_FIVE_PM = datetime(2026, 3, 2, 23, 0, tzinfo=UTC)
SATURDAY_NIGHT = datetime(2026, 3, 8, 4, 0, tzinfo=UTC)
URGENT = ladder_of(CURRENT, "L1")
SOON = ladder_of(CURRENT, "L2")


def ask(
    ladder: Ladder,
    *,
    opened: datetime = MONDAY_NINE,
    after: timedelta = timedelta(0),
    made: tuple[int, ...] = (),
    acknowledged: bool = False,
    closed: bool = False,
) -> NextStep:
    situation = Situation(opened, made, acknowledged, closed)
    return next_step(ladder, situation, place=PLACE, now=opened + after)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


@pytest.mark.parametrize(
    ("after", "made", "why", "number", "rung", "due"),
    [
        (0, (), Why.DUE, 0, "page", 0),
        (0, (0,), Why.WAITS, 1, "page_again", 5),
        (4.9, (0,), Why.WAITS, 1, "page_again", 5),
        (5, (0,), Why.DUE, 1, "page_again", 5),
        (10, (0, 1), Why.DUE, 2, "backup", 10),
        (15, (0, 1, 2), Why.DUE, 3, "owner", 15),
        (16, (0, 1, 2, 3), Why.WAITS, 4, "again", 45),
        (45, (0, 1, 2, 3), Why.DUE, 4, "again", 45),
        (12, (0,), Why.DUE, 2, "backup", 10),
        (60 * 5, (), Why.DUE, 12, "again", 285),
    ],
    ids=[
        "at_once",
        "first_made",
        "just_before_five",
        "again_at_five",
        "backup_at_ten",
        "owner_at_fifteen",
        "then_half_hours",
        "everybody_again",
        "overdue_takes_the_highest",
        "after_a_standstill_one_step_only",
    ],
)
def test_a_danger_that_cannot_wait(after, made, why, number, rung, due) -> None:
    step = ask(URGENT, after=minutes(after), made=made)
    assert (step.why, step.number, step.rung.name) == (why, number, rung)
    assert step.due_at == MONDAY_NINE + minutes(due)


@pytest.mark.parametrize("opened", [MONDAY_NINE, SATURDAY_NIGHT], ids=["in_hours", "at_night"])
def test_it_is_paged_at_once_at_any_hour(opened) -> None:
    assert ask(URGENT, opened=opened).why is Why.DUE


@pytest.mark.parametrize(
    ("opened", "made", "local_due"),
    [
        (MONDAY_NINE, (), "2026-03-02 09:00"),
        (MONDAY_NINE, (0,), "2026-03-02 11:00"),
        (MONDAY_NINE, (0, 1), "2026-03-02 13:00"),
        (MONDAY_FIVE_PM, (), "2026-03-02 17:00"),
        (MONDAY_FIVE_PM, (0,), "2026-03-03 09:00"),
        (MONDAY_FIVE_PM, (0, 1), "2026-03-03 11:00"),
        (SATURDAY_NIGHT, (), "2026-03-09 08:00"),
        (SATURDAY_NIGHT, (0,), "2026-03-09 10:00"),
    ],
    ids=[
        "at_once_in_hours",
        "again_after_two_hours",
        "backup_after_four",
        "before_closing",
        "nights_do_not_count",
        "backup_the_morning_after",
        "weekend_waits_for_monday",
        "and_by_ten_again",
    ],
)
def test_a_danger_for_the_same_or_next_business_day(opened, made, local_due) -> None:
    step = ask(SOON, opened=opened, made=made)
    assert step.due_at.astimezone(PLACE.zone).strftime("%Y-%m-%d %H:%M") == local_due


@pytest.mark.parametrize(
    ("marks", "why"),
    [
        ({"acknowledged": True}, Why.ACKNOWLEDGED),
        ({"closed": True}, Why.CLOSED),
        ({"acknowledged": True, "closed": True}, Why.CLOSED),
    ],
    ids=["acknowledged", "closed", "both"],
)
@pytest.mark.parametrize("level", ["L1", "L2"])
def test_it_stops_when_a_person_has_it(level, marks, why) -> None:
    step = ask(ladder_of(CURRENT, level), after=timedelta(days=1), **marks)
    assert (step.why, step.rung, step.due_at) == (why, None, None)


def test_it_gives_up_after_a_day_and_says_so() -> None:
    assert URGENT.steps == 52
    assert ask(URGENT, after=timedelta(days=3)).number == 51
    assert ask(URGENT, after=timedelta(days=3), made=(51,)).why is Why.EXHAUSTED


def test_a_level_that_a_person_only_looks_at_is_not_paged() -> None:
    assert [climbs(each) for each in ("L1", "L2", "review")] == [True, True, False]


def test_the_quick_ladder_has_the_same_steps_in_seconds() -> None:
    quick = ladder_of(QUICK, "L1")
    assert [each.name for each in quick.rungs] == [each.name for each in URGENT.rungs]
    assert [each.after for each in quick.rungs] == [timedelta(seconds=s) for s in (0, 5, 10, 15)]


@pytest.mark.parametrize("version", sorted(LADDERS))
@pytest.mark.parametrize("level", ["L1", "L2"])
def test_each_rung_calls_everybody_whom_the_ones_before_called(version, level) -> None:
    ladder = ladder_of(version, level)
    for before, after in zip(ladder.rungs, ladder.rungs[1:], strict=False):
        assert set(before.audience) <= set(after.audience)
        assert before.after < after.after


ANN, BEN, CAT, DAN, EVE = (UUID(int=number) for number in range(1, 6))


@pytest.mark.parametrize(
    ("audience", "people", "expected"),
    [
        ((Audience.ON_CALL,), People(on_call=[ANN], clinician=[BEN]), (ANN,)),
        ((Audience.ON_CALL,), People(clinician=[BEN], admins=[CAT]), (BEN,)),
        ((Audience.ON_CALL,), People(admins=[CAT]), (CAT,)),
        ((Audience.ON_CALL, Audience.BACKUP), People(on_call=[ANN], backup=[DAN]), (ANN, DAN)),
        ((Audience.ON_CALL, Audience.BACKUP), People(on_call=[ANN], admins=[CAT]), (ANN, CAT)),
        (tuple(Audience), People(on_call=[ANN], backup=[ANN], owner=[EVE]), (ANN, EVE)),
        ((Audience.ON_CALL,), People(), ()),
    ],
    ids=["rota", "empty_rota", "no_clinician", "backup", "no_backup", "once_each", "nobody_at_all"],
)
def test_whom_a_step_calls(audience, people, expected) -> None:
    assert called(audience, people) == expected


@given(
    level=st.sampled_from(["L1", "L2"]),
    opened=st.integers(0, 60 * 24 * 365).map(lambda passed: MONDAY_NINE + minutes(passed)),
    looks=st.lists(st.integers(0, 2_000), min_size=1, max_size=12),
)
def test_steps_come_once_in_order_and_never_early(level, opened, looks) -> None:
    ladder, made, at = ladder_of(CURRENT, level), [], opened
    for pause in looks:
        at += minutes(pause)
        step = ask(ladder, opened=opened, after=at - opened, made=tuple(made))
        if step.why is Why.DUE:
            assert step.due_at <= at
            assert step.number > max(made, default=-1)
            made.append(step.number)
            assert ask(ladder, opened=opened, after=at - opened, made=tuple(made)).why is not Why.DUE
        elif step.why is Why.WAITS:
            assert step.due_at > at
