"""Is the process alive, can the product do its work, and the figures of both."""

from datetime import timedelta
from ipaddress import ip_address

import structlog
from django.core.cache import cache
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from redis.exceptions import RedisError

from config.celery import QUEUES
from config.danger_figures import DANGER
from networks import clock, clock_check
from networks.models import Heartbeat

logger = structlog.get_logger(__name__)
_FRESH = timedelta(seconds=60)


@require_safe
def alive(request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process answers at all."""
    return JsonResponse({"status": "ok"})


@require_safe
def ready(request: HttpRequest) -> HttpResponse:
    """Answer 200 when database, Redis, clock, scheduler and every worker are well; else 503 naming the parts."""
    failing = _failing_parts()
    if failing:
        logger.warning("not_ready", failing=failing)
    return JsonResponse(
        {"status": "failing" if failing else "ok", "failing": failing}, status=503 if failing else 200
    )


@require_safe
def metrics(request: HttpRequest) -> HttpResponse:
    """Print the figures for Prometheus; only to the local network."""
    if not ip_address(request.META.get("REMOTE_ADDR") or "0.0.0.0").is_private:  # noqa: S104 - no address reads as outside
        return HttpResponse("Only for the local network.\n", status=403, content_type="text/plain")
    return HttpResponse(generate_latest() + generate_latest(DANGER), content_type=CONTENT_TYPE_LATEST)


def _failing_parts() -> list[str]:
    try:
        beats = dict(Heartbeat.objects.values_list("name", "beat_at"))
        agrees = clock_check.agrees()
    except DatabaseError:
        return ["database"]
    failing = [] if agrees else ["clock"]
    try:
        cache.get("ready")
    except (RedisError, OSError):
        failing.append("redis")
    oldest = clock.now() - _FRESH
    stale = [queue for queue in QUEUES if queue not in beats or beats[queue] < oldest]
    if len(stale) == len(QUEUES):
        # Every pulse comes from the scheduler: when none arrives it is the likelier cause.
        failing.append("scheduler")
    return failing + [f"worker:{queue}" for queue in stale]
