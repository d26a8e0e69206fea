"""The trend: pain as a line with its ranges, exercises as marks below, events as ticks; gaps stay gaps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

PAIN_TOP = 10  # the axis is fixed at 0-10, whatever the answers (11-point numeric rating scale)
GAP_DAYS = 3  # a line over more silent days than this would claim what nobody said


@dataclass(frozen=True, slots=True)
class PainPoint:
    """One answer: the patient's local date and what they said, as a range (equal ends for one number)."""

    day: date
    low: Decimal
    high: Decimal

    @property
    def middle(self) -> Decimal:
        """The middle of the range."""
        return (self.low + self.high) / 2

    @property
    def words(self) -> str:
        """The value as people say it, such as 5 or 5 to 6."""
        low, high = _plain(self.low), _plain(self.high)
        return low if low == high else f"{low} to {high}"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a date, with a short label."""

    day: date
    label: str
    kind: str


@dataclass(frozen=True, slots=True)
class Size:
    """The drawing area in user units, and the date span it covers."""

    width: int
    height: int
    first: date
    last: date
    margin: int = 4

    def x(self, day: date) -> float:
        """Where a date stands."""
        span = max((self.last - self.first).days, 1)
        return round(self.margin + (day - self.first).days * (self.width - 2 * self.margin) / span, 1)

    def y(self, value: Decimal) -> float:
        """Where a value of the 0-10 axis stands, 10 on top."""
        return round(self.margin + float(PAIN_TOP - value) * (self.height - 2 * self.margin) / PAIN_TOP, 1)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point, a word or a tick with its place."""

    x: float
    y: float
    label: str
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Trend:
    """Everything a template needs to draw the trend; `words` says the same."""

    size: Size
    lines: tuple[str, ...]
    ranges: tuple[str, ...]
    dots: tuple[Mark, ...]
    exercises: tuple[Mark, ...]
    events: tuple[Mark, ...]
    words: str

    @property
    def last(self) -> Mark | None:
        """The latest answer, which the small form marks."""
        return self.dots[-1] if self.dots else None


def draw(
    pain: Sequence[PainPoint],
    *,
    size: Size,
    exercises: Sequence[tuple[date, str]] = (),
    events: Sequence[Event] = (),
) -> Trend:
    """Lay out answers inside `size`; anything outside its dates is left out."""
    seen = sorted((each for each in pain if size.first <= each.day <= size.last), key=lambda each: each.day)
    done = sorted((day, word) for day, word in exercises if size.first <= day <= size.last)
    shown = [each for each in events if size.first <= each.day <= size.last]
    return Trend(
        size=size,
        lines=tuple(_points(run, size=size) for run in _runs(seen) if len(run) > 1),
        ranges=tuple(_range(each, size=size) for each in seen if each.low != each.high),
        dots=tuple(Mark(size.x(each.day), size.y(each.middle), each.words) for each in seen),
        exercises=tuple(Mark(size.x(day), 0, word, word) for day, word in done),
        events=tuple(Mark(size.x(each.day), 0, each.label, each.kind) for each in shown),
        words=in_words(seen, exercises=done),
    )


def in_words(pain: Sequence[PainPoint], *, exercises: Sequence[tuple[date, str]] = ()) -> str:
    """Say the trend in a sentence or two; the points ascend by date.

    >>> in_words([PainPoint(date(2026, 3, 2), Decimal(6), Decimal(6)),
    ...           PainPoint(date(2026, 3, 9), Decimal(4), Decimal(5))])
    'Pain 6 on 2 Mar, 4 to 5 on 9 Mar; 2 answers.'
    """
    if not pain:
        said = "No pain answer yet."
    elif len(pain) == 1:
        said = f"Pain {pain[0].words} on {_day(pain[0].day)}; 1 answer."
    else:
        first, last = pain[0], pain[-1]
        said = (
            f"Pain {first.words} on {_day(first.day)}, {last.words} on {_day(last.day)}; {len(pain)} answers."
        )
    if exercises:
        done = sum(word == "yes" for _, word in exercises)
        said += f" Exercises done on {done} of {len(exercises)} days answered."
    return said


def _runs(pain: Sequence[PainPoint]) -> list[list[PainPoint]]:
    runs: list[list[PainPoint]] = []
    for each in pain:
        if runs and (each.day - runs[-1][-1].day).days <= GAP_DAYS:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _points(run: Sequence[PainPoint], *, size: Size) -> str:
    return " ".join(f"{size.x(each.day)},{size.y(each.middle)}" for each in run)


def _range(point: PainPoint, *, size: Size) -> str:
    return f"M{size.x(point.day)} {size.y(point.high)}V{size.y(point.low)}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def _day(day: date) -> str:
    return f"{day.day} {day:%b}"
