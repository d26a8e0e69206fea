"""Who is on call and when the office is open, by table, in the practice's own zone."""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from networks.rota import OfficeHours, Shift, after_open_time, is_open, next_opening, on_call

CHICAGO = ZoneInfo("America/Chicago")
ANN, BEN = UUID(int=1), UUID(int=2)
MONDAY = 0
DAY = Shift(ANN, MONDAY, time(8), time(18))
NIGHT = Shift(BEN, MONDAY, time(18), time(8))
WHOLE = Shift(BEN, MONDAY, time(0), time(0))


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=CHICAGO).astimezone(UTC)


@pytest.mark.parametrize(
    ("shift", "moment", "holds"),
    [
        (DAY, "2026-03-02 08:00", True),
        (DAY, "2026-03-02 17:59", True),
        (DAY, "2026-03-02 18:00", False),
        (DAY, "2026-03-03 09:00", False),
        (NIGHT, "2026-03-02 18:00", True),
        (NIGHT, "2026-03-03 07:59", True),
        (NIGHT, "2026-03-03 08:00", False),
        (NIGHT, "2026-03-02 07:00", False),
        (WHOLE, "2026-03-02 00:00", True),
        (WHOLE, "2026-03-02 23:59", True),
        (WHOLE, "2026-03-03 00:00", False),
    ],
)
def test_hours_hold(shift, moment, holds) -> None:
    assert bool(on_call([shift], at=at(moment), zone=CHICAGO)) is holds


def test_sunday_night_reaches_into_monday() -> None:
    night = Shift(ANN, 6, time(20), time(6))
    assert on_call([night], at=at("2026-03-02 05:00"), zone=CHICAGO) == (ANN,)


def test_backups_are_asked_for_apart_and_everybody_comes_once() -> None:
    shifts = [DAY, DAY, Shift(BEN, MONDAY, time(8), time(18), is_backup=True)]
    moment = at("2026-03-02 09:00")
    assert on_call(shifts, at=moment, zone=CHICAGO) == (ANN,)
    assert on_call(shifts, at=moment, zone=CHICAGO, as_backup=True) == (BEN,)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-03-02 09:00", "2026-03-02 09:00"),
        ("2026-03-02 07:00", "2026-03-02 08:00"),
        ("2026-03-02 18:00", "2026-03-03 08:00"),
        ("2026-03-06 19:00", "2026-03-09 08:00"),
    ],
    ids=["open", "before", "after", "over_the_weekend_of_the_clock_change"],
)
def test_next_opening(moment, opens) -> None:
    assert next_opening(OfficeHours(), at=at(moment), zone=CHICAGO) == at(opens)


def test_an_office_that_never_opens_does_not_hold_a_page_up() -> None:
    never = OfficeHours(weekdays=frozenset())
    moment = at("2026-03-02 09:00")
    assert not is_open(never, at=moment, zone=CHICAGO)
    assert next_opening(never, at=moment, zone=CHICAGO) == moment
    assert after_open_time(never, start=moment, span=timedelta(hours=2), zone=CHICAGO) == moment + timedelta(
        hours=2
    )


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-03-02 09:00", 2, "2026-03-02 11:00"),
        ("2026-03-02 17:00", 2, "2026-03-03 09:00"),
        ("2026-03-06 17:00", 12, "2026-03-10 09:00"),
        ("2026-03-07 12:00", 0, "2026-03-09 08:00"),
    ],
    ids=["same_day", "over_night", "over_the_weekend", "starts_closed"],
)
def test_open_time_skips_nights_and_closed_days(start, hours, end) -> None:
    found = after_open_time(OfficeHours(), start=at(start), span=timedelta(hours=hours), zone=CHICAGO)
    assert found == at(end)
