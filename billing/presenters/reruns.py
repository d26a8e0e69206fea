"""A month under two rule sets in words; no queries, no rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.decision import Line
from billing.selectors.reruns import Rerun

_STATES = {
    "billable": "may be certified",
    "pending": "waiting",
    "held": "held",
    "refused": "not allowed",
}


@dataclass(frozen=True)
class RerunRow:
    """One place on a claim that differs."""

    patient_id: UUID
    patient: str
    date_of_service: date
    now: str
    now_reason: str
    other: str
    other_reason: str


@dataclass(frozen=True)
class CountRow:
    """Units of one code in one state, under each."""

    code: str
    state: str
    now: int
    other: int

    @property
    def difference(self) -> str:
        """How many more or fewer, with its sign."""
        change = self.other - self.now
        return f"{change:+d}" if change else "0"


@dataclass(frozen=True)
class RerunView:
    """The page's answer."""

    title: str
    counts: Sequence[CountRow]
    rows: Sequence[RerunRow]


def rerun_view(found: Rerun) -> RerunView:
    """Return what differs, patient by patient, and the sums."""
    keys = sorted(found.now.keys() | found.other.keys())
    return RerunView(
        title=f"{found.month:%B %Y} under {found.rule_set.id}",
        counts=[
            CountRow(code, _STATES[state], found.now[code, state], found.other[code, state])
            for code, state in keys
        ],
        rows=[
            RerunRow(
                patient_id=patient.patient_id,
                patient=patient.name,
                date_of_service=each.date_of_service,
                now=line_in_short(each.now),
                now_reason=_reason(each.now),
                other=line_in_short(each.other),
                other_reason=_reason(each.other),
            )
            for patient in found.patients
            for each in patient.differences
        ],
    )


def line_in_short(line: Line | None) -> str:
    """Say a line in a few words, such as 98981 x2 GP, held."""
    if line is None:
        return "no line"
    units = f" x{line.units}" if line.units > 1 else ""
    return f"{line.code}{units} {' '.join(line.modifiers)}, {_STATES[line.status.value]}"


def _reason(line: Line | None) -> str:
    return line.reasons[0].text if line and line.reasons else ""
