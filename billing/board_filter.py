"""Which rows of the billing board are wanted, read from what people choose; pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.months_named import month_named

STATES = ("exceptions", "held", "refused", "billable", "pending", "certified", "none")
LONGEST_SEARCH = 80
_MOST_WORDS = 6


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
        month=month_named(given.get("month", "")) or today.replace(day=1),
        state=state if state in STATES else "",
        payer_id=_id(given.get("payer", "")),
        clinician_id=_id(given.get("clinician", "")),
        words=tuple(words[:_MOST_WORDS]),
    )


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
