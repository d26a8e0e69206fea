"""The desk where texts leave: one commit for all that stand there, and each is called for at once.

Every caller stands at the desk with one text and waits for its departure, so that a group is never
larger than the number of callers. Who comes while a group leaves is of the next one; alone, a text leaves
alone. A second text of the same phone waits for the next group, so that
each counts the ones before it.
"""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from types import TracebackType
from typing import Generic, Self, TypeVar
from uuid import UUID

_Departure = TypeVar("_Departure")


@dataclass(frozen=True)
class _Standing(Generic[_Departure]):
    """A text at the desk and the caller that waits with it."""

    message_id: UUID
    phone_id: UUID
    departed: "Future[_Departure | None]" = field(default_factory=Future)


class Desk(Generic[_Departure]):
    """Lets the texts that stand at it leave together, in a thread of its own; open it with `with`.

    `leave` departs a group of rows in one transaction and returns the departures by row; rows that must
    stay are missing from it. What it raises is raised to each caller of the group. `gather` may wait for
    others to come before a group leaves.
    """

    def __init__(
        self,
        leave: Callable[[list[UUID]], dict[UUID, _Departure]],
        *,
        gather: Callable[[], object] = lambda: None,
    ) -> None:
        self._leave = leave
        self._gather = gather
        # None closes the desk.
        self._arrivals: SimpleQueue[_Standing[_Departure] | None] = SimpleQueue()
        self._thread = threading.Thread(target=self._serve, name="departures", daemon=True)

    def __enter__(self) -> Self:
        """Open the desk."""
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the desk once all who stand there have left."""
        self._arrivals.put(None)
        self._thread.join()

    def depart(self, message_id: UUID, *, phone_id: UUID) -> _Departure | None:
        """Wait until a text has departed and return its departure; None when it must stay."""
        standing: _Standing[_Departure] = _Standing(message_id, phone_id)
        self._arrivals.put(standing)
        return standing.departed.result()

    def _serve(self) -> None:
        waiting: list[_Standing[_Departure]] = []
        is_open = True
        while is_open or waiting:
            for each in self._arrived(wait=not waiting):
                if each is None:
                    is_open = False
                else:
                    waiting.append(each)
            group, waiting = one_a_phone(waiting)
            if group:
                self._depart(group)

    def _arrived(self, *, wait: bool) -> list[_Standing[_Departure] | None]:
        """Return who has come since the last look; with `wait`, at least one."""
        found = [self._arrivals.get()] if wait else []
        self._gather()
        try:
            while True:
                found.append(self._arrivals.get_nowait())
        except Empty:
            return found

    def _depart(self, group: list[_Standing[_Departure]]) -> None:
        try:
            departures = self._leave([each.message_id for each in group])
        except BaseException as error:  # noqa: BLE001 - raised again to each caller, so that none waits for ever
            for each in group:
                each.departed.set_exception(error)
        else:
            for each in group:
                each.departed.set_result(departures.get(each.message_id))


def one_a_phone(
    waiting: list[_Standing[_Departure]],
) -> tuple[list[_Standing[_Departure]], list[_Standing[_Departure]]]:
    """Split who waits into the first of each phone, and the rest in their order."""
    group: list[_Standing[_Departure]] = []
    rest: list[_Standing[_Departure]] = []
    phones: set[UUID] = set()
    for each in waiting:
        (rest if each.phone_id in phones else group).append(each)
        phones.add(each.phone_id)
    return group, rest
