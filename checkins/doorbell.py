"""The web's bell: tells a worker that a text came, and gives up at once when Redis is away.

The carrier waits for our answer while it rings, so nothing here may take long: the stored row is the
record, and the schedule finds it within seconds. One bell says "look", and whoever looks reads all that
waits: the first text of a practice rings at once, those right behind it share one bell a moment later.
"""

import threading
import time
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import structlog
from celery import Task
from kombu import Producer
from kombu.exceptions import OperationalError
from kombu.transport import redis as transport
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

logger = structlog.get_logger(__name__)

_PATIENCE = 0.25  # seconds for connecting, and again for an answer
_RESTS = 30.0  # seconds without trying after Redis could not be reached
_BREATH = 0.25  # seconds between two bells of one process for one practice
_rests_until = 0.0
_kept = threading.local()
_late = SimpleNamespace(producer=None)
_lock = threading.Lock()
_late_lock = threading.Lock()
# By the task itself, which lives as long as the process: its name costs a look through Celery's proxies.
_rung: dict[tuple[int, UUID], float] = {}
_waiting: set[tuple[int, UUID]] = set()


class _Channel(transport.Channel):
    """A channel whose connections are tried once: the library's own default repeats for seconds."""

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        given: dict[str, Any] = super()._connparams(asynchronous=asynchronous)  # type: ignore[misc] # not in the stubs
        return {**given, "retry": Retry(NoBackoff(), 0)}


class Transport(transport.Transport):
    """The broker as the bell sees it."""

    Channel = _Channel


def ring(task: "Task[..., Any]", practice_id: UUID) -> bool:
    """Ask a worker to run `task` for a practice; False well within a second when Redis cannot be reached.

    Call it after what is to be found was committed. After a failure the bell of this process rests for half
    a minute, so that texts then do not wait at all.
    """
    if time.monotonic() < _rests_until:
        return False
    key = (id(task), practice_id)
    with _lock:
        if key in _waiting:
            return True
        since = time.monotonic() - _rung.get(key, -_BREATH)
        if since < _BREATH:
            _waiting.add(key)
            _later(_BREATH - since, task, practice_id)
            return True
        _rung[key] = time.monotonic()
    return _ring(task, practice_id, kept=_kept)


def _later(seconds: float, task: "Task[..., Any]", practice_id: UUID) -> None:
    timer = threading.Timer(seconds, _ring_late, (task, practice_id))
    timer.daemon = True
    timer.start()


def _ring_late(task: "Task[..., Any]", practice_id: UUID) -> None:
    key = (id(task), practice_id)
    with _lock:
        # From here on a new text needs a bell of its own.
        _waiting.discard(key)
        _rung[key] = time.monotonic()
    with _late_lock:
        _ring(task, practice_id, kept=_late)


def _ring(task: "Task[..., Any]", practice_id: UUID, *, kept: Any) -> bool:  # noqa: ANN401 - a holder of one name
    global _rests_until
    try:
        task.apply_async((str(practice_id),), producer=_producer(task, kept=kept), retry=False)
    except (OperationalError, RedisError, OSError):
        kept.producer = None
        _rests_until = time.monotonic() + _RESTS
        logger.warning("bell_not_rung", practice_id=str(practice_id))
        return False
    return True


def wake() -> None:
    """End the rest after a failure, and forget this thread's connection and what was rung."""
    global _rests_until
    _rests_until = 0.0
    _kept.producer = _late.producer = None
    with _lock:
        _rung.clear()


def _producer(task: "Task[..., Any]", *, kept: Any) -> Producer:  # noqa: ANN401 - a holder of one name
    # One connection a thread, kept: the workers' pool waits and repeats far longer than a carrier does.
    known: Producer | None = getattr(kept, "producer", None)
    if known is None:
        link = task.app.connection_for_write(
            transport=f"{__name__}:Transport",
            connect_timeout=_PATIENCE,
            transport_options={
                **(task.app.conf.broker_transport_options or {}),
                "max_retries": 0,
                "socket_connect_timeout": _PATIENCE,
                "socket_timeout": _PATIENCE,
            },
        )
        known = kept.producer = task.app.amqp.Producer(link, auto_declare=False)
    return known
