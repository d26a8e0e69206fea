"""Where the practice is for the fee schedule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.estimates import NATIONAL, Gpci
from billing.models import FeeLocality


@dataclass(frozen=True)
class Localities:
    """A practice's localities, the latest first."""

    rows: Sequence[FeeLocality]

    def on(self, day: date) -> Gpci:
        """The cost indices on a date; the national ones while none is recorded."""
        found = next((each for each in self.rows if each.starts_on <= day), None)
        if found is None:
            return NATIONAL
        return Gpci(found.name, found.work, found.practice_expense, found.malpractice, found.source)


def localities_of(practice_id: UUID) -> Localities:
    """Return every locality of a practice; one query."""
    return Localities(list(FeeLocality.objects.filter(practice_id=practice_id).order_by("-starts_on")))


def gpci_of(practice_id: UUID, *, on: date) -> Gpci:
    """Return the practice's cost indices on a date; the national ones while none is recorded; one query."""
    return localities_of(practice_id).on(on)
