"""How far back a patient's page is open: the last two weeks first, more when somebody asks."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

STEPS = (14, 60, 365, 3650)  # our choice: two weeks are read at a glance, ten years are everything


@dataclass(frozen=True)
class Span:
    """What is open: so many days, since when; `further` is how many the next step would open, 0 for none."""

    days: int
    since: datetime
    further: int


def span(asked: str | None, *, today: date, begins_on: date | None) -> Span:
    """Return what is open for a number of days as an address gives it; whatever is no step opens the first.

    `begins_on` is the patient's first day of care, None for a patient without any.
    """
    days = next((each for each in STEPS if str(each) == asked), STEPS[0])
    first = today - timedelta(days=days)
    reaches_all = begins_on is None or begins_on >= first
    further = next((each for each in STEPS if each > days), 0)
    # A day earlier than any zone's midnight, so that no text of the first day is cut off.
    since = datetime.combine(first, time(0), tzinfo=UTC) - timedelta(hours=14)
    return Span(days, since, 0 if reaches_all else further)
