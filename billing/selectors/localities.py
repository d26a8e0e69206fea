"""Where the practice is for the fee schedule."""

from datetime import date
from uuid import UUID

from billing.estimates import NATIONAL, Gpci
from billing.models import FeeLocality


def gpci_of(practice_id: UUID, *, on: date) -> Gpci:
    """Return the practice's cost indices on a date; the national ones while none is recorded; one query."""
    rows = FeeLocality.objects.filter(practice_id=practice_id, starts_on__lte=on)
    found = rows.order_by("-starts_on").first()
    if found is None:
        return NATIONAL
    return Gpci(found.name, found.work, found.practice_expense, found.malpractice, found.source)
