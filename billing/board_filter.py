"""Which rows of the billing board are wanted, read from what people choose; pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

STATES = ("exceptions", "held", "refused", "billable", "pending", "certified", "none")
LONGEST_SEARCH = 80
_MOST_WORDS = 6
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_YEARS = range(2022, 2100)  # RTM codes exist since 2022


@dataclass(frozen=True, slots=True)
class BoardFilter:
    """Which rows are wanted; `month` is its first day, `words` are parts of a name or a record number."""

    month: date
    state: str = ""
    payer_id: UUID | None = None
    clinician_id: UUID | None = None
    words: tuple[str, ...] = ()
    episode_id: UUID | None = None


def filter_from(given: Mapping[str, str], *, today: date) -> BoardFilter:
    """Return the filter that was chosen; what is not understood counts as not chosen, the month as this one.

    >>> filter_from({"month": "2026-03", "state": "x", "payer": "?"}, today=date(2026, 5, 4))
    BoardFilter(month=datetime.date(2026, 3, 1), state='', payer_id=None, clinician_id=None, words=(), \
episode_id=None)
    """
    state = given.get("state", "")
    words = given.get("q", "")[:LONGEST_SEARCH].replace("\x00", "").split()
    return BoardFilter(
        month=_month(given.get("month", "")) or today.replace(day=1),
        state=state if state in STATES else "",
        payer_id=_id(given.get("payer", "")),
        clinician_id=_id(given.get("clinician", "")),
        words=tuple(words[:_MOST_WORDS]),
    )


def _month(text: str) -> date | None:
    found = _MONTH.fullmatch(text)
    if found is None or int(found[1]) not in _YEARS or not 1 <= int(found[2]) <= 12:
        return None
    return date(int(found[1]), int(found[2]), 1)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
