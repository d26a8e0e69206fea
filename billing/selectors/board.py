"""The billing board: decided lines with their states."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Case, Count, QuerySet, Value, When

from billing.models import DecidedLine

# What a person must look at comes first.
_EXCEPTIONS_FIRST = (
    DecidedLine.Status.HELD,
    DecidedLine.Status.REFUSED,
    DecidedLine.Status.BILLABLE,
    DecidedLine.Status.PENDING,
    DecidedLine.Status.CERTIFIED,
)


def board_lines(practice_id: UUID, *, status: str = "") -> QuerySet[DecidedLine]:
    """Return the practice's lines, what needs a person first, in one state when one is named; one query."""
    rows = DecidedLine.objects.filter(practice_id=practice_id).select_related(
        "episode__patient", "episode__clinician"
    )
    if status:
        rows = rows.filter(status=status)
    order = Case(*(When(status=each, then=Value(place)) for place, each in enumerate(_EXCEPTIONS_FIRST)))
    return rows.order_by(order, "-date_of_service", "episode__patient__family_name", "code", "id")


def lines_by_status(practice_id: UUID) -> Mapping[str, int]:
    """Return how many lines stand in each state; one query."""
    rows = DecidedLine.objects.filter(practice_id=practice_id).order_by().values("status")
    return {row["status"]: row["count"] for row in rows.annotate(count=Count("id"))}
