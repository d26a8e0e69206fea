"""Decided lines in words; no queries, no rules."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.code_set import CODES
from billing.models import DecidedLine

_MEANINGS = {each.code: each.meaning for each in CODES}
_TONES = {
    DecidedLine.Status.BILLABLE: "done",
    DecidedLine.Status.PENDING: "",
    DecidedLine.Status.HELD: "attention",
    DecidedLine.Status.REFUSED: "",
    DecidedLine.Status.CERTIFIED: "done",
}
_WORDS = {
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


@dataclass(frozen=True)
class StateView:
    """One filter of the board."""

    key: str
    label: str
    count: int
    is_current: bool


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
        words=_WORDS[status],
        tone=_TONES[status],
        reasons=[each["text"] for each in line.reasons],
    )


def line_views(lines: Iterable[DecidedLine]) -> list[LineView]:
    """Return the board's lines with whom they are about."""
    return [_with_whom(line_view(each), each) for each in lines]


def _with_whom(view: LineView, line: DecidedLine) -> LineView:
    patient = line.episode.patient
    whom = {
        "patient_id": patient.pk,
        "patient": patient.full_name,
        "clinician": line.episode.clinician.name,
    }
    return LineView(**{**view.__dict__, **whom})


def states(counts: Mapping[str, int], *, current: str) -> list[StateView]:
    """Return the board's filters with how many lines each holds."""
    every = StateView("", "All", sum(counts.values()), not current)
    each_state = [
        StateView(
            status.value, _WORDS[status].capitalize(), counts.get(status.value, 0), current == status.value
        )
        for status in (
            DecidedLine.Status.HELD,
            DecidedLine.Status.REFUSED,
            DecidedLine.Status.BILLABLE,
            DecidedLine.Status.PENDING,
            DecidedLine.Status.CERTIFIED,
        )
    ]
    return [every, *each_state]
