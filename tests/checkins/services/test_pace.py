"""The pace of a sender and the calls of an account: with Redis, and without it in one process."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from checkins.models import OutboundMessage, Sender
from checkins.services import pace, send_turn
from checkins.services.pace import Later, Turn
from checkins.services.texts import Draft, Line, queue_text
from config.local.embedded_redis import free_port
from tests.checkins.services.conftest import Loop


@pytest.fixture(params=["shared", "alone"])
def either_way(request: pytest.FixtureRequest, settings) -> Iterator[None]:
    """Once with Redis and once without."""
    if request.param == "alone":
        settings.REDIS_URL = f"redis://127.0.0.1:{free_port()}/0"
    pace.forget()
    yield
    pace.forget()


def take(sender: UUID, *, account: str = "", per_second: float = 50, segments: int = 1) -> Turn | Later:
    return pace.take(
        sender_id=sender, account=account or uuid4().hex, per_second=per_second, segments=segments
    )


def waits(turns: list[Turn | Later]) -> list[float]:
    return sorted(each.wait for each in turns if isinstance(each, Turn))


@pytest.mark.usefixtures("either_way")
def test_texts_are_spaced_by_their_segments_whoever_asks() -> None:
    sender = uuid4()
    began = time.monotonic()
    with ThreadPoolExecutor(8) as pool:
        turns = list(pool.map(lambda _: take(sender, segments=2), range(24)))
    took = time.monotonic() - began
    found = waits(turns)
    assert len(found) == 24
    # The last of 24 texts of two segments at 50 a second leaves 23 * 40 ms after the first.
    assert 23 * 0.04 - took - 0.01 <= found[-1] <= 23 * 0.04 + 0.01


@pytest.mark.usefixtures("either_way")
def test_one_sender_does_not_slow_another() -> None:
    first, second = uuid4(), uuid4()
    take(first, per_second=1)
    assert isinstance(turn := take(first, per_second=1), Turn)
    assert 0.5 < turn.wait <= 1
    assert isinstance(turn := take(second, per_second=1), Turn)
    assert turn.wait == 0


@pytest.mark.usefixtures("either_way")
def test_who_would_wait_too_long_goes_back() -> None:
    sender = uuid4()
    take(sender, per_second=1, segments=5)
    assert isinstance(later := take(sender, per_second=1), Later)
    assert 4 < later.seconds <= 5


@pytest.mark.usefixtures("either_way")
def test_an_account_has_only_so_many_calls_under_way(settings) -> None:
    settings.CARRIER_CALLS_AT_ONCE = 2
    account = uuid4().hex
    first, second = (take(uuid4(), account=account) for _ in range(2))
    assert isinstance(first, Turn)
    assert isinstance(second, Turn)
    assert isinstance(take(uuid4(), account=account), Later)
    assert isinstance(take(uuid4(), account=uuid4().hex), Turn)
    pace.leave(first)
    assert isinstance(take(uuid4(), account=account), Turn)


@pytest.mark.usefixtures("either_way")
def test_a_busy_carrier_rests_one_sender_longer_each_time() -> None:
    busy, other = uuid4(), uuid4()
    pace.rest(busy)
    pace.rest(busy)  # a call that was under way at the same moment
    first = take(busy, per_second=1000)
    assert isinstance(first, Turn)
    assert 0.3 < first.wait < 0.7
    time.sleep(first.wait + 0.1)
    pace.rest(busy)
    second = take(busy, per_second=1000)
    assert isinstance(second, Turn)
    assert 0.7 < second.wait < 1.3
    assert isinstance(turn := take(other, per_second=1000), Turn)
    assert turn.wait == 0


@pytest.mark.usefixtures("either_way")
def test_a_text_that_the_carrier_takes_after_a_rest_ends_the_busy_spell() -> None:
    busy = uuid4()
    pace.rest(busy)
    pace.recover(busy)  # under way before the carrier was busy: says nothing about the time after
    first = take(busy, per_second=1000)
    assert isinstance(first, Turn)
    assert first.wait > 0.3
    time.sleep(first.wait + 0.1)
    pace.rest(busy)
    second = take(busy, per_second=1000)
    assert isinstance(second, Turn)
    assert second.wait > 0.7
    time.sleep(second.wait + 0.1)
    pace.recover(busy)
    pace.rest(busy)
    third = take(busy, per_second=1000)
    assert isinstance(third, Turn)
    assert 0.3 < third.wait < 0.7


def queue(loop: Loop, count: int, *, sender: Sender | None = None) -> None:
    plan = loop.episode.plans.get()
    for place in range(count):
        queue_text(
            Draft(kind=OutboundMessage.Kind.STAFF, body=f"Text {place}", template="", language="en"),
            line=Line(phone=plan.phone, sender=sender or plan.sender, episode=loop.episode),
            not_before=loop.at,
            not_after=loop.at + timedelta(hours=1),
            now=loop.at,
        )


def test_no_more_is_claimed_than_the_sender_can_send_soon(loop: Loop) -> None:
    assert send_turn._room({uuid4(): 1.0}) == 2
    assert send_turn._room({uuid4(): 3.75, uuid4(): 3.75}) == 15
    assert send_turn._room({uuid4(): 225.0}) == 100
    assert send_turn._room({}) == 1


def test_a_busy_answer_rests_the_sender(loop: Loop) -> None:
    pace.forget()
    queue(loop, 1)
    loop.carrier.set_fault("rate_limit", count=1)
    assert loop.send() == ["busy"]
    sender = Sender.objects.get()
    turn = take(sender.pk, per_second=1000)
    assert isinstance(turn, Turn)
    assert turn.wait > 0.2
    assert sender.pk in pace._rested
    time.sleep(turn.wait + 0.1)
    queue(loop, 1)
    assert loop.send() == ["sent"]
    assert sender.pk not in pace._rested
