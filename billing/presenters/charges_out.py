"""Charges that wait, in words: each with what it lacks and where that is entered; no queries, no rules."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.urls import reverse

from billing.charge_columns import mapping_named
from billing.claim_gaps import Gap, Where
from billing.models import Charge, ChargeBatch
from billing.services.charge_rows import ChargeRow

_LINKS = {
    Where.PRACTICE: "What claims need",
    Where.PATIENT: "Care records",
    Where.CLINICIAN: "",
}


@dataclass(frozen=True)
class Lack:
    """What a row lacks: the sentence, and the page that mends it, where one does."""

    sentence: str
    holds: bool
    link: str
    title: str


@dataclass(frozen=True)
class WaitingRow:
    """One charge that waits."""

    charge: Charge
    amount: str
    lacks: tuple[Lack, ...]

    @property
    def waits(self) -> bool:
        """Whether a full file would leave it behind."""
        return any(each.holds for each in self.lacks)


@dataclass(frozen=True)
class LeftFile:
    """One file that left, and for which system it was made."""

    batch: ChargeBatch
    for_system: str


def left_file(batch: ChargeBatch) -> LeftFile:
    """Return a file beside the words of its columns."""
    mapping = mapping_named(batch.mapping)
    return LeftFile(batch, mapping.title if mapping else batch.mapping)


def waiting_row(row: ChargeRow, *, fields: Iterable[str]) -> WaitingRow:
    """Return one row in words; what takes a charge back lacks nothing, since it always leaves."""
    is_new = row.charge.kind == Charge.Kind.NEW
    gaps = row.gaps(fields=fields) if is_new else ()
    return WaitingRow(row.charge, _amount(row), tuple(_lack(each, row=row) for each in gaps))


def _amount(row: ChargeRow) -> str:
    fee, guess = row.cells.get("charge_amount"), row.cells.get("estimated_amount")
    if fee:
        return f"${fee}"
    return f"estimate ${guess}" if guess else "no fee"


def _lack(gap: Gap, *, row: ChargeRow) -> Lack:
    link = ""
    if gap.where is Where.PRACTICE:
        link = reverse("billing:claims")
    elif gap.where is Where.PATIENT and gap.field not in {"birth_date", "mrn"}:
        patient = reverse("billing:care", args=[row.charge.episode.patient_id])
        link = f"{patient}?episode={row.charge.episode_id}#claim"
    return Lack(gap.sentence, gap.holds, link, _LINKS[gap.where] if link else "")
