"""What a month's row can still become, what it cannot any more, and the next step of care; pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from billing.code_set import CODE_SET

SILENT_DAYS = 3  # our choice: so many dates without an answer, and somebody asks
PLAN_ENDS_DAYS = 14  # our choice, as on Today


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What is known about one patient's month as seen on `today`."""

    today: date
    month: date
    minutes: int = 0
    live_contacts: int = 0
    last_data_day: date | None = None
    plan_ends_on: date | None = None
    has_plan: bool = True
    is_over: bool = False

    @property
    def last_day(self) -> date:
        """The month's last date."""
        return self.month.replace(day=monthrange(self.month.year, self.month.month)[1])

    @property
    def is_closed(self) -> bool:
        """Whether the month has passed or care has ended."""
        return self.today > self.last_day or self.is_over


def month_outlook(facts: RowFacts) -> str:
    """Say what management code the month has reached, what is missing and whether it can still come.

    >>> month_outlook(RowFacts(date(2026, 3, 20), date(2026, 3, 1), minutes=12))
    'no live contact yet, 11 days left; without one no management code stands'
    """
    tiers = CODE_SET.nearest(facts.last_day).management_tiers
    reached = [tier for tier in tiers if tier.minimum <= facts.minutes]
    floor = tiers[0].minimum
    if facts.is_closed:
        if reached and facts.live_contacts:
            return f"{reached[-1].code} stands"
        if reached:
            return "no live contact: no management code can stand any more"
        return f"under {floor} minutes: no management code can stand any more"
    left = _days_left((facts.last_day - facts.today).days)
    if not facts.live_contacts:
        return f"no live contact yet, {left}; without one no management code stands"
    if reached:
        return f"{reached[-1].code} stands so far"
    return f"under {floor} minutes so far, {left}"


def next_step(facts: RowFacts) -> str:
    """Return the next step of care; never a step that only makes a number grow.

    >>> next_step(RowFacts(date(2026, 3, 20), date(2026, 3, 1), last_data_day=date(2026, 3, 12)))
    'Ask how they are: no answer since Thu 12 Mar'
    """
    if facts.is_closed:
        return "Nothing to do: the month has closed" if not facts.is_over else "Nothing to do: care has ended"
    if not facts.has_plan:
        return "See the therapist: no plan of care names monitoring"
    if facts.plan_ends_on is not None and (facts.plan_ends_on - facts.today).days <= PLAN_ENDS_DAYS:
        verb = "ended" if facts.plan_ends_on < facts.today else "ends"
        return f"See the therapist: the plan of care {verb} {_day(facts.plan_ends_on)}"
    if facts.last_data_day is None:
        return "Ask how they are: no answer has counted yet"
    if (facts.today - facts.last_data_day).days > SILENT_DAYS:
        return f"Ask how they are: no answer since {_day(facts.last_data_day)}"
    if not facts.live_contacts and facts.last_data_day >= facts.month:
        return "Talk with them about their answers"
    return "Nothing to do"


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b}"


def _days_left(left: int) -> str:
    if left == 0:
        return "the month ends today"
    return f"{left} day{'' if left == 1 else 's'} left"
