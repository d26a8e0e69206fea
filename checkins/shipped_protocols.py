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


_TITLES = {
    "knee": "Knee",
    "hip": "Hip",
    "shoulder": "Shoulder",
    "back": "Back",
    "neck": "Neck",
    "general": "General",
}
# Version 2 reminds once, six hours after a check-in that brought no word at all.
_VERSIONS: dict[int, dict[str, Any]] = {
    1: {"items": ["pain", "exercises"], "phases": _PHASES},
    2: {"items": ["pain", "exercises"], "phases": _PHASES, "remind_after_hours": 6},
}

SHIPPED: tuple[Shipped, ...] = tuple(
    Shipped(code=code, version=version, title=title, content=content)
    for code, title in _TITLES.items()
    for version, content in _VERSIONS.items()
)


def code_for(condition: str) -> str:
    """Return the code of the protocol for a condition; the general one where none is its own."""
    return condition if any(each.code == condition for each in SHIPPED) else "general"
