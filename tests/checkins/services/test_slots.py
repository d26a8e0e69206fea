"""The slots: never more calls than slots, first come first served, and the line is filled when it runs low."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from checkins.services.slots import Slots
from tests.checkins.services.test_desk import wait_until


class Calls:
    """Callers that each take a slot, note who began, and hold it until let go."""

    def __init__(self, slots: Slots, pool: ThreadPoolExecutor) -> None:
        self.slots = slots
        self.pool = pool
        self.began: list[int] = []
        self.let_go: dict[int, threading.Event] = {}

    def come(self, *names: int) -> None:
        for name in names:
            self.let_go[name] = threading.Event()
            stood = len(self.slots._line) + len(self.began)
            self.pool.submit(self._call, name)
            wait_until(lambda stood=stood: len(self.slots._line) + len(self.began) > stood)

    def _call(self, name: int) -> None:
        with self.slots:
            self.began.append(name)
            assert self.let_go[name].wait(10)

    def end(self, *names: int) -> None:
        for name in names:
            self.let_go[name].set()

    def wait_for(self, *names: int) -> None:
        wait_until(lambda: self.began == list(names))


@contextmanager
def calls_of(number: int, *, reserve: int) -> Iterator[Calls]:
    with ThreadPoolExecutor(12) as pool:
        calls = Calls(Slots(number, reserve=reserve), pool)
        try:
            yield calls
        finally:
            calls.end(*calls.let_go)


@pytest.fixture
def calls() -> Iterator[Calls]:
    """Two slots, and a line that runs low below two."""
    with calls_of(2, reserve=2) as found:
        yield found


def test_no_more_call_at_once_than_there_are_slots(calls: Calls) -> None:
    calls.come(1, 2, 3, 4)
    assert calls.began == [1, 2]
    assert len(calls.slots._line) == 2


def test_the_first_in_line_gets_the_next_slot(calls: Calls) -> None:
    calls.come(1, 2, 3, 4, 5)
    calls.end(2)
    calls.wait_for(1, 2, 3)
    calls.end(1, 3)
    wait_until(lambda: len(calls.began) == 5)
    assert sorted(calls.began[3:]) == [4, 5]


def test_a_slot_that_nobody_waits_for_is_free_for_the_next(calls: Calls) -> None:
    calls.come(1)
    calls.end(1)
    wait_until(lambda: calls.slots._free == 2)
    calls.come(2, 3)
    assert calls.began == [1, 2, 3]


def test_a_call_that_fails_gives_its_slot_back() -> None:
    slots = Slots(1, reserve=1)
    with pytest.raises(ConnectionError), slots:
        raise ConnectionError
    with slots:
        pass


def test_others_are_needed_until_enough_stand_in_line(calls: Calls) -> None:
    calls.slots.await_need()
    calls.come(1, 2, 3)
    calls.slots.await_need()
    calls.come(4)
    waiting: Future[None] = calls.pool.submit(calls.slots.await_need)
    assert not calls.slots._needed.is_set()
    calls.end(1)
    waiting.result(10)
