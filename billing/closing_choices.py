"""What a browser sends of a month to be closed, read with care."""

import re
from collections.abc import Iterable
from datetime import date
from uuid import UUID

_MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_of_form(text: str) -> date | None:
    """The first day of a month such as "2026-03"; None for anything else.

    >>> month_of_form("2026-03")
    datetime.date(2026, 3, 1)
    >>> month_of_form("2026-13") is None
    True
    """
    found = _MONTH.fullmatch(text)
    if found is None:
        return None
    try:
        return date(int(found[1]), int(found[2]), 1)
    except ValueError:
        return None


def month_named(text: str, *, last: date) -> date:
    """The month that an address names; the last full one where it names none."""
    return month_of_form(text) or last


def episode_and_digest(text: str) -> tuple[UUID, str] | None:
    """An episode and the digest of the lines that were shown, from "id:digest"; None for anything else."""
    name, _, seen = text.partition(":")
    try:
        return UUID(name), seen
    except ValueError:
        return None


def chosen(texts: Iterable[str]) -> list[tuple[UUID, str]]:
    """Every choice that can be read, each episode once."""
    found = {each[0]: each[1] for each in map(episode_and_digest, texts) if each}
    return list(found.items())
