"""One commit for calls that wait at the same time: whoever comes while another stores is stored with the next.

A call that finds nothing under way stores itself at once, so that a quiet system waits for nothing. Those that come
meanwhile stand in line; when the commit is done, the first of them stores the whole line, and so on. A commit thus
holds as many calls as came during the former one: none is put off to make it larger. See docs/adr/0021.

Nobody is told of a commit before it was made. When a commit of several fails, each of them is stored alone by its own
thread, so that one that can never be stored harms no other.
"""

import threading
from collections import deque
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

Group = TypeVar("Group", bound=Hashable)
Row = TypeVar("Row")
Said = TypeVar("Said")

MOST = 100  # rows of one commit


@dataclass(eq=False)
class _Seat(Generic[Row, Said]):
    """One call in line: its row, and what became of it once its gate is open."""

    row: Row
    leads: bool = False
    said: "Said | None" = None
    error: Exception | None = None
    gate: threading.Lock = field(default_factory=threading.Lock)


class GroupCommit(Generic[Group, Row, Said]):
    """Rows of many threads, stored together by group; in each group one thread stores at a time.

    `together` stores rows of one group in one transaction and returns in their order what there is to say of each,
    or None for one that has to be stored alone. `alone` stores one; its error is its own call's. An error that
    `concerns_all` would only be met again: everybody who waits gets it.
    """

    def __init__(
        self,
        *,
        together: Callable[[Group, Sequence[Row]], Sequence[Said | None]],
        alone: Callable[[Group, Row], Said],
        concerns_all: Callable[[Exception], bool] = lambda _: False,
        most: int = MOST,
    ) -> None:
        self._together = together
        self._alone = alone
        self._concerns_all = concerns_all
        self._most = most
        self._lock = threading.Lock()
        # A group has a line for as long as somebody in it stores.
        self._lines: dict[Group, deque[_Seat[Row, Said]]] = {}

    def store(self, group: Group, row: Row) -> Said:
        """Return what is said of a row once it is committed; raises what storing it raised."""
        seat: _Seat[Row, Said] = _Seat(row)
        if self._stands_in_line(group, seat):
            seat.gate.acquire()  # opened by whoever leads
            if not seat.leads:
                return self._outcome(group, seat)
        try:
            self._lead(group, seat)
        finally:
            self._hand_over(group)
        return self._outcome(group, seat)

    def _stands_in_line(self, group: Group, seat: _Seat[Row, Said]) -> bool:
        with self._lock:
            line = self._lines.get(group)
            if line is None:
                self._lines[group] = deque()
                return False
            seat.gate.acquire()  # closed before anybody else knows of it
            line.append(seat)
            return True

    def _lead(self, group: Group, seat: _Seat[Row, Said]) -> None:
        """Store a seat and those in line behind it; open their gates whatever comes of it."""
        seats = [seat, *self._behind(group)]
        try:
            if len(seats) == 1:
                seat.said = self._alone(group, seat.row)
                return
            said = self._together(group, [each.row for each in seats])
            for each, word in list(zip(seats, said, strict=True)):
                each.said = word
        except Exception as error:  # noqa: BLE001 - handed to the calls that it concerns, or met again by its own
            self._share(group, seats, error)
        finally:
            for each in seats[1:]:
                each.gate.release()

    def _behind(self, group: Group) -> list[_Seat[Row, Said]]:
        with self._lock:
            line = self._lines[group]
            return [line.popleft() for _ in range(min(len(line), self._most - 1))]

    def _share(self, group: Group, seats: Sequence[_Seat[Row, Said]], error: Exception) -> None:
        """Give an error to those who need not try again: a single seat, or everybody whom it concerns."""
        if len(seats) == 1:
            seats[0].error = error
        if not self._concerns_all(error):
            return
        for each in seats:
            each.error = error
        with self._lock:
            line = self._lines[group]
            while line:
                waiting = line.popleft()
                waiting.error = error
                waiting.gate.release()

    def _hand_over(self, group: Group) -> None:
        with self._lock:
            line = self._lines[group]
            if not line:
                del self._lines[group]
                return
            following = line.popleft()
            following.leads = True
            following.gate.release()

    def _outcome(self, group: Group, seat: _Seat[Row, Said]) -> Said:
        if seat.error is not None:
            raise seat.error
        return self._alone(group, seat.row) if seat.said is None else seat.said
