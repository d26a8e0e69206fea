"""What a month's row can still become, and the next step of care."""

from datetime import date
from typing import Any

import pytest

from billing.outlook import RowFacts, month_outlook, next_step

MARCH = date(2026, 3, 1)


def _facts(today: date, **known: Any) -> RowFacts:
    return RowFacts(today, MARCH, **known)


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        (
            _facts(date(2026, 3, 20)),
            "no live contact yet, 11 days left; without one no management code stands",
        ),
        (
            _facts(date(2026, 3, 31), minutes=30),
            "no live contact yet, the month ends today; without one no management code stands",
        ),
        (_facts(date(2026, 3, 20), minutes=9, live_contacts=1), "under 10 minutes so far, 11 days left"),
        (_facts(date(2026, 3, 20), minutes=10, live_contacts=1), "98979 stands so far"),
        (_facts(date(2026, 3, 20), minutes=20, live_contacts=1), "98980 stands so far"),
        (
            _facts(date(2026, 4, 1), minutes=9, live_contacts=1),
            "under 10 minutes: no management code can stand any more",
        ),
        (_facts(date(2026, 4, 1), minutes=25), "no live contact: no management code can stand any more"),
        (_facts(date(2026, 4, 1), minutes=25, live_contacts=1), "98980 stands"),
        (_facts(date(2026, 3, 20), minutes=25, live_contacts=1, is_over=True), "98980 stands"),
        (RowFacts(date(2025, 11, 20), date(2025, 11, 1), 19, 1), "under 20 minutes so far, 10 days left"),
    ],
)
def test_what_the_month_can_still_become(facts: RowFacts, words: str) -> None:
    assert month_outlook(facts) == words


@pytest.mark.parametrize(
    ("known", "step"),
    [
        ({}, "Ask how they are: no answer has counted yet"),
        ({"last_data_day": date(2026, 3, 16)}, "Ask how they are: no answer since Mon 16 Mar"),
        ({"last_data_day": date(2026, 3, 17)}, "Talk with them about their answers"),
        ({"last_data_day": date(2026, 3, 20), "live_contacts": 1}, "Nothing to do"),
        ({"has_plan": False}, "See the therapist: no plan of care names monitoring"),
        ({"plan_ends_on": date(2026, 4, 3)}, "See the therapist: the plan of care ends Fri 3 Apr"),
        ({"plan_ends_on": date(2026, 3, 19)}, "See the therapist: the plan of care ended Thu 19 Mar"),
        ({"plan_ends_on": date(2026, 4, 4)}, "Ask how they are: no answer has counted yet"),
        ({"is_over": True}, "Nothing to do: care has ended"),
    ],
)
def test_the_next_step_is_one_of_care(known: dict[str, object], step: str) -> None:
    assert next_step(_facts(date(2026, 3, 20), **known)) == step
    assert "minute" not in step


def test_a_closed_month_asks_for_nothing() -> None:
    assert next_step(_facts(date(2026, 4, 1))) == "Nothing to do: the month has closed"
