"""The day strip: thirty cells of one window, and the same in words for those who do not see it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from billing.code_set import CODE_SET, WINDOW_DATES, RuleSet, System

CELL_WIDTH = 8
CELL_HEIGHT = 14
TOP = 5  # room for the ticks above the cells


class State(StrEnum):
    """What one date of the window was."""

    DATA = "data"
    ASKED = "asked"
    UNCOUNTED = "uncounted"
    QUIET = "quiet"
    AHEAD = "ahead"


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """One 30-date window as decided: its first and last date, where it is clipped, its data days."""

    starts_on: date
    ends_on: date
    clipped_to: date
    data_days: frozenset[date]
    asked: frozenset[date] = frozenset()
    uncounted: tuple[tuple[date, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Cell:
    """One date: where it is drawn, what it was, and why it cannot count where it cannot."""

    day: date
    x: int
    state: State
    is_today: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DayStrip:
    """Everything a template needs to draw the strip; `words` says the same."""

    cells: tuple[Cell, ...]
    ticks: tuple[int, ...]
    days: int
    left: int
    words: str
    outlook: str
    width: int = WINDOW_DATES * CELL_WIDTH
    height: int = TOP + CELL_HEIGHT

    @property
    def uncounted(self) -> tuple[Cell, ...]:
        """The cells that cannot count, whose reasons are also written out."""
        return tuple(cell for cell in self.cells if cell.state is State.UNCOUNTED)

    def path(self, state: State) -> str:
        """The SVG path of all cells in one state, so that thirty cells cost one element."""
        return "".join(
            f"M{cell.x + 1} {TOP}h{CELL_WIDTH - 2}v{CELL_HEIGHT}h-{CELL_WIDTH - 2}z"
            for cell in self.cells
            if cell.state is state
        )

    @property
    def data_path(self) -> str:
        """Filled cells: data days."""
        return self.path(State.DATA)

    @property
    def open_path(self) -> str:
        """Outlined cells: everything else that may still count or could have."""
        return "".join(self.path(state) for state in (State.ASKED, State.QUIET, State.AHEAD))

    @property
    def uncounted_path(self) -> str:
        """Hatched cells."""
        return self.path(State.UNCOUNTED)

    @property
    def asked_at(self) -> tuple[int, ...]:
        """The middles of the cells that were asked and not answered."""
        return tuple(cell.x + CELL_WIDTH // 2 for cell in self.cells if cell.state is State.ASKED)

    @property
    def asked_path(self) -> str:
        """The dots of the cells that were asked and not answered, in one element."""
        return "".join(f"M{x} {TOP + CELL_HEIGHT // 2}h.01" for x in self.asked_at)

    @property
    def hatch_path(self) -> str:
        """The strokes through the cells that cannot count, in one element."""
        return "".join(
            f"M{cell.x + 1} {self.height}l{CELL_WIDTH - 2} -{CELL_HEIGHT}" for cell in self.uncounted
        )

    @property
    def ticks_path(self) -> str:
        """The ticks above the cells, in one element."""
        return "".join(f"M{x} 0v3" for x in self.ticks)

    @property
    def today_x(self) -> int | None:
        """Where the ring around today is drawn; None when today lies outside the window."""
        return next((cell.x for cell in self.cells if cell.is_today), None)


def draw(window: WindowFacts, *, today: date) -> DayStrip:
    """Lay out one window as seen on `today`, with its words.

    >>> draw(WindowFacts(date(2026, 3, 2), date(2026, 3, 31), date(2026, 3, 31),
    ...      frozenset({date(2026, 3, 2), date(2026, 3, 3)})), today=date(2026, 3, 10)).words
    '2 of 30 days, 21 left'
    """
    uncounted = dict(window.uncounted)
    cells = tuple(
        _cell(window, offset, today=today, uncounted=uncounted)
        for offset in range((window.ends_on - window.starts_on).days + 1)
    )
    days = len(window.data_days)
    left = max((window.clipped_to - today).days, 0)
    return DayStrip(
        cells=cells,
        ticks=tuple(minimum * CELL_WIDTH - CELL_WIDTH // 2 for minimum in _floors(window.clipped_to)),
        days=days,
        left=left,
        words=_words(days, left=left, is_closed=today > window.clipped_to),
        outlook=outlook(days, left=left + _today_is_open(window, today), on=window.clipped_to),
    )


def outlook(days: int, *, left: int, on: date) -> str:
    """What the data days amount to and can still become, under the rule set of the date of service.

    `left` counts the dates on which another data day can still arrive.

    >>> outlook(7, left=3, on=date(2026, 3, 31))
    'cannot reach 16 any more, 98985 stands'
    """
    tiers = _rule_set(on).device_tiers[System.MUSCULOSKELETAL]
    met = [tier for tier in tiers if days >= tier.minimum]
    above = [tier for tier in tiers if days < tier.minimum]
    stands = f"{met[-1].code} stands" if met else ""
    if not above:
        return stands
    if days + left < above[0].minimum:
        lost = f"cannot reach {above[0].minimum} any more"
        return f"{lost}, {stands}" if stands else lost
    return f"{stands} so far" if stands else ""


def _cell(window: WindowFacts, offset: int, *, today: date, uncounted: Mapping[date, str]) -> Cell:
    day = window.starts_on + timedelta(days=offset)
    is_lost = day > window.clipped_to
    state = _state(day, window=window, today=today, uncounted=uncounted, is_lost=is_lost)
    reason = uncounted.get(day, "after the end of monitoring" if is_lost else "")
    return Cell(day, offset * CELL_WIDTH, state, day == today, reason)


def _state(
    day: date, *, window: WindowFacts, today: date, uncounted: Collection[date], is_lost: bool
) -> State:
    if day in window.data_days:
        return State.DATA
    if day in uncounted or is_lost:
        return State.UNCOUNTED
    if day > today:
        return State.AHEAD
    return State.ASKED if day in window.asked else State.QUIET


def _words(days: int, *, left: int, is_closed: bool) -> str:
    counted = f"{days} of {WINDOW_DATES} days"
    if is_closed:
        return f"{counted}, closed"
    return f"{counted}, {left} left" if left else f"{counted}, last day today"


def _today_is_open(window: WindowFacts, today: date) -> int:
    return int(today <= window.clipped_to and today not in window.data_days)


def _rule_set(on: date) -> RuleSet:
    return CODE_SET.nearest(on)


def _floors(on: date) -> tuple[int, ...]:
    return tuple(tier.minimum for tier in _rule_set(on).device_tiers[System.MUSCULOSKELETAL])
