"""What Medicare's fee schedule was found to pay for each RTM code, by date of service, with source and confidence.

Relative value units (RVU) of the non-facility setting. `source` lists ids of the register in
data/rtm_codes_2026.json ("MEM": from memory, unverified), whose figures this module must equal; a test
compares the two. Amounts are for display and never part of a claim.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Founded(StrEnum):
    """How well a rate is founded, in words for the page."""

    HIGH = "well founded"
    MEDIUM = "one credible source"
    MEMORY = "from memory, unverified"


@dataclass(frozen=True, slots=True)
class Rvu:
    """Work, practice expense and malpractice units; None where only their sum was published."""

    total: Decimal
    work: Decimal | None = None
    practice_expense: Decimal | None = None
    malpractice: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Rate:
    """What one code was worth for dates of service in these bounds, both included."""

    code: str
    first_day: date
    last_day: date
    rvu: Rvu
    source: tuple[str, ...]
    founded: Founded


@dataclass(frozen=True, slots=True)
class ConversionFactor:
    """Dollars for one RVU; from 2026 the factor of those outside qualifying APMs."""

    first_day: date
    last_day: date
    dollars: Decimal
    source: tuple[str, ...]
    founded: Founded


def _split(work: str, practice_expense: str, malpractice: str) -> Rvu:
    parts = (Decimal(work), Decimal(practice_expense), Decimal(malpractice))
    return Rvu(sum(parts, Decimal(0)), *parts)


def _rates(
    first: date,
    last: date,
    units: Mapping[str, Rvu],
    *,
    source: tuple[str, ...],
    founded: Founded,
) -> tuple[Rate, ...]:
    return tuple(Rate(code, first, last, rvu, source, founded) for code, rvu in units.items())


# CMS National PFS Relative Value File, CY2026 July release (S1).
_MUSCULOSKELETAL_2026 = {"98977": _split("0", "1.53", "0.01"), "98985": _split("0", "1.53", "0.01")}
_OTHERS_2026 = {
    "98975": _split("0", "0.63", "0.02"),
    "98976": _split("0", "1.55", "0.01"),
    "98984": _split("0", "1.55", "0.01"),
    "98979": _split("0.31", "0.47", "0.01"),
    "98980": _split("0.62", "0.97", "0.03"),
    "98981": _split("0.61", "0.60", "0.03"),
}
_CHANGED = ("S1", "S51", "S52")

# 98978 and 98986 are priced by each Medicare contractor (status C, S1): there is no national rate to show.
RATES: tuple[Rate, ...] = (
    *_rates(
        date(2022, 1, 1),
        date(2022, 12, 31),
        {
            code: Rvu(Decimal(total))
            for code, total in (("98975", "0.56"), ("98976", "1.61"), ("98977", "1.61"))
        },
        source=("S24",),
        founded=Founded.MEDIUM,
    ),
    *_rates(
        date(2022, 1, 1),
        date(2022, 12, 31),
        {"98980": Rvu(Decimal("1.45")), "98981": Rvu(Decimal("1.18"))},
        source=("MEM",),
        founded=Founded.MEMORY,
    ),
    *_rates(
        date(2025, 1, 1),
        date(2025, 12, 31),
        {"98975": Rvu(Decimal("0.61"))},
        source=("MEM", "S58"),
        founded=Founded.MEMORY,
    ),
    *_rates(
        date(2025, 1, 1),
        date(2025, 12, 31),
        {"98976": Rvu(Decimal("1.33")), "98977": Rvu(Decimal("1.33"))},
        source=("MEM", "S3", "S58"),
        founded=Founded.MEDIUM,
    ),
    *_rates(
        date(2025, 1, 1),
        date(2025, 12, 31),
        {"98980": Rvu(Decimal("1.55")), "98981": Rvu(Decimal("1.21"))},
        source=("MEM",),
        founded=Founded.MEMORY,
    ),
    *_rates(date(2026, 1, 1), date(2026, 12, 31), _OTHERS_2026, source=("S1",), founded=Founded.HIGH),
    # First published at about $40.08; whether the change reaches back to January was not confirmed (S53).
    *_rates(
        date(2026, 1, 1), date(2026, 6, 30), _MUSCULOSKELETAL_2026, source=_CHANGED, founded=Founded.MEDIUM
    ),
    *_rates(
        date(2026, 7, 1), date(2026, 9, 30), _MUSCULOSKELETAL_2026, source=_CHANGED, founded=Founded.HIGH
    ),
    # A file for October exists and was not available.
    *_rates(
        date(2026, 10, 1), date(2026, 12, 31), _MUSCULOSKELETAL_2026, source=_CHANGED, founded=Founded.MEDIUM
    ),
)

CONVERSION_FACTORS: tuple[ConversionFactor, ...] = (
    ConversionFactor(
        date(2022, 1, 1), date(2022, 12, 31), Decimal("34.6062"), ("S24", "MEM"), Founded.MEDIUM
    ),
    ConversionFactor(date(2025, 1, 1), date(2025, 12, 31), Decimal("32.3465"), ("S49",), Founded.HIGH),
    ConversionFactor(date(2026, 1, 1), date(2026, 12, 31), Decimal("33.4009"), ("S1", "S49"), Founded.HIGH),
)
