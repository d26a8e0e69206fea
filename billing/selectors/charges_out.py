"""The page of charges out: what waits and what it lacks, and every file that left."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from billing.models import ChargeBatch
from billing.services.charge_rows import ChargeRow
from billing.services.charges_out import held_back, loaded, waiting


@dataclass(frozen=True)
class ChargesOut:
    """What leaves next, how many wait for an amendment, and the files that left, newest first."""

    waiting: Sequence[ChargeRow]
    waiting_count: int
    held_back: int
    batches: QuerySet[ChargeBatch]


def charges_out(practice_id: UUID, *, most: int) -> ChargesOut:
    """Load the page but for its files, of which the caller takes one page; twelve queries."""
    batches = ChargeBatch.objects.filter(practice_id=practice_id).select_related("by").defer("content")
    return ChargesOut(
        loaded(practice_id, most=most),
        waiting(practice_id).count(),
        held_back(practice_id),
        batches.order_by("-number"),
    )
