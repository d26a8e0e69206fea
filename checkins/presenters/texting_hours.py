"""Texting hours in plain words: what the practice chose, what its state allows, what holds in the end."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from checkins.hours import TextingHours
from checkins.hours_choice import Week, clock_words, state_week, week_of
from checkins.state_hours import Span, state_hours
from networks.presenters import AuditRow
from networks.state_names import state_name

_PARTS = (("weekdays", 1), ("Saturdays", 6), ("Sundays", 7))  # states' hours differ by these only


@dataclass(frozen=True)
class HoursView:
    """What stands beside the form: what holds, the practice's own choice, the state's hours, the last change."""

    holds: str
    chosen: str
    state_is: str  # the state's name, "" where its hours are not kept
    state_rows: Sequence[tuple[str, str]]
    source: str
    is_cut: bool
    changed: AuditRow | None


def hours_view(hours: TextingHours, *, today: date, changed: AuditRow | None) -> HoursView:
    """Return a practice's hours in words, as of a local date."""
    held, allowed = week_of(hours, today=today), state_week(hours.state, today=today)
    own = TextingHours(hours.opens, hours.closes, on_sunday=hours.on_sunday)
    is_cut = held != week_of(own, today=today)
    return HoursView(
        holds=_sentence(held, allowed, state=hours.state),
        chosen=_between(week_of(own, today=today)),
        state_is=state_name(hours.state),
        state_rows=[(days.capitalize(), _row(span)) for days, span in _spans(allowed)] if hours.state else [],
        source=state_hours(hours.state, today).source if hours.state else "",
        is_cut=is_cut,
        changed=changed,
    )


def _sentence(held: Week, allowed: Week, *, state: str) -> str:
    if not any(held.values()):
        return "No text leaves at all: the practice's hours lie outside those of its state. Choose others."
    words = f"Texts leave {_between(held)}"
    return f"{words}; {state_name(state)} allows {_allowed(allowed)}." if state else f"{words}."


def _between(week: Week) -> str:
    groups = _groups(week)
    spans = [(days, span) for days, span in groups if span]
    closed = next((days for days, span in groups if span is None), [])
    if len(spans) == 1:
        words = f"between {clock_words(spans[0][1].opens)} and {clock_words(spans[0][1].closes)}"
        sunday = "" if closed else ", Sundays too"
    else:
        words = ", ".join(
            f"between {clock_words(span.opens)} and {clock_words(span.closes)} on {_joined(days)}"
            for days, span in spans
        )
        sunday = ""
    return words + (f", not on {_joined(closed)}" if closed else sunday)


def _allowed(week: Week) -> str:
    groups = _groups(week)
    open_days = [(days, span) for days, span in groups if span]
    closed = next((days for days, span in groups if span is None), [])
    words = ", ".join(
        f"{_row(span)}{f' on {_joined(days)}' if len(open_days) > 1 else ''}" for days, span in open_days
    )
    return words + (f", none on {_joined(closed)}" if closed else "")


def _spans(week: Week) -> list[tuple[str, Span | None]]:
    return [(days, week[number]) for days, number in _PARTS]


def _groups(week: Week) -> list[tuple[list[str], Span | None]]:
    found: list[tuple[list[str], Span | None]] = []
    for days, span in _spans(week):
        same = next((names for names, other in found if other == span), None)
        if same is None:
            found.append(([days], span))
        else:
            same.append(days)
    return found


def _row(span: Span | None) -> str:
    return f"{clock_words(span.opens)} to {clock_words(span.closes)}" if span else "none"


def _joined(days: Sequence[str]) -> str:
    return " and ".join(days)
