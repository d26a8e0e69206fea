"""The web's bell: tells a worker that a text came, and gives up at once when Redis is away.

The carrier waits for our answer while it rings, so nothing here may take long: the stored row is the
record, and the schedule finds it within seconds.
"""

import threading
import time
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
_rests_until = 0.0
_kept = threading.local()


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

    After a failure the bell of this process rests for half a minute, so that texts then do not wait at all.
    """
    global _rests_until
    if time.monotonic() < _rests_until:
        return False
    try:
        task.apply_async((str(practice_id),), producer=_producer(task), retry=False)
    except (OperationalError, RedisError, OSError):
        _kept.producer = None
        _rests_until = time.monotonic() + _RESTS
        logger.warning("bell_not_rung", practice_id=str(practice_id))
        return False
    return True


def wake() -> None:
    """End the rest after a failure, and forget this thread's connection."""
    global _rests_until
    _rests_until = 0.0
    _kept.producer = None


def _producer(task: "Task[..., Any]") -> Producer:
    # One connection a thread, kept: the workers' pool waits and repeats far longer than a carrier does.
    known: Producer | None = getattr(_kept, "producer", None)
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
        known = _kept.producer = task.app.amqp.Producer(link, auto_declare=False)
    return known
