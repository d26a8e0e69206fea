"""A month as people write it: 2026-03."""

import re
from datetime import date

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def month_named(text: str) -> date | None:
    """The first date of a month written YYYY-MM, or None for anything else.

    >>> month_named("2026-03")
    datetime.date(2026, 3, 1)
    """
    found = _MONTH.fullmatch(text)
    return date(int(found[1]), int(found[2]), 1) if found else None
