"""How far back a patient's page is open."""

from datetime import date, timedelta

import pytest

from billing.history import span

TODAY = date(2026, 3, 2)
LONG_AGO = date(2025, 1, 1)


@pytest.mark.parametrize(
    ("asked", "begins_on", "days", "further"),
    [
        (None, LONG_AGO, 14, 60),
        ("60", LONG_AGO, 60, 365),
        ("365", LONG_AGO, 365, 3650),
        ("3650", LONG_AGO, 3650, 0),
        (None, TODAY - timedelta(days=14), 14, 0),
        (None, TODAY - timedelta(days=15), 14, 60),
        (None, None, 14, 0),
        ("99999999999", LONG_AGO, 14, 60),
        ("-1", LONG_AGO, 14, 60),
        ("x", LONG_AGO, 14, 60),
    ],
)
def test_opens_in_steps(asked: str | None, begins_on: date | None, days: int, further: int) -> None:
    found = span(asked, today=TODAY, begins_on=begins_on)
    assert (found.days, found.further) == (days, further)
    assert found.since.date() == TODAY - timedelta(days=days + 1)
