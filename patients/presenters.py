"""How the list of patients is put into words; no queries, no rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from patients.models import Episode, Language, Patient


@dataclass(frozen=True)
class PatientRow:
    """One line of the list."""

    patient_id: UUID
    name: str
    about: str
    condition: str
    clinician: str
    phone: str
    record_number: str
    is_monitored: bool


def patient_rows(patients: Iterable[Patient]) -> list[PatientRow]:
    """Return patients, as `patients.selectors.search` finds them, in words."""
    return [
        PatientRow(
            patient_id=each.pk,
            name=each.full_name,
            about=_about(each.birth_date, language=each.language),
            condition=_condition(getattr(each, "condition", None), getattr(each, "side", None)),
            clinician=getattr(each, "clinician_name", None) or "",
            phone=f"…{last}" if (last := getattr(each, "last_four", None)) else "",
            record_number=each.record_number,
            is_monitored=bool(getattr(each, "is_monitored", False)),
        )
        for each in patients
    ]


def _about(born: date | None, *, language: str) -> str:
    spoken = Language(language).label
    return f"born {born.day} {born:%b %Y}, {spoken}" if born else spoken


def _condition(condition: str | None, side: str | None) -> str:
    if not condition:
        return ""
    label = Episode.Condition(condition).label
    return f"{label}, {side}" if side in (Episode.Side.LEFT, Episode.Side.RIGHT) else label


_STEPS = {
    "knee": ("Walks without crutches", "Climbs stairs foot over foot", "Bends to 120 degrees"),
    "hip": ("Walks without crutches", "Climbs stairs foot over foot", "Puts on socks alone"),
    "shoulder": ("Sleeps on that side", "Reaches overhead", "Dresses alone"),
    "back": ("Sits for an hour", "Bends to tie shoes", "Lifts 10 pounds"),
    "neck": ("Sleeps through the night", "Looks over the shoulder", "Works at a screen for an hour"),
}
_EVERYBODY = ("Drives again", "Back at work", "Back at sports")


def steps_of(condition: str) -> tuple[str, ...]:
    """Return steps that people often reach with a condition, offered while typing."""
    return (*_STEPS.get(condition, ()), *_EVERYBODY)


def agreed_wording(version: str) -> str:
    """Return in words which wording was agreed to, to follow how it was; empty for none.

    >>> agreed_wording("texts.2026-1")
    ', wording 1 of 2026'
    """
    year, _, number = version.rpartition(".")[2].partition("-")
    if number:
        return f", wording {number} of {year}"
    return f", wording {version}" if version else ""
