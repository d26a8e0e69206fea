"""What a practice recorded for its claims: as whom it bills, its fees, payers' numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.models import BillingProvider, ClaimDetails, Coverage, PayerNumber, PracticeFee
from networks.models import Payer
from patients.models import Episode


@dataclass(frozen=True)
class ClaimRecords:
    """Entries of each kind, the latest first; payers whom the practice's patients have, by name."""

    providers: Sequence[BillingProvider]
    fees: Sequence[PracticeFee]
    numbers: Sequence[PayerNumber]
    unnumbered: Sequence[Payer]


def claim_records(practice_id: UUID) -> ClaimRecords:
    """Load the page of what claims need; four queries."""
    numbers = PayerNumber.objects.filter(practice_id=practice_id).select_related("payer")
    known = list(numbers.order_by("payer__name"))
    met = Coverage.objects.filter(practice_id=practice_id).values("payer_id")
    others = Payer.objects.filter(pk__in=met).exclude(pk__in=[each.payer_id for each in known])
    return ClaimRecords(
        providers=list(BillingProvider.objects.filter(practice_id=practice_id).order_by("-starts_on")),
        fees=list(PracticeFee.objects.filter(practice_id=practice_id).order_by("code", "-starts_on")),
        numbers=known,
        unnumbered=list(others.order_by("name")),
    )


def claim_details_of(episode: Episode) -> list[ClaimDetails]:
    """Return an episode's diagnoses and referrals, the one that holds first; one query."""
    rows = ClaimDetails.objects.filter(practice_id=episode.practice_id, episode=episode)
    return list(rows.order_by("-starts_on", "-recorded_at", "-pk"))


def diagnoses_on(episode: Episode, *, day: date) -> list[str]:
    """Return the diagnosis codes that hold on a date; empty for none; one query."""
    held = (each for each in claim_details_of(episode) if each.starts_on <= day)
    found = next(held, None)
    return list(found.diagnoses) if found else []
