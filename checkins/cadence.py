"""On which days an episode is asked: phases of a protocol, counted from the plan's first day."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_LONGEST_WAIT = 11  # hours; the longest texting day is from 9 to 20
QUESTIONS = ("pain", "exercises", "function", "milestone", "free")
# Those that a protocol may ask on some days only, beside the others.
SOMETIMES = ("function", "milestone", "free")
LANGUAGES = ("en", "es")
# What a patient is asked to rate where the protocol names no activity of its own.
ANY_ACTIVITY = {"en": "do what you most want to do again", "es": "hacer lo que más quiere volver a hacer"}

# The free question where the protocol has no words of its own.
ANY_QUESTION = {
    "en": "Anything your therapist should know?",
    "es": "¿Hay algo que su terapeuta deba saber?",
}
LONGEST_WORDS = 60  # letters of an activity or a milestone, so that a text stays within two segments


class ProtocolError(ValueError):
    """A protocol's content does not fit; the message names what to change."""


@dataclass(frozen=True)
class Phase:
    """Days `first` to `last` of the plan (1 is its first day; None is open), on these ISO weekdays 1–7.

    `milestone` is what is asked about in it, by language; empty where no milestone is.
    """

    first: int
    last: int | None
    weekdays: frozenset[int]
    milestone: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Content:
    """What a protocol asks and when; words are by language, `texts` only where it has its own.

    `item_days` holds the ISO weekdays of a question that is not asked each time.
    """

    items: tuple[str, ...]
    phases: tuple[Phase, ...]
    remind_after: timedelta | None = None
    activity: Mapping[str, str] = field(default_factory=lambda: ANY_ACTIVITY)
    texts: Mapping[str, str] = field(default_factory=dict)
    question: Mapping[str, str] = field(default_factory=lambda: ANY_QUESTION)
    item_days: Mapping[str, frozenset[int]] = field(default_factory=dict)

    @property
    def always(self) -> tuple[str, ...]:
        """The questions of each time, whose wording may be the protocol's own."""
        return tuple(
            item for item in self.items if item not in self.item_days and item not in ("milestone", "free")
        )


@dataclass(frozen=True)
class Asking:
    """What is asked on one date: the questions in order, and the milestone by language if one is among them."""

    items: tuple[str, ...]
    milestone: Mapping[str, str] = field(default_factory=dict)


def parse_content(raw: dict[str, Any]) -> Content:
    """Return a protocol's content, as kept in its JSON, or raise ProtocolError.

    Shape: `{"items": ["pain", "exercises"], "phases": [{"first": 1, "last": 14, "weekdays": ["mon", …]}],
    "remind_after_hours": 6, "activity": {"en": "climb stairs", "es": "subir escaleras"}, "texts": {}}`;
    without hours there are no reminders, without an activity a general one is asked about. A phase may name
    its `"milestone"` by language; `"item_days": {"function": ["mon"]}` asks on some weekdays only;
    `"question"` holds the words of the free question.
    """
    items = tuple(raw.get("items", ()))
    if not items or len(set(items)) != len(items) or not set(items) <= set(QUESTIONS):
        raise ProtocolError(
            "items: name each of pain, exercises, function, milestone and free at most once, and at least one."
        )
    phases = tuple(_phase(each) for each in raw.get("phases", ()))
    _check_order(phases)
    if "milestone" in items and not any(phase.milestone for phase in phases):
        raise ProtocolError(
            "Write for some of the days which milestone is asked about, in English and in Spanish."
        )
    return Content(
        items=items,
        phases=phases,
        remind_after=_remind_after(raw.get("remind_after_hours")),
        activity=ANY_ACTIVITY | _by_language("activity", raw.get("activity")),
        texts=_by_language("texts", raw.get("texts")),
        question=ANY_QUESTION | _by_language("question", raw.get("question")),
        item_days=_item_days(raw.get("item_days"), items),
    )


def _item_days(raw: object, items: tuple[str, ...]) -> dict[str, frozenset[int]]:
    days = {} if raw is None else raw
    if not isinstance(days, dict) or not set(days) <= set(SOMETIMES):
        raise ProtocolError(
            "item_days: weekdays of function, milestone or free; the others are asked each time."
        )
    return {item: _weekdays(named) for item, named in days.items() if item in items}


def _weekdays(named: object) -> frozenset[int]:
    known = isinstance(named, list | tuple) and named and all(each in _WEEKDAYS for each in named)
    if not known or not isinstance(named, list | tuple):
        raise ProtocolError("weekdays: name at least one of mon, tue, wed, thu, fri, sat, sun.")
    return frozenset(_WEEKDAYS.index(each) + 1 for each in named)


def _milestone(raw: object) -> dict[str, str]:
    words = _by_language("milestone", raw)
    if words and set(words) != set(LANGUAGES):
        raise ProtocolError("Write the milestone in English and in Spanish.")
    return words


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
    weekdays = _weekdays(raw.get("weekdays", ()))
    first, last = raw.get("first"), raw.get("last")
    if (
        not isinstance(first, int)
        or first < 1
        or (last is not None and (not isinstance(last, int) or last < first))
    ):
        raise ProtocolError("phases: first is a day from 1 on, last is null or a day not before it.")
    return Phase(first, last, weekdays, _milestone(raw.get("milestone")))


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
    return asked_on(content, day=day, starts_on=starts_on) is not None


def asked_on(content: Content, *, day: date, starts_on: date) -> Asking | None:
    """Return what a plan that began on `starts_on` asks on a local date; None on a day without a question."""
    number = (day - starts_on).days + 1
    for phase in content.phases:
        if phase.first <= number and (phase.last is None or number <= phase.last):
            return asked_in(content, phase, weekday=day.isoweekday())
    return None


def asked_in(content: Content, phase: Phase, *, weekday: int) -> Asking | None:
    """Return what is asked in a phase on an ISO weekday; None where nothing is."""
    if weekday not in phase.weekdays:
        return None
    items = tuple(
        item
        for item in content.items
        if weekday in content.item_days.get(item, phase.weekdays) and (item != "milestone" or phase.milestone)
    )
    return Asking(items, phase.milestone if "milestone" in items else {}) if items else None


def sets_of(content: Content) -> tuple[tuple[str, ...], ...]:
    """Return every set of questions that a protocol asks on some day, each once."""
    found = (
        asked_in(content, phase, weekday=day) for phase in content.phases for day in sorted(phase.weekdays)
    )
    return tuple(dict.fromkeys(each.items for each in found if each is not None))
