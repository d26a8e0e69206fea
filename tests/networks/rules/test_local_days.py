"""Local dates: the one conversion, at its edges in several zones."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from networks.local_days import (
    UnknownZoneError,
    instant_of,
    local_date,
    local_time,
    start_of_day,
    zone_named,
)

ZONES = st.sampled_from(sorted(name for name in available_timezones() if "/" in name))
MODERN = st.dates(date(2000, 1, 1), date(2037, 12, 31))


def _at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("America/New_York", "2026-03-08T04:59:59", "2026-03-07"),
        ("America/New_York", "2026-03-08T05:00:00", "2026-03-08"),
        ("America/New_York", "2026-03-09T04:00:00", "2026-03-09"),
        ("America/New_York", "2026-11-02T04:59:59", "2026-11-01"),
        ("America/Phoenix", "2026-07-02T06:59:59", "2026-07-01"),
        ("Pacific/Kiritimati", "2026-01-01T10:00:00", "2026-01-02"),
        ("America/Chicago", "2028-02-29T05:59:59", "2028-02-28"),
    ],
)
def test_local_date(zone: str, at: str, day: str) -> None:
    assert local_date(_at(at), zone_named(zone)).isoformat() == day


@pytest.mark.parametrize(
    ("zone", "day", "at"),
    [
        ("America/Chicago", "2026-03-08", "2026-03-08T06:00:00"),
        ("America/Chicago", "2026-03-09", "2026-03-09T05:00:00"),
        ("America/Chicago", "2026-11-02", "2026-11-02T06:00:00"),
        ("America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00"),
        ("America/Havana", "2026-11-01", "2026-11-01T04:00:00"),
        ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00:00"),
    ],
)
def test_start_of_day(zone: str, day: str, at: str) -> None:
    assert start_of_day(date.fromisoformat(day), zone_named(zone)) == _at(at)


@given(ZONES, MODERN)
def test_the_start_of_day_is_its_first_instant(name: str, day: date) -> None:
    zone = zone_named(name)
    start = start_of_day(day, zone)
    # Samoa and Tokelau left one date out when they crossed the date line.
    assert local_date(start, zone) in {day, day + timedelta(days=1)}
    assert local_date(start - timedelta(seconds=1), zone) < day


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Mars/Base",
        "America",
        "../zone",
        "/etc/localtime",
        "right/UTC",
        "a\x00b",
        "localtime",
        "posixrules",
        "Factory",
    ],
)
def test_no_such_zone(name: str) -> None:
    with pytest.raises(UnknownZoneError):
        zone_named(name)


@pytest.mark.parametrize(
    ("zone", "day", "at", "instant"),
    [
        ("America/Chicago", "2026-03-08", "09:00", "2026-03-08T14:00:00"),
        ("America/Chicago", "2026-03-08", "02:30", "2026-03-08T08:30:00"),
        ("America/Chicago", "2026-11-01", "01:30", "2026-11-01T06:30:00"),
        ("Asia/Kolkata", "2026-03-08", "09:00", "2026-03-08T03:30:00"),
    ],
)
def test_instant_of(zone: str, day: str, at: str, instant: str) -> None:
    found = instant_of(date.fromisoformat(day), time.fromisoformat(at), zone_named(zone))
    assert found == _at(instant)


@given(ZONES, MODERN)
def test_noon_comes_back_as_noon(name: str, day: date) -> None:
    zone = zone_named(name)
    instant = instant_of(day, time(12), zone)
    # A date that a zone left out has no noon.
    if local_date(instant, zone) == day:
        assert local_time(instant, zone) == time(12)


@pytest.mark.parametrize("convert", [local_date, local_time], ids=lambda each: each.__name__)
def test_an_instant_without_offset_is_refused(convert: Callable[[datetime, ZoneInfo], object]) -> None:
    with pytest.raises(ValueError, match="needs an offset"):
        convert(datetime(2026, 3, 2), zone_named("UTC"))  # noqa: DTZ001 - the case under test
