"""The slots of a sender: how many texts are with the carrier at once, and who is next.

Texts depart a little ahead of their slots, so that no slot stands idle while the database writes. The line
of those that have departed is kept short: the next group departs when it runs low, and not before, so that
little time lies between a departure's checks and its call.
"""

import threading
from collections import deque
from types import TracebackType


class Slots:
    """So many calls at once; who comes when all are taken stands in line and gets the next in turn.

    Take a slot by `with`; `await_need` waits until fewer than `reserve` stand in line.
    """

    def __init__(self, number: int, *, reserve: int) -> None:
        self._free = number
        self._reserve = reserve
        self._line: deque[threading.Lock] = deque()
        self._guard = threading.Lock()
        self._needed = threading.Event()
        self._needed.set()

    def __enter__(self) -> None:
        """Take a slot, in the order of coming."""
        with self._guard:
            if self._free:
                self._free -= 1
                return
            called = threading.Lock()
            called.acquire()
            self._line.append(called)
            if len(self._line) >= self._reserve:
                self._needed.clear()
        called.acquire()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Hand the slot to the first in line."""
        with self._guard:
            if not self._line:
                self._free += 1
                return
            self._line.popleft().release()
            if len(self._line) < self._reserve:
                self._needed.set()

    def await_need(self) -> None:
        """Wait until the line of those that have departed runs low."""
        self._needed.wait()
