"""How fast texts leave: segments a second for each sender, calls under way for each carrier account.

Redis holds the one clock that all workers share. Without Redis each process keeps the same limits for
itself, so that no process ever goes faster than its sender may.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from random import random
from typing import TypeVar
from uuid import UUID, uuid4

import redis
import structlog
from django.conf import settings
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

_T = TypeVar("_T")
logger = structlog.get_logger(__name__)

_PATIENCE = 2.0  # seconds that a thread waits for its turn before the text goes back to the outbox
_REDIS_SECONDS = 0.25
_REDIS_RESTS = 5.0  # seconds without asking Redis after it could not be reached
_LOOK_AGAIN = 0.02
_SLOWEST = 0.01  # segments a second, for a sender whose pace was never set
# A busy carrier is left alone for half a second, doubling to half a minute (Twilio support 360044308153, 2026).
_FIRST_REST = 0.5
_LONGEST_REST = 30.0
_FORGET_RESTS_AFTER = 60.0


@dataclass(frozen=True)
class Turn:
    """A text may leave after `wait` seconds; `leave` ends its place among the account's calls."""

    account: str
    ticket: str
    wait: float


@dataclass(frozen=True)
class Later:
    """Not within our patience: try again after so many seconds."""

    seconds: float


# The bucket is the instant (microseconds) at which the sender has nothing left to catch up with: each text
# moves it on by its share, so that texts are spaced and no second ever holds more than the sender's rate.
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now)
if free - now > tonumber(ARGV[2]) then return {0, string.format('%.0f', free - now)} end
redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', now)
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then return {2, '0'} end
redis.call('ZADD', KEYS[2], string.format('%.0f', free + ARGV[5]), ARGV[4])
redis.call('PEXPIRE', KEYS[2], math.ceil((free - now + ARGV[5]) / 1000) + 1000)
local after = free + tonumber(ARGV[1])
redis.call('SET', KEYS[1], string.format('%.0f', after), 'PX', math.ceil((after - now) / 1000) + 1000)
return {1, string.format('%.0f', free - now)}
"""
# Calls that were under way together are one busy moment, not many.
_REST = """
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
local clock = redis.call('TIME')
local now = clock[1] * 1000000 + clock[2]
local times = redis.call('INCR', KEYS[3])
redis.call('PEXPIRE', KEYS[3], ARGV[4])
local pause = math.min(ARGV[2], ARGV[1] * 2 ^ (times - 1)) * ARGV[3]
local free = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now + pause)
redis.call('SET', KEYS[1], string.format('%.0f', free), 'PX', math.ceil((free - now) / 1000) + 1000)
redis.call('SET', KEYS[2], '1', 'PX', math.max(1, math.ceil(pause / 1000)))
return 1
"""
# A text that the carrier took after the pause ends the busy spell: the next one begins short again.
_RECOVER = """
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
redis.call('DEL', KEYS[2])
return 1
"""


def take(*, sender_id: UUID, account: str, per_second: float, segments: int) -> Turn | Later:
    """Reserve a sender's turn for a text of so many segments, and a place among its account's calls."""
    deadline = time.monotonic() + _PATIENCE
    share = segments / max(per_second, _SLOWEST)
    while True:
        found = _asked(
            lambda: _take_shared(sender_id, account, share), lambda: _local.take(sender_id, account, share)
        )
        if found is not None:
            return found
        if time.monotonic() > deadline:
            return Later(_PATIENCE)
        time.sleep(_LOOK_AGAIN)


def leave(*turns: Turn) -> None:
    """Give back places among the accounts' calls; one round trip an account."""
    places: dict[str, list[str]] = {}
    for turn in turns:
        _local.leave(turn)
        places.setdefault(turn.account, []).append(turn.ticket)
    for account, tickets in places.items():
        _leave_shared(account, tickets)


def _leave_shared(account: str, tickets: list[str]) -> None:
    _asked(lambda: _client().zrem(_calls(account), *tickets), lambda: None)


def rest(sender_id: UUID) -> None:
    """Leave the carrier alone for a while with this sender, after it said that it is busy; others go on."""
    jitter = 0.75 + random() / 2  # noqa: S311 - spreads calls, hides nothing
    _rested.add(sender_id)
    _asked(lambda: _rest_shared(sender_id, jitter), lambda: _local.rest(sender_id, jitter))


def recover(sender_id: UUID) -> None:
    """Note that the carrier took a text: after a rest, the next rest of this sender is a first one again.

    Without it, one refusal among many texts would double each time and hold a line still that works. What was
    under way when the rest began says nothing about the time after it.
    """
    if sender_id in _rested and _asked(lambda: _recover_shared(sender_id), lambda: _local.recover(sender_id)):
        _rested.discard(sender_id)


def _take_shared(sender_id: UUID, account: str, share: float) -> Turn | Later | None:
    ticket = uuid4().hex
    micro = 1_000_000
    word, wait = _script(_TAKE)(
        keys=[_bucket(sender_id), _calls(account)],
        args=[
            round(share * micro),
            round(_PATIENCE * micro),
            settings.CARRIER_CALLS_AT_ONCE,
            ticket,
            settings.SEND_LEASE_SECONDS * micro,
        ],
    )
    if int(word) == 1:
        return Turn(account, ticket, int(wait) / micro)
    return Later(int(wait) / micro) if int(word) == 0 else None


def _rest_shared(sender_id: UUID, jitter: float) -> None:
    bucket = _bucket(sender_id)
    _script(_REST)(
        keys=[bucket, f"{bucket}:busy", f"{bucket}:rests"],
        args=[_FIRST_REST * 1e6, _LONGEST_REST * 1e6, jitter, round(_FORGET_RESTS_AFTER * 1000)],
    )


def _recover_shared(sender_id: UUID) -> bool:
    bucket = _bucket(sender_id)
    return bool(_script(_RECOVER)(keys=[f"{bucket}:busy", f"{bucket}:rests"], args=[]))


@dataclass
class _Local:
    """The same limits inside one process."""

    lock: threading.Lock = field(default_factory=threading.Lock)
    free_at: dict[UUID, float] = field(default_factory=dict)
    calls: dict[str, set[str]] = field(default_factory=dict)
    rests: dict[UUID, tuple[float, int]] = field(default_factory=dict)

    def take(self, sender_id: UUID, account: str, share: float) -> Turn | Later | None:
        """As `_take_shared`."""
        with self.lock:
            now = time.monotonic()
            free = max(self.free_at.get(sender_id, now), now)
            if free - now > _PATIENCE:
                return Later(free - now)
            under_way = self.calls.setdefault(account, set())
            if len(under_way) >= settings.CARRIER_CALLS_AT_ONCE:
                return None
            turn = Turn(account, uuid4().hex, free - now)
            under_way.add(turn.ticket)
            self.free_at[sender_id] = free + share
            return turn

    def leave(self, turn: Turn) -> None:
        """Give a place back, when it was taken here."""
        with self.lock:
            self.calls.get(turn.account, set()).discard(turn.ticket)

    def rest(self, sender_id: UUID, jitter: float) -> None:
        """As `_rest_shared`."""
        with self.lock:
            now = time.monotonic()
            until, times = self.rests.get(sender_id, (0.0, 0))
            if now < until:
                return
            times = times + 1 if now < until + _FORGET_RESTS_AFTER else 1
            pause = min(_LONGEST_REST, _FIRST_REST * 2 ** (times - 1)) * jitter
            self.rests[sender_id] = (now + pause, times)
            self.free_at[sender_id] = max(self.free_at.get(sender_id, now), now + pause)

    def recover(self, sender_id: UUID) -> bool:
        """As `_recover_shared`."""
        with self.lock:
            until, _ = self.rests.get(sender_id, (0.0, 0))
            if time.monotonic() < until:
                return False
            self.rests.pop(sender_id, None)
            return True


# Senders that this process saw refused and not taken since: asked first, so that nothing else costs a round trip.
_rested: set[UUID] = set()
_local = _Local()
_redis_rests_until = 0.0


def _asked(shared: Callable[[], _T], alone: Callable[[], _T]) -> _T:
    global _redis_rests_until
    if time.monotonic() >= _redis_rests_until:
        try:
            return shared()
        except (RedisError, OSError):
            _redis_rests_until = time.monotonic() + _REDIS_RESTS
            logger.warning("pace_kept_alone")
    return alone()


def forget() -> None:
    """Forget this process's own reckoning and ask Redis again at once."""
    global _local, _redis_rests_until
    _local, _redis_rests_until = _Local(), 0.0
    _rested.clear()
    _client.cache_clear()
    _script.cache_clear()


@cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL,
        socket_timeout=_REDIS_SECONDS,
        socket_connect_timeout=_REDIS_SECONDS,
        retry=Retry(NoBackoff(), 0),
    )


@cache
def _script(text: str) -> Callable[..., list[bytes]]:
    return _client().register_script(text)


def _bucket(sender_id: UUID) -> str:
    return f"daybook:pace:{sender_id}"


def _calls(account: str) -> str:
    return f"daybook:calls:{account}"
