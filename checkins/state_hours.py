"""The hours in which each state lets businesses text: a table, with where each row comes from.

These are rules for solicitations, which check-ins are not; Daybook keeps them as a measure of good manners,
because carriers and patients expect it. Not legal advice: counsel reads the table before a practice goes live.
"""

from dataclasses import dataclass
from datetime import date, time
from itertools import pairwise

_SUNDAY, _SATURDAY = 7, 6  # ISO weekdays


@dataclass(frozen=True)
class Span:
    """From when until when, local time; None as a whole day's span means no texts that day."""

    opens: time
    closes: time


@dataclass(frozen=True)
class StateHours:
    """A state's hours on weekdays, Saturdays and Sundays, since when, and the source."""

    weekdays: Span | None
    saturday: Span | None
    sunday: Span | None
    source: str
    since: date = date.min

    def on(self, day: date) -> Span | None:
        """Return the hours of a local date."""
        return {_SATURDAY: self.saturday, _SUNDAY: self.sunday}.get(day.isoweekday(), self.weekdays)


def _span(opens: int, closes: int) -> Span:
    return Span(time(opens), time(closes))


def _daily(opens: int, closes: int, source: str, *, since: date = date.min) -> StateHours:
    span = _span(opens, closes)
    return StateHours(span, span, span, source, since)


FEDERAL = _daily(8, 21, "47 CFR 64.1200(c)(1), 8 to 21 at the called party's place, 2024")
_GUIDE = "state solicitation hours as listed by carriers' and campaign guides of 2026"
_FROM_8_TO_20 = _daily(8, 20, _GUIDE)

# Each state's rows in order of their start; a state that is not named has the federal hours.
STATES: dict[str, tuple[StateHours, ...]] = {
    **dict.fromkeys(("AL", "FL", "LA", "MD", "MS", "OK", "WA", "WY"), (_FROM_8_TO_20,)),
    "CT": (_daily(9, 20, _GUIDE),),
    "KY": (_daily(10, 21, _GUIDE + "; the end is the federal one"),),
    "ME": (StateHours(_span(9, 17), None, None, _GUIDE + "; automated texts on weekdays only"),),
    "PA": (
        FEDERAL,
        StateHours(_span(8, 21), _span(8, 21), None, _GUIDE + "; no Sundays", since=date(2026, 10, 18)),
    ),
    "RI": (StateHours(_span(9, 18), _span(10, 17), _span(10, 17), _GUIDE),),
    "TX": (StateHours(_span(9, 21), _span(9, 21), _span(12, 21), _GUIDE),),
}


def state_span(state: str, day: date) -> Span | None:
    """Return a state's hours (two letters) on a local date; None when nothing may go out that day.

    >>> state_span("CT", date(2026, 3, 3))
    Span(opens=datetime.time(9, 0), closes=datetime.time(20, 0))
    >>> state_span("PA", date(2026, 10, 18)) is None
    True
    """
    return state_hours(state, day).on(day)


def state_hours(state: str, day: date) -> StateHours:
    """Return the row of a state (two letters) that holds on a local date, with its source."""
    rows = STATES.get(state.upper(), (FEDERAL,))
    return [each for each in rows if each.since <= day][-1]


def are_in_order() -> bool:
    """Tell whether every state's rows begin one after the other and the first has always held."""
    return all(
        rows[0].since == date.min and all(one.since < other.since for one, other in pairwise(rows))
        for rows in STATES.values()
    )
