"""Decided lines in words; no queries, no rules."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.code_set import CODES
from billing.models import DecidedLine

_MEANINGS = {each.code: each.meaning for each in CODES}
TONES: Mapping[str, str] = {
    DecidedLine.Status.BILLABLE: "done",
    DecidedLine.Status.PENDING: "",
    DecidedLine.Status.HELD: "attention",
    DecidedLine.Status.REFUSED: "",
    DecidedLine.Status.CERTIFIED: "done",
}
STATE_WORDS: Mapping[str, str] = {
    DecidedLine.Status.BILLABLE: "may be certified",
    DecidedLine.Status.PENDING: "waiting",
    DecidedLine.Status.HELD: "held: a person must decide",
    DecidedLine.Status.REFUSED: "not allowed",
    DecidedLine.Status.CERTIFIED: "certified",
}


@dataclass(frozen=True)
class LineView:
    """One code with its state and reasons, ready to draw."""

    line_id: UUID
    code: str
    meaning: str
    modifiers: str
    units: int
    date_of_service: date
    status: str
    words: str
    tone: str
    reasons: Sequence[str]
    patient_id: UUID | None = None
    patient: str = ""
    clinician: str = ""

    @property
    def first_reason(self) -> str:
        """The reason that decides."""
        return self.reasons[0] if self.reasons else ""


def line_view(line: DecidedLine) -> LineView:
    """Return one line in words."""
    status = DecidedLine.Status(line.status)
    return LineView(
        line_id=line.pk,
        code=line.code,
        meaning=_MEANINGS.get(line.code, ""),
        modifiers=" ".join(line.modifiers),
        units=line.units,
        date_of_service=line.date_of_service,
        status=line.status,
        words=STATE_WORDS[status],
        tone=TONES[status],
        reasons=[each["text"] for each in line.reasons],
    )
