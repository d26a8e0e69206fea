"""Keeps a sender's calls apart where they begin: no second holds more than the sender may send in one.

A turn is taken before a text departs (`pace`), and what holds several texts up on the way, a full database or a
line before the slots, would let them through together afterwards.
"""

import time
from collections import defaultdict, deque
from collections.abc import Callable
from threading import Lock
from uuid import UUID

# A little longer than the second that the carrier counts: calls that begin apart arrive less far apart when the
# machine or the way stands still for a moment. It leaves 0.975 of the pace; 0.97 is wanted (bench `send.pace`).
_SECOND = 1.025


class LastSecond:
    """When the calls of one sender began, or will begin, and how many segments each takes."""

    def __init__(self, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._begun: deque[tuple[float, int]] = deque()
        # Kept up, not summed: dozens of threads wait for the lock meanwhile.
        self._in_hand = 0

    def wait_for(self, segments: int, *, per_second: float) -> float:
        """Reserve the next moment for a call of so many segments; return the seconds until then.

        First come, first served. A text longer than a second's worth has a second for itself.
        """
        with self._lock:
            begins = max(self._clock(), self._begun[-1][0] if self._begun else 0.0)
            self._forget(begins)
            while self._begun and self._in_hand + segments > per_second:
                begins = self._begun[0][0] + _SECOND
                self._forget(begins)
            self._begun.append((begins, segments))
            self._in_hand += segments
            return max(0.0, begins - self._clock())

    def _forget(self, at: float) -> None:
        while self._begun and self._begun[0][0] <= at - _SECOND:
            self._in_hand -= self._begun.popleft()[1]


# One for each sender that this process has sent for; a second of one is a few dozen pairs of numbers.
_of_senders: defaultdict[UUID, LastSecond] = defaultdict(LastSecond)


def await_room(sender_id: UUID, *, segments: int, per_second: float) -> None:
    """Wait until a sender's call may begin."""
    wait = _of_senders[sender_id].wait_for(segments, per_second=per_second)
    if wait > 0:
        time.sleep(wait)
