"""What a row of charges still lacks before a claim can be made of it: which cell, why, and where to enter it.

Cells are judged only where the file has them: a practice whose billing system knows its own number and the
diagnoses chooses columns without them. Needed before a claim: claims note of 2026, section 1.3, marks R and C.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from networks.identifiers import parse_npi


class Where(StrEnum):
    """The page on which a missing part is entered."""

    PRACTICE = "practice"
    PATIENT = "patient"
    CLINICIAN = "clinician"


@dataclass(frozen=True, slots=True)
class Gap:
    """One empty or wrong cell. `holds` says that the row waits for it; else it leaves with the cell empty."""

    field: str
    sentence: str
    where: Where
    holds: bool = True


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What makes a cell needed that others may leave empty."""

    is_medicare: bool = False
    is_authorized: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """One cell that may be judged: when it is good, what is said when not, when it holds the row back."""

    field: str
    sentence: str
    where: Where
    is_good: Callable[[str], bool] = bool
    holds: Callable[[Circumstances], bool] = lambda _: True


def _is_npi(text: str) -> bool:
    try:
        parse_npi(text)
    except ValueError:
        return False
    return True


def _never(_: Circumstances) -> bool:
    return False


_PARTS = (
    _Part("billing_npi", "The practice's own NPI is not recorded for this date.", Where.PRACTICE, _is_npi),
    _Part(
        "rendering_npi",
        "The treating clinician's NPI is missing or has a wrong check digit.",
        Where.CLINICIAN,
        _is_npi,
    ),
    _Part("dx1", "No diagnosis code is recorded for this date.", Where.PATIENT),
    _Part("payer_id", "The payer's number at the clearing house is not recorded.", Where.PRACTICE),
    _Part("member_id", "The patient's member number with this payer is not recorded.", Where.PATIENT),
    # Medicare pays outpatient therapy under a plan that a physician certified, whom the claim names
    # (42 CFR 410.61 and 424.24, 2024).
    _Part(
        "referring_npi",
        "The referring clinician's NPI is not recorded, which a Medicare claim names.",
        Where.PATIENT,
        holds=lambda facts: facts.is_medicare,
    ),
    _Part(
        "auth_number",
        "The number of the prior authorization is not recorded.",
        Where.PATIENT,
        holds=lambda facts: facts.is_authorized,
    ),
    _Part("birth_date", "The patient's birth date is not recorded.", Where.PATIENT, holds=_never),
    _Part("mrn", "The patient's number in the EHR is not recorded.", Where.PATIENT, holds=_never),
    _Part(
        "charge_amount",
        "The practice has no fee of its own for this code: only an estimate stands beside it.",
        Where.PRACTICE,
        holds=_never,
    ),
)


def gaps_of(
    row: Mapping[str, str], *, fields: Iterable[str], facts: Circumstances = Circumstances()
) -> tuple[Gap, ...]:
    """Return what a row lacks of the cells that the file has, in the order in which they are entered.

    >>> row = {"billing_npi": "1234567893", "cpt": "98975", "dx1": ""}
    >>> [each.field for each in gaps_of(row, fields=["billing_npi", "cpt", "dx1"])]
    ['dx1']
    """
    asked = set(fields)
    found = []
    for part in _PARTS:
        if part.field not in asked or part.is_good(row.get(part.field, "")):
            continue
        holds = part.holds(facts)
        # Who is not referred or authorized lacks nothing.
        if holds or part.field not in {"referring_npi", "auth_number"}:
            found.append(Gap(part.field, part.sentence, part.where, holds))
    return tuple(found)
