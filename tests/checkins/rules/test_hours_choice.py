"""What may be chosen as texting hours, and how hours are put into words."""

from datetime import date, time

import pytest

from checkins.hours import TextingHours
from checkins.hours_choice import fitted, refusal, week_of
from checkins.presenters.texting_hours import hours_view
from checkins.state_hours import STATES
from networks.identifiers import STATES as ALL_STATES
from networks.state_names import STATE_NAMES

TODAY = date(2026, 11, 23)


def _hours(opens: str, closes: str, *, state: str = "IL", on_sunday: bool = False) -> TextingHours:
    return TextingHours(
        time.fromisoformat(opens), time.fromisoformat(closes), on_sunday=on_sunday, state=state
    )


@pytest.mark.parametrize(
    ("hours", "field", "said"),
    [
        pytest.param(_hours("19:00", "09:00"), "texts_until", "later in the day", id="wrong way round"),
        pytest.param(_hours("09:00", "09:00"), "texts_until", "later in the day", id="no time at all"),
        pytest.param(_hours("07:59", "19:00"), "texts_from", "Illinois begin at 8:00", id="before the state"),
        pytest.param(_hours("09:00", "21:01"), "texts_until", "Illinois end at 21:00", id="after the state"),
        pytest.param(_hours("09:00", "10:59"), "texts_until", "at least 2 hours", id="too short"),
        pytest.param(
            _hours("09:00", "17:00", state="PA", on_sunday=True),
            "texts_on_sunday",
            "no texts go out on Sundays",
            id="a state without Sundays",
        ),
        pytest.param(
            _hours("09:00", "13:00", state="TX", on_sunday=True),
            "texts_on_sunday",
            "12:00 to 21:00 only",
            id="hardly anything left on Sundays",
        ),
    ],
)
def test_what_is_refused(hours: TextingHours, field: str, said: str) -> None:
    found = refusal(hours, today=TODAY)
    assert found is not None
    assert (found.field, said in found.sentence) == (field, True)


@pytest.mark.parametrize(
    "hours",
    [
        pytest.param(_hours("08:00", "21:00", on_sunday=True), id="all that the state allows"),
        pytest.param(_hours("09:00", "11:00"), id="two hours"),
        pytest.param(_hours("09:00", "18:00", state="RI", on_sunday=True), id="shorter at the weekend"),
        pytest.param(_hours("00:00", "23:59", state="", on_sunday=True), id="no state kept"),
    ],
)
def test_what_is_taken(hours: TextingHours) -> None:
    assert refusal(hours, today=TODAY) is None


@pytest.mark.parametrize("state", ["", *sorted(ALL_STATES)])
def test_what_is_offered_is_what_holds_and_is_taken(state: str) -> None:
    begun = _hours("09:00", "20:00", state=state, on_sunday=True)
    offered = fitted(begun, today=TODAY)
    assert refusal(offered, today=TODAY) is None
    assert week_of(offered, today=TODAY) == week_of(begun, today=TODAY)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        pytest.param(
            _hours("09:00", "19:30"),
            "Texts leave between 9:00 and 19:30, not on Sundays; Illinois allows 8:00 to 21:00.",
            id="not on Sundays",
        ),
        pytest.param(
            _hours("09:00", "20:00", state="PA", on_sunday=True),
            "Texts leave between 9:00 and 20:00, not on Sundays; "
            "Pennsylvania allows 8:00 to 21:00, none on Sundays.",
            id="the state has no Sundays",
        ),
        pytest.param(
            _hours("09:00", "20:00", state="RI", on_sunday=True),
            "Texts leave between 9:00 and 18:00 on weekdays, between 10:00 and 17:00 on Saturdays and Sundays; "
            "Rhode Island allows 9:00 to 18:00 on weekdays, 10:00 to 17:00 on Saturdays and Sundays.",
            id="shorter at the weekend",
        ),
        pytest.param(
            _hours("09:00", "20:00", state="ME"),
            "Texts leave between 9:00 and 17:00, not on Saturdays and Sundays; "
            "Maine allows 9:00 to 17:00, none on Saturdays and Sundays.",
            id="weekdays only",
        ),
        pytest.param(
            _hours("00:00", "23:59", state="", on_sunday=True),
            "Texts leave between 0:00 and 23:59, Sundays too.",
            id="no state kept",
        ),
        pytest.param(
            _hours("17:00", "20:00", state="ME"),
            "No text leaves at all: the practice's hours lie outside those of its state. Choose others.",
            id="nothing left",
        ),
    ],
)
def test_what_holds_in_words(hours: TextingHours, said: str) -> None:
    assert hours_view(hours, today=TODAY, changed=None).holds == said


def test_every_state_has_a_name() -> None:
    assert set(STATE_NAMES) == ALL_STATES
    assert set(STATES) <= ALL_STATES
