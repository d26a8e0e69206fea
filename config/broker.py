"""Redis as the workers' broker: a worker outlives it.

kombu 5.7 puts unacknowledged messages back while it closes a lost connection, and there asks the
connection, already gone, for its address. The AttributeError that comes of it is not among the errors
that the worker recovers from: it would end. Said as what it is, a lost connection, it is recovered from.
"""

from typing import Any

from kombu.transport import redis
from redis.exceptions import ConnectionError as LostConnection


class Channel(redis.Channel):
    """A channel that says it when its connection is gone."""

    def _connparams(self, asynchronous: bool = False) -> dict[str, Any]:
        if self.connection is None or self.connection.client is None:
            raise LostConnection("The connection to Redis is gone.")
        given: dict[str, Any] = super()._connparams(asynchronous=asynchronous)  # type: ignore[misc] # not in the stubs
        return given


class Transport(redis.Transport):
    """Redis as Celery uses it, with channels of this module."""

    Channel = Channel
