"""How long somebody was in a patient's record: from beats timed by the server to stays, each second once.

One clock per person: whatever the tabs, a second belongs to the record that showed the last sign of life.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

IDLE = timedelta(minutes=2)  # Nobody who did nothing for longer is taken to be at work (our choice)
LAPSE = timedelta(hours=12)  # What nobody explained by then is gone: memory is no record (our choice)
# A stay shorter than this is a glance nobody is asked about; it does not count (our choice).
SHORTEST_ASKED = timedelta(seconds=30)


class BeatKind(StrEnum):
    """What a beat says; only opening and acting show that somebody is at work."""

    OPENED = "opened"
    SEEN = "seen"
    ACTED = "acted"
    LEFT = "left"


_AT_WORK = frozenset({BeatKind.OPENED, BeatKind.ACTED})


@dataclass(frozen=True, slots=True)
class Beat:
    """One sign that the record was open, at an instant; `record` names whose it is."""

    record: UUID
    at: datetime
    kind: BeatKind


@dataclass(frozen=True, slots=True)
class Span:
    """Time from `first` to before `last`."""

    first: datetime
    last: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.last - self.first

    def meets(self, other: "Span") -> bool:
        """Whether the two share any time."""
        return self.first < other.last and other.first < self.last


@dataclass(frozen=True, slots=True)
class Stay:
    """One person's stay in one record: when it began and ended, and the pieces of it that are free."""

    record: UUID
    span: Span
    pieces: tuple[Span, ...]

    @property
    def seconds(self) -> int:
        """Whole seconds of the pieces, each piece rounded down: never more than the server saw."""
        return sum(each.length // timedelta(seconds=1) for each in self.pieces)


def stays(beats: Iterable[Beat]) -> tuple[Stay, ...]:
    """The stays that one person's beats make, in order of time.

    The time between two beats that follow one another goes to the record of the first. A stay ends with a
    beat that leaves, with a beat of another record, after more than two minutes of silence, and when nobody
    opened or did anything for two minutes, however often the page said that it was in sight.
    """
    return tuple(Stay(record, span, (span,)) for record, span in _joined(_intervals(beats)))


def _intervals(beats: Iterable[Beat]) -> Iterator[tuple[UUID, Span]]:
    """The times between beats during which somebody was at work."""
    # Of beats at one instant the leaving comes last, and the others in a fixed order.
    ordered = sorted(beats, key=lambda each: (each.at, each.kind is BeatKind.LEFT, str(each.record)))
    before: Beat | None = None
    at_work: dict[UUID, datetime] = {}
    for beat in ordered:
        if before is not None and before.kind is not BeatKind.LEFT and before.record in at_work:
            was_at_work = beat.at - at_work[before.record] <= IDLE
            if was_at_work and beat.at > before.at:
                yield before.record, Span(before.at, beat.at)
        if beat.kind in _AT_WORK:
            at_work[beat.record] = beat.at
        before = beat


def _joined(intervals: Iterable[tuple[UUID, Span]]) -> Iterator[tuple[UUID, Span]]:
    """Intervals of one record that follow one another without a gap, as one."""
    held: tuple[UUID, Span] | None = None
    for record, span in intervals:
        if held is not None and held[0] == record and held[1].last == span.first:
            held = record, Span(held[1].first, span.last)
            continue
        if held is not None:
            yield held
        held = record, span
    if held is not None:
        yield held


def without(stay: Stay, *, taken: Iterable[Span]) -> Stay:
    """The stay without what visits and entries already cover: no second is written down twice."""
    pieces: list[Span] = list(stay.pieces)
    for each in taken:
        pieces = [part for piece in pieces for part in _cut(piece, each)]
    return Stay(stay.record, stay.span, tuple(sorted(pieces, key=lambda each: each.first)))


def _cut(piece: Span, taken: Span) -> Iterator[Span]:
    if not piece.meets(taken):
        yield piece
        return
    if piece.first < taken.first:
        yield Span(piece.first, taken.first)
    if taken.last < piece.last:
        yield Span(taken.last, piece.last)


def is_asked_about(stay: Stay, *, confirmed_at: Sequence[datetime], now: datetime) -> bool:
    """Whether somebody may still say what a stay was: not said yet, not lapsed, and not just a glance."""
    is_said = any(stay.span.first <= each < stay.span.last for each in confirmed_at)
    has_lapsed = now - stay.span.last > LAPSE
    return not is_said and not has_lapsed and stay.seconds >= SHORTEST_ASKED.total_seconds()


def first_seconds(stay: Stay, *, seconds: int) -> tuple[Span, ...]:
    """The first so many seconds of a stay's pieces, whole seconds each; never more than there are."""
    left = min(seconds, stay.seconds)
    found = []
    for piece in stay.pieces:
        share = min(left, piece.length // timedelta(seconds=1))
        if share > 0:
            found.append(Span(piece.first, piece.first + timedelta(seconds=share)))
            left -= share
    return tuple(found)
