"""Calls that were held up together do not go on together: each second holds what the sender may send in one."""

from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as some

from checkins.services import last_second
from checkins.services.last_second import LastSecond

_SECOND = 1.025  # a fortieth more than the carrier's, for what the way takes off the distance


class _Clock:
    """Stands still until it is moved."""

    def __init__(self) -> None:
        self.at = 100.0

    def __call__(self) -> float:
        return self.at


@pytest.mark.parametrize(
    ("segments", "per_second", "waits"),
    [
        ([1, 1, 1, 1], 4.0, [0, 0, 0, 0]),
        ([1, 1, 1, 1, 1], 4.0, [0, 0, 0, 0, 1]),
        ([1] * 9, 4.0, [0, 0, 0, 0, 1, 1, 1, 1, 2]),
        ([2, 2, 1], 4.0, [0, 0, 1]),
        ([7, 1], 4.0, [0, 1]),
        ([1, 7, 1], 4.0, [0, 1, 2]),
        ([1, 1], 0.5, [0, 1]),
    ],
    ids=["within", "one too many", "two seconds", "segments", "longer than a second", "amid others", "slow"],
)
def test_those_held_up_together_leave_in_seconds(segments, per_second, waits) -> None:
    calls = LastSecond(clock=_Clock())
    expected = [each * _SECOND for each in waits]
    assert [calls.wait_for(each, per_second=per_second) for each in segments] == pytest.approx(expected)


def test_time_that_went_by_makes_room() -> None:
    clock = _Clock()
    calls = LastSecond(clock=clock)
    assert [calls.wait_for(1, per_second=2.0) for _ in range(2)] == [0, 0]
    clock.at += 0.75
    assert calls.wait_for(1, per_second=2.0) == pytest.approx(0.275)
    clock.at += 2.0
    assert calls.wait_for(1, per_second=2.0) == 0


@given(
    some.lists(some.tuples(some.floats(0, 0.4), some.integers(1, 3)), min_size=1, max_size=60),
    some.integers(3, 40),
)
def test_no_second_holds_more_than_the_pace(coming, per_second) -> None:
    clock = _Clock()
    calls = LastSecond(clock=clock)
    begun = []
    for apart, segments in coming:
        clock.at += apart
        begun.append((clock.at + calls.wait_for(segments, per_second=per_second), segments))
    assert begun == sorted(begun, key=lambda each: each[0])
    for first, _ in begun:
        assert sum(number for at, number in begun if first <= at < first + 1.024) <= per_second


def test_senders_do_not_wait_for_each_other(monkeypatch) -> None:
    slept = []
    monkeypatch.setattr(last_second.time, "sleep", slept.append)
    one, other = uuid4(), uuid4()
    for sender in (one, other, one):
        last_second.await_room(sender, segments=1, per_second=1.0)
    assert slept == pytest.approx([_SECOND], abs=0.1)
