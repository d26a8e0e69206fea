"""On which days an episode is asked: phases of a protocol, counted from the plan's first day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_WAIT = 11  # hours; the longest texting day is from 9 to 20
QUESTIONS = frozenset({"pain", "exercises", "function"})
LANGUAGES = ("en", "es")
# What a patient is asked to rate where the protocol names no activity of its own.
ANY_ACTIVITY = {"en": "do what you most want to do again", "es": "hacer lo que más quiere volver a hacer"}


class ProtocolError(ValueError):
    """A protocol's content does not fit; the message names what to change."""


@dataclass(frozen=True)
class Phase:
    """Days `first` to `last` of the plan (1 is its first day; None is open), on these ISO weekdays 1–7."""

    first: int
    last: int | None
    weekdays: frozenset[int]


@dataclass(frozen=True)
class Content:
    """What a protocol asks and when; `activity` and `texts` are by language, `texts` only where it has its own."""

    items: tuple[str, ...]
    phases: tuple[Phase, ...]
    remind_after: timedelta | None = None
    activity: Mapping[str, str] = field(default_factory=lambda: ANY_ACTIVITY)
    texts: Mapping[str, str] = field(default_factory=dict)


def parse_content(raw: dict[str, Any]) -> Content:
    """Return a protocol's content, as kept in its JSON, or raise ProtocolError.

    Shape: `{"items": ["pain", "exercises"], "phases": [{"first": 1, "last": 14, "weekdays": ["mon", …]}],
    "remind_after_hours": 6, "activity": {"en": "climb stairs", "es": "subir escaleras"}, "texts": {}}`;
    without hours there are no reminders, without an activity a general one is asked about.
    """
    items = tuple(raw.get("items", ()))
    if not items or len(set(items)) != len(items) or not set(items) <= QUESTIONS:
        raise ProtocolError(
            "items: name each of pain, exercises and function at most once, and at least one."
        )
    phases = tuple(_phase(each) for each in raw.get("phases", ()))
    _check_order(phases)
    return Content(
        items=items,
        phases=phases,
        remind_after=_remind_after(raw.get("remind_after_hours")),
        activity=ANY_ACTIVITY | _by_language("activity", raw.get("activity")),
        texts=_by_language("texts", raw.get("texts")),
    )


def _by_language(name: str, raw: object) -> dict[str, str]:
    words = {} if raw is None else raw
    if not isinstance(words, dict) or not all(
        key in LANGUAGES and isinstance(value, str) for key, value in words.items()
    ):
        raise ProtocolError(f"{name}: words by language, en and es.")
    return {key: value.strip() for key, value in words.items() if value.strip()}


def _remind_after(hours: object) -> timedelta | None:
    if hours is None:
        return None
    if isinstance(hours, bool) or not isinstance(hours, int) or not 1 <= hours <= _LONGEST_WAIT:
        raise ProtocolError(
            f"remind_after_hours: a whole number of hours from 1 to {_LONGEST_WAIT}, or null."
        )
    return timedelta(hours=hours)


def _phase(raw: dict[str, Any]) -> Phase:
    weekdays = raw.get("weekdays", ())
    unknown = [each for each in weekdays if each not in _WEEKDAYS]
    if unknown or not weekdays:
        raise ProtocolError("weekdays: name at least one of mon, tue, wed, thu, fri, sat, sun.")
    first, last = raw.get("first"), raw.get("last")
    if (
        not isinstance(first, int)
        or first < 1
        or (last is not None and (not isinstance(last, int) or last < first))
    ):
        raise ProtocolError("phases: first is a day from 1 on, last is null or a day not before it.")
    return Phase(first, last, frozenset(_WEEKDAYS.index(each) + 1 for each in weekdays))


def _check_order(phases: Iterable[Phase]) -> None:
    expected: int | None = 1
    for phase in phases:
        if expected is None or phase.first != expected:
            raise ProtocolError("phases: each begins on the day after the one before it, the first on day 1.")
        expected = None if phase.last is None else phase.last + 1
    if expected == 1:
        raise ProtocolError("phases: name at least one.")


def asks_on(content: Content, *, day: date, starts_on: date) -> bool:
    """Tell whether a plan that began on `starts_on` asks on a local date.

    >>> daily = parse_content({"items": ["pain"], "phases": [{"first": 1, "last": None, "weekdays": ["mon"]}]})
    >>> asks_on(daily, day=date(2026, 3, 2), starts_on=date(2026, 3, 2))
    True
    """
    number = (day - starts_on).days + 1
    return any(
        phase.first <= number
        and (phase.last is None or number <= phase.last)
        and day.isoweekday() in phase.weekdays
        for phase in content.phases
    )
