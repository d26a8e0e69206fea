"""Who asked by the keyword to be enrolled, and from which number the sign invites."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from checkins.models import JoinRequest, Sender

_MOST = 100
_MOST_CLOSED = 20
_CLOSED_WITHIN = timedelta(days=30)


def join_requests(practice_id: UUID) -> QuerySet[JoinRequest]:
    """Return the open requests, who has waited longest first, the first hundred; one query."""
    return JoinRequest.objects.filter(practice_id=practice_id, state=JoinRequest.State.OPEN).order_by(
        "asked_at", "id"
    )[:_MOST]


def count_join_requests(practice_id: UUID) -> int:
    """Return how many requests are open; one query."""
    return JoinRequest.objects.filter(practice_id=practice_id, state=JoinRequest.State.OPEN).count()


def closed_join_requests(practice_id: UUID, *, now: datetime) -> QuerySet[JoinRequest]:
    """Return the requests closed within 30 days, newest first, the first twenty; one query."""
    return (
        JoinRequest.objects.filter(practice_id=practice_id, closed_at__gt=now - _CLOSED_WITHIN)
        .select_related("closed_by")
        .order_by("-closed_at", "-id")[:_MOST_CLOSED]
    )


def inviting_sender(practice_id: UUID) -> Sender | None:
    """Return the number that the sign names: a ready one, always the same; None while none is ready."""
    ready = Sender.objects.filter(practice_id=practice_id, state=Sender.State.READY)
    return ready.order_by("number").first()
