"""When texts may go out: the practice's hours, its state's, Sundays and the days on which clocks change."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.hours import NeverOpenError, TextingHours, next_slot, slot_on
from checkins.state_hours import FEDERAL, STATES, are_in_order, state_span
from networks.local_days import zone_named

TUESDAY, SATURDAY, SUNDAY = date(2026, 3, 3), date(2026, 3, 7), date(2026, 3, 8)
CHICAGO, PHOENIX = zone_named("America/Chicago"), zone_named("America/Phoenix")
NINE_TO_EIGHT = (time(9), time(20))


@pytest.mark.parametrize(
    ("state", "day", "opens", "closes"),
    [
        pytest.param("IL", TUESDAY, 8, 21, id="a state without a row has the federal hours"),
        pytest.param("FL", TUESDAY, 8, 20, id="Florida ends at eight"),
        pytest.param("CT", SUNDAY, 9, 20, id="Connecticut begins at nine"),
        pytest.param("KY", TUESDAY, 10, 21, id="Kentucky begins at ten"),
        pytest.param("RI", TUESDAY, 9, 18, id="Rhode Island on a weekday"),
        pytest.param("RI", SATURDAY, 10, 17, id="Rhode Island at the weekend"),
        pytest.param("TX", SATURDAY, 9, 21, id="Texas on a Saturday"),
        pytest.param("TX", SUNDAY, 12, 21, id="Texas on a Sunday"),
        pytest.param("ME", TUESDAY, 9, 17, id="Maine on a weekday"),
        pytest.param("PA", SUNDAY, 8, 21, id="Pennsylvania on a Sunday before October 2026"),
        pytest.param("PA", date(2026, 10, 19), 8, 21, id="Pennsylvania on a Monday since"),
        pytest.param("tx", SUNDAY, 12, 21, id="small letters"),
    ],
)
def test_a_states_hours(state: str, day: date, opens: int, closes: int) -> None:
    span = state_span(state, day)
    assert span is not None
    assert (span.opens, span.closes) == (time(opens), time(closes))


@pytest.mark.parametrize(
    ("state", "day"), [("PA", date(2026, 10, 18)), ("ME", SATURDAY), ("ME", SUNDAY)], ids=str
)
def test_days_on_which_a_state_allows_nothing(state: str, day: date) -> None:
    assert state_span(state, day) is None
    assert TextingHours(*NINE_TO_EIGHT, state=state).on(day) is None


def test_every_row_of_the_table_names_its_source_and_lies_inside_the_federal_hours() -> None:
    assert are_in_order()
    for rows in STATES.values():
        for row in rows:
            assert row.source
            for span in (row.weekdays, row.saturday, row.sunday):
                if span is not None:
                    assert FEDERAL.weekdays is not None
                    assert FEDERAL.weekdays.opens <= span.opens < span.closes <= FEDERAL.weekdays.closes


def test_both_hours_hold_and_a_sunday_can_be_switched_off() -> None:
    texas = TextingHours(*NINE_TO_EIGHT, state="TX").on(SUNDAY)
    assert texas is not None
    assert (texas.opens, texas.closes) == (time(12), time(20))
    assert TextingHours(*NINE_TO_EIGHT, on_sunday=False, state="TX").on(SUNDAY) is None
    assert TextingHours(time(18), time(20), state="ME").on(TUESDAY) is None


def test_hours_that_never_meet_are_said_and_not_searched_for_ever() -> None:
    hours = TextingHours(time(18), time(20), state="ME")
    with pytest.raises(NeverOpenError):
        next_slot(datetime(2026, 3, 3, tzinfo=UTC), hours=hours, zone=CHICAGO)


@pytest.mark.parametrize(
    ("day", "opens_at", "closes_at"),
    [
        pytest.param(date(2026, 3, 7), "2026-03-07T15:00", "2026-03-08T02:00", id="before the spring change"),
        pytest.param(date(2026, 3, 8), "2026-03-08T14:00", "2026-03-09T01:00", id="on the spring change"),
        pytest.param(
            date(2026, 10, 31), "2026-10-31T14:00", "2026-11-01T01:00", id="before the autumn change"
        ),
        pytest.param(date(2026, 11, 1), "2026-11-01T15:00", "2026-11-02T02:00", id="on the autumn change"),
    ],
)
def test_a_slot_keeps_the_patients_clock_when_clocks_change(day: date, opens_at: str, closes_at: str) -> None:
    slot = slot_on(day, hours=TextingHours(*NINE_TO_EIGHT), zone=CHICAGO)
    assert slot is not None
    assert slot.opens_at == datetime.fromisoformat(opens_at + "+00:00")
    assert slot.closes_at == datetime.fromisoformat(closes_at + "+00:00")


def test_a_zone_without_summer_time_keeps_its_hours() -> None:
    for day in (SATURDAY, SUNDAY):
        slot = slot_on(day, hours=TextingHours(*NINE_TO_EIGHT), zone=PHOENIX)
        assert slot is not None
        assert slot.opens_at.hour == 16


@given(
    minutes=st.integers(0, 2 * 366 * 24 * 60),
    state=st.sampled_from(["", "IL", *STATES]),
    zone=st.sampled_from(["America/New_York", "America/Chicago", "America/Phoenix", "Pacific/Honolulu"]),
    on_sunday=st.booleans(),
)
def test_the_next_slot_is_open_allowed_and_not_over(
    minutes: int, state: str, zone: str, on_sunday: bool
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    hours = TextingHours(*NINE_TO_EIGHT, on_sunday=on_sunday, state=state)
    slot = next_slot(now, hours=hours, zone=zone_named(zone))
    span = hours.on(slot.day)
    assert span is not None
    assert now < slot.closes_at
    for instant in (slot.opens_at, slot.closes_at):
        local = instant.astimezone(zone_named(zone))
        assert local.date() == slot.day
        assert time(9) <= local.time() <= time(20)
    assert on_sunday or slot.day.isoweekday() != 7
