"""A table with its totals as a network, and how far a hidden entry could be from its true value.

Each row and each column, the row of totals and the column of totals among them, is a node. Each entry (a
cell or a total) is an arc between its row and its column, so directed that "cells add up to totals" reads
"what flows into a node flows out of it". Entries that are shown are fixed. Hidden ones may be anything
from 0 up, so the largest and the smallest value that fit all shown entries are maximum flows, exact in
whole numbers (Ford and Fulkerson 1956; for tables Cox, Journal of the American Statistical Association
1980).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush

Counts = Sequence[Sequence[int]]
# One step of a path: the entry, and +1 where walking it raises the entry, -1 where it lowers it.
Step = tuple[int, int]
Link = tuple[int, int, int]


@dataclass(frozen=True)
class Room:
    """How far an entry can rise and fall, at most as far as asked, and the table at each of these ends."""

    rise: int
    fall: int
    raised: list[int]
    lowered: list[int]

    @property
    def width(self) -> int:
        """Return the width of the range in which the entry can lie."""
        return self.rise + self.fall


class MarginNetwork:
    """A table of counts and its totals, entry by entry: row by row, each row followed by its total."""

    def __init__(self, counts: Counts) -> None:
        self.rows, self.columns = len(counts), len(counts[0])
        table = [[*row, sum(row)] for row in counts]
        table.append([sum(column) for column in zip(*table, strict=True)])
        self.values = [value for row in table for value in row]
        self.ends = [self._ends_of(entry) for entry in range(len(self.values))]
        self.links: list[list[Link]] = [[] for _ in range(self.rows + self.columns + 2)]
        for entry, (start, goal) in enumerate(self.ends):
            self.links[start].append((entry, goal, 1))
            self.links[goal].append((entry, start, -1))

    def entry(self, row: int, column: int) -> int:
        """Return the number of an entry; row `rows` and column `columns` are the totals."""
        return row * (self.columns + 1) + column

    def margins(self, entry: int) -> int:
        """Return 0 for a cell, 1 for a row's or column's total, 2 for the grand total."""
        row, column = divmod(entry, self.columns + 1)
        return (row == self.rows) + (column == self.columns)

    def _ends_of(self, entry: int) -> tuple[int, int]:
        row, column = divmod(entry, self.columns + 1)
        ends = row, self.rows + 1 + column
        # A single total runs against the cells that it sums; the grand total runs with them again.
        return ends if self.margins(entry) != 1 else ends[::-1]

    def room(self, entry: int, *, hidden: Sequence[bool], wanted: int) -> Room:
        """Return how far a hidden entry can rise and fall while shown ones stay, at most `wanted` in all."""
        start, goal = self.ends[entry]
        raised, lowered = list(self.values), list(self.values)
        rise = self._push(raised, goal, start, without=entry, hidden=hidden, wanted=wanted)
        still = min(wanted - rise, self.values[entry])
        fall = self._push(lowered, start, goal, without=entry, hidden=hidden, wanted=still)
        return Room(rise, fall, raised, lowered)

    def range_of(self, entry: int, *, hidden: Sequence[bool]) -> tuple[int, int | None]:
        """Return the smallest and the largest value that an entry could have; None is without bound."""
        if not hidden[entry]:
            return self.values[entry], self.values[entry]
        # No entry that is bounded at all can rise by more than all entries together.
        beyond, value = sum(self.values) + 1, self.values[entry]
        start, goal = self.ends[entry]
        rise = self._push(list(self.values), goal, start, without=entry, hidden=hidden, wanted=beyond)
        fall = self._push(list(self.values), start, goal, without=entry, hidden=hidden, wanted=value)
        return value - fall, None if rise == beyond else value + rise

    def _push(
        self, values: list[int], start: int, goal: int, *, without: int, hidden: Sequence[bool], wanted: int
    ) -> int:
        """Send as much as fits, at most `wanted`, from start to goal; `values` become those of that flow."""
        sent = 0
        while sent < wanted and (path := self._path(values, start, goal, without=without, hidden=hidden)):
            amount = min([wanted - sent, *(values[entry] for entry, sign in path if sign < 0)])
            for entry, sign in path:
                values[entry] += sign * amount
            sent += amount
        return sent

    def _path(
        self, values: list[int], start: int, goal: int, *, without: int, hidden: Sequence[bool]
    ) -> list[Step]:
        """Return a shortest path over hidden entries that have room, or nothing."""
        came: dict[int, tuple[int, Step] | None] = {start: None}
        waiting = [start]
        for node in waiting:
            for entry, other, sign in self.links[node]:
                if (
                    other in came
                    or not hidden[entry]
                    or entry == without
                    or (sign < 0 and values[entry] == 0)
                ):
                    continue
                came[other] = (node, (entry, sign))
                if other == goal:
                    return list(_steps_back(came, goal))
                waiting.append(other)
        return []

    def cheapest_path(
        self,
        values: list[int],
        start: int,
        goal: int,
        *,
        without: int,
        prices: Sequence[int | None],
        least: int,
    ) -> tuple[int, list[Step]] | None:
        """Return (price, path) of the cheapest path on which `least` can flow; a price of None bars."""
        came: dict[int, tuple[int, Step] | None] = {}
        queue: list[tuple[int, int, tuple[int, Step] | None]] = [(0, start, None)]
        while queue:
            price, node, step = heappop(queue)
            if node in came:
                continue
            came[node] = step
            if node == goal:
                return price, list(_steps_back(came, goal))
            for entry, other, sign in self.links[node]:
                extra = prices[entry]
                too_narrow = sign < 0 and values[entry] < least
                if extra is not None and other not in came and entry != without and not too_narrow:
                    heappush(queue, (price + extra, other, (node, (entry, sign))))
        return None


def _steps_back(came: dict[int, tuple[int, Step] | None], goal: int) -> Iterator[Step]:
    link = came[goal]
    while link:
        node, step = link
        yield step
        link = came[node]
