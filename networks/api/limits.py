"""How many calls one caller may make in a minute, so that one script slows nobody else down."""

import structlog
from django.conf import settings
from django.core.cache import cache
from redis.exceptions import RedisError
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from networks import clock
from networks.api.callers import scope_of_call

logger = structlog.get_logger(__name__)

_MINUTE = 60


class CallsAMinute(BaseThrottle):
    """Count a machine's or a person's calls by the minute in Redis; without Redis nobody is held up."""

    def allow_request(self, request: Request, view: APIView) -> bool:
        """Count the call and tell whether it is within the limit; a limit of 0 is none."""
        if not settings.API_CALLS_A_MINUTE:
            return True
        minute, self._second = divmod(int(clock.now().timestamp()), _MINUTE)
        actor = scope_of_call(request).actor
        key = f"api-calls:{actor.user_id or actor.system}:{minute}"
        try:
            cache.add(key, 0, timeout=2 * _MINUTE)
            return bool(cache.incr(key) <= settings.API_CALLS_A_MINUTE)
        except (RedisError, ValueError):
            logger.warning("api_calls_not_counted")
            return True

    def wait(self) -> float:
        """Return the seconds until the next minute begins, for `Retry-After`."""
        return float(_MINUTE - self._second)
