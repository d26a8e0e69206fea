"""How the list of patients is put into words; no queries, no rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from patients.models import ConsentEvent, ConsentSignature, Episode, Language, Patient


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


def consent_act(event: ConsentEvent, *, given: str, withdrawn: str) -> str:
    """Return the word for a consent event's act; whoever says no by the web link may never have agreed before."""
    if event.act == ConsentEvent.Act.GIVEN:
        return given
    return "did not agree" if event.method == ConsentEvent.Method.WEB else withdrawn


def signed_by(event: ConsentEvent) -> str:
    """Return in words who signed by the web link, and in which language; empty for consent given otherwise."""
    signature: ConsentSignature | None = getattr(event, "signature_of_monitoring", None) or getattr(
        event, "signature_of_texts", None
    )
    return f"signed by {signer_words(signature)}" if signature else ""


def signer_words(signature: ConsentSignature) -> str:
    """Return who signed: the name as typed, who they are, the language that they read."""
    by_caregiver = signature.signer == ConsentSignature.Signer.CAREGIVER
    who = f"caregiver: {signature.relationship}" if by_caregiver else "the patient"
    return f"{signature.typed_name} ({who}), in {Language(signature.language).label}"
