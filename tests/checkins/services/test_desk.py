"""The desk: who stands there leaves together, no two for one phone, and nobody waits for ever."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from uuid import UUID, uuid4

import pytest

from checkins.services.desk import Desk


class Departures:
    """Departs groups while the gate is open and remembers each group."""

    def __init__(self) -> None:
        self.groups: list[list[UUID]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.at_gate = threading.Semaphore(0)

    def __call__(self, message_ids: list[UUID]) -> dict[UUID, str]:
        self.groups.append(message_ids)
        self.at_gate.release()
        assert self.gate.wait(10)
        return {message_id: f"left {message_id}" for message_id in message_ids}


def standing(
    pool: ThreadPoolExecutor, desk: Desk[str], leave: Departures, phones: list[UUID]
) -> tuple[list[UUID], list[Future[str | None]]]:
    """Let one text be under way, then have others stand at the desk before the gate opens again."""
    leave.gate.clear()
    rows = [uuid4() for _ in range(len(phones) + 1)]
    futures = [pool.submit(desk.depart, rows[0], phone_id=uuid4())]
    assert leave.at_gate.acquire(timeout=10)
    for row, phone in zip(rows[1:], phones, strict=True):
        futures.append(pool.submit(desk.depart, row, phone_id=phone))
        wait_until(partial(has_arrived, desk, len(futures) - 1))
    leave.gate.set()
    return rows, futures


def has_arrived(desk: Desk[str], number: int) -> bool:
    return desk._arrivals.qsize() >= number


def wait_until(is_so: Callable[[], bool]) -> None:
    for _ in range(2000):
        if is_so():
            return
        threading.Event().wait(0.005)
    raise AssertionError("it never came to be so")


def test_a_text_alone_leaves_alone() -> None:
    leave = Departures()
    row = uuid4()
    with Desk(leave) as desk:
        assert desk.depart(row, phone_id=uuid4()) == f"left {row}"
    assert leave.groups == [[row]]


def test_who_comes_while_a_group_leaves_leaves_with_the_next_one() -> None:
    leave = Departures()
    with Desk(leave) as desk, ThreadPoolExecutor(8) as pool:
        rows, futures = standing(pool, desk, leave, [uuid4() for _ in range(5)])
        assert [each.result(10) for each in futures] == [f"left {row}" for row in rows]
    assert leave.groups == [rows[:1], rows[1:]]


def test_texts_of_one_phone_leave_one_group_after_the_other() -> None:
    leave = Departures()
    one, other = uuid4(), uuid4()
    with Desk(leave) as desk, ThreadPoolExecutor(8) as pool:
        rows, futures = standing(pool, desk, leave, [one, one, other, one])
        for each in futures:
            each.result(10)
    assert leave.groups == [[rows[0]], [rows[1], rows[3]], [rows[2]], [rows[4]]]


def test_a_text_that_must_stay_is_told_so() -> None:
    nobody: dict[UUID, str] = {}
    with Desk(lambda _: nobody) as desk:
        assert desk.depart(uuid4(), phone_id=uuid4()) is None


def test_an_error_reaches_all_who_stand_there_and_the_desk_goes_on() -> None:
    leave = Departures()
    broken = [False]

    def fail_when_broken(message_ids: list[UUID]) -> dict[UUID, str]:
        found = leave(message_ids)
        if broken[0]:
            raise ConnectionError("the database went")
        return found

    with Desk(fail_when_broken) as desk, ThreadPoolExecutor(8) as pool:
        broken[0] = True
        _, futures = standing(pool, desk, leave, [uuid4() for _ in range(4)])
        for each in futures:
            with pytest.raises(ConnectionError):
                each.result(10)
        broken[0] = False
        row = uuid4()
        assert desk.depart(row, phone_id=uuid4()) == f"left {row}"


def test_who_comes_while_the_desk_gathers_leaves_with_the_same_group() -> None:
    leave, gathered = Departures(), threading.Event()
    rows = [uuid4() for _ in range(3)]
    with Desk(leave, gather=gathered.wait) as desk, ThreadPoolExecutor(3) as pool:
        futures = [pool.submit(desk.depart, row, phone_id=uuid4()) for row in rows]
        # The desk holds the first one in hand; the others have come meanwhile.
        wait_until(partial(has_arrived, desk, 2))
        gathered.set()
        assert sorted(each.result(10) for each in futures) == sorted(f"left {row}" for row in rows)
    assert [sorted(group) for group in leave.groups] == [sorted(rows)]
