"""The page of charges out: what waits, and every file that left."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from billing.models import Charge, ChargeBatch
from billing.services.charges_out import held_back, waiting


@dataclass(frozen=True)
class ChargesOut:
    """What leaves next, how many wait for an amendment, and the files that left, newest first."""

    waiting: Sequence[Charge]
    waiting_count: int
    held_back: int
    batches: QuerySet[ChargeBatch]


def charges_out(practice_id: UUID, *, most: int) -> ChargesOut:
    """Load the page but for its files, of which the caller takes one page; three queries."""
    rows = waiting(practice_id)
    shown = rows.select_related("episode__patient", "certification", "voids")[:most]
    batches = ChargeBatch.objects.filter(practice_id=practice_id).select_related("by").defer("content")
    return ChargesOut(list(shown), rows.count(), held_back(practice_id), batches.order_by("-number"))
