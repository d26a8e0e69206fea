"""The question sets that Daybook ships: one for each common condition, daily at first and fewer later."""

from dataclasses import dataclass
from typing import Any

_DAILY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
_THREE_A_WEEK = ["mon", "wed", "fri"]
# Daily for the first 60 days, while change is quick, then three times a week.
_PHASES = [
    {"first": 1, "last": 60, "weekdays": _DAILY},
    {"first": 61, "last": None, "weekdays": _THREE_A_WEEK},
]


@dataclass(frozen=True)
class Shipped:
    """One version of one protocol."""

    code: str
    version: int
    title: str
    content: dict[str, Any]


def _protocol(code: str, title: str) -> Shipped:
    return Shipped(
        code=code, version=1, title=title, content={"items": ["pain", "exercises"], "phases": _PHASES}
    )


SHIPPED: tuple[Shipped, ...] = (
    _protocol("knee", "Knee"),
    _protocol("hip", "Hip"),
    _protocol("shoulder", "Shoulder"),
    _protocol("back", "Back"),
    _protocol("neck", "Neck"),
    _protocol("general", "General"),
)


def code_for(condition: str) -> str:
    """Return the code of the protocol for a condition; the general one where none is its own."""
    return condition if any(each.code == condition for each in SHIPPED) else "general"
