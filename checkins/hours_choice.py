"""What a practice may choose as texting hours: inside its state's, and long enough for a day's texts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from checkins.hours import TextingHours
from checkins.state_hours import Span, state_span
from networks.state_names import state_name

SHORTEST = timedelta(hours=2)  # a morning's check-ins with their answers (our choice)
_SUNDAY = 7  # ISO weekday
WHOLE_DAY = Span(time(0), time(23, 59))

Week = Mapping[int, Span | None]  # by ISO weekday


@dataclass(frozen=True)
class Refusal:
    """Why hours cannot be kept, as a sentence for the field that is to change."""

    field: str
    sentence: str


def week_of(hours: TextingHours, *, today: date) -> Week:
    """Return the hours that hold in the end on each weekday, as of the seven dates from `today` on."""
    return {day.isoweekday(): hours.on(day) for day in _days(today)}


def state_week(state: str, *, today: date) -> Week:
    """Return a state's hours on each weekday; whole days where no state is kept ("")."""
    return {day.isoweekday(): state_span(state, day) if state else WHOLE_DAY for day in _days(today)}


def fitted(hours: TextingHours, *, today: date) -> TextingHours:
    """Return hours cut to what their state allows, as a first suggestion; as they are where nothing is left."""
    widest, allowed = _widest(hours.state, today=today), state_week(hours.state, today=today)
    opens, closes = max(hours.opens, widest.opens), min(hours.closes, widest.closes)
    if opens >= closes:
        return hours
    on_sunday = hours.on_sunday and allowed[_SUNDAY] is not None
    return TextingHours(opens, closes, on_sunday=on_sunday, state=hours.state)


def refusal(hours: TextingHours, *, today: date) -> Refusal | None:
    """Return what speaks against hours, or None: out of order, outside the state's, or too short."""
    if hours.opens >= hours.closes:
        return Refusal("texts_until", "Texting must end later in the day than it begins.")
    return _outside(hours, today=today) or _too_short(hours) or _no_sunday(hours, today=today)


def _outside(hours: TextingHours, *, today: date) -> Refusal | None:
    widest, name = _widest(hours.state, today=today), state_name(hours.state)
    if not hours.state:
        return None
    if hours.opens < widest.opens:
        first = clock_words(widest.opens)
        return Refusal("texts_from", f"Texts in {name} begin at {first}: choose {first} or later.")
    if hours.closes > widest.closes:
        last = clock_words(widest.closes)
        return Refusal("texts_until", f"Texts in {name} end at {last}: choose {last} or earlier.")
    return None


def _too_short(hours: TextingHours) -> Refusal | None:
    if _length(Span(hours.opens, hours.closes)) >= SHORTEST:
        return None
    return Refusal(
        "texts_until", "Leave at least 2 hours between the first and the last text: choose a later end."
    )


def _no_sunday(hours: TextingHours, *, today: date) -> Refusal | None:
    allowed, name = state_week(hours.state, today=today)[_SUNDAY], state_name(hours.state)
    if not hours.on_sunday:
        return None
    if allowed is None:
        return Refusal("texts_on_sunday", f"In {name} no texts go out on Sundays: choose no.")
    left = week_of(hours, today=today)[_SUNDAY]
    if left is None or _length(left) < SHORTEST:
        span = f"{clock_words(allowed.opens)} to {clock_words(allowed.closes)}"
        return Refusal(
            "texts_on_sunday",
            f"Sunday texts in {name} go out from {span} only, which leaves less than 2 hours of yours: "
            "choose no, or other hours.",
        )
    return None


def clock_words(at: time) -> str:
    """Return a time of day as people read it.

    >>> clock_words(time(9)), clock_words(time(19, 30))
    ('9:00', '19:30')
    """
    return f"{at.hour}:{at:%M}"


def _widest(state: str, *, today: date) -> Span:
    spans = [each for each in state_week(state, today=today).values() if each]
    return Span(min(each.opens for each in spans), max(each.closes for each in spans))


def _length(span: Span) -> timedelta:
    return datetime.combine(date.min, span.closes) - datetime.combine(date.min, span.opens)


def _days(today: date) -> list[date]:
    return [today + timedelta(days=away) for away in range(7)]
