"""The shape of a scenario, and the lines that many of them share.

Unless a row says otherwise: first window 2026-03-02 to 2026-03-31, month March 2026, judged on 2026-05-31.
"""

from dataclasses import dataclass
from typing import Any

from tests.billing.rules.documents import days, document

FIVE_DAYS = days("2026-03-02", 5)
SETUP = "98975 x1 2026-03-02 GP billable"
LOWER = "98985 x1 2026-03-31 GP billable"
UPPER = "98977 x1 2026-03-31 GP billable"
REFUSED_FLOOR = ("98975 x1 2026-03-02 GP refused", "98985 x1 2026-03-31 GP refused")


@dataclass(frozen=True)
class Scenario:
    """One row of the fact sheet: its number, what happens, the document, the lines expected in any order.

    `differs` says where the contract's section 4 settles it otherwise than the fact sheet; it holds.
    """

    row: int
    title: str
    document: dict[str, Any]
    lines: tuple[str, ...]
    differs: str = ""


def with_days(row: int, title: str, readings: list[dict[str, Any]], *lines: str, **changes: Any) -> Scenario:
    """A scenario about readings."""
    return Scenario(row, title, document(readings=readings, **changes), lines)


def with_minutes(row: int, title: str, entries: list[dict[str, Any]], *lines: str) -> Scenario:
    """A scenario about time entries, in a month with five data days whose other lines stand."""
    made = document(readings=FIVE_DAYS, time_entries=entries)
    return Scenario(row, title, made, (SETUP, LOWER, *lines))


def march(code: str, status: str = "billable", *, units: int = 1, modifiers: str = "GP") -> str:
    """A management line of March 2026 in short."""
    return f"{code} x{units} 2026-03-31 {modifiers} {status}"
