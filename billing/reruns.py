"""A month judged by two code sets: which lines differ, and in what."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest

from billing.code_set import ADD_ON_CODE, CodeSet
from billing.decision import Line


@dataclass(frozen=True, slots=True)
class Difference:
    """One place on a claim as each of the two sees it; None where one of them has no such line."""

    now: Line | None
    other: Line | None

    @property
    def date_of_service(self) -> date:
        """The date on which they differ."""
        return next(each.date_of_service for each in (self.now, self.other) if each is not None)


def lines_of_month(lines: Iterable[Line], *, month: date) -> tuple[Line, ...]:
    """The lines whose date of service lies in the month that begins on that date."""
    return tuple(each for each in lines if each.date_of_service.replace(day=1) == month)


def compare(now: Sequence[Line], other: Sequence[Line], *, code_set: CodeSet) -> tuple[Difference, ...]:
    """The places in which the two differ in code, units, modifiers or status, by date of service.

    A place is a date of service with what is paid for there: set-up, device, management, its add-on.
    """
    ours, theirs = _by_place(now, code_set=code_set), _by_place(other, code_set=code_set)
    found = []
    for place in sorted(ours.keys() | theirs.keys()):
        for mine, yours in zip_longest(ours[place], theirs[place]):
            if _face(mine) != _face(yours):
                found.append(Difference(mine, yours))
    return tuple(found)


def count_by_face(lines: Iterable[Line]) -> Counter[tuple[str, str]]:
    """Units by code and status."""
    counts: Counter[tuple[str, str]] = Counter()
    for line in lines:
        counts[line.code, line.status.value] += line.units
    return counts


def _by_place(lines: Sequence[Line], *, code_set: CodeSet) -> defaultdict[tuple[date, str], list[Line]]:
    found: defaultdict[tuple[date, str], list[Line]] = defaultdict(list)
    for line in lines:
        kind = "z_add_on" if line.code == ADD_ON_CODE else code_set.family_of(line.code).value
        found[line.date_of_service, kind].append(line)
    return found


def _face(line: Line | None) -> object:
    return line and (line.code, line.units, line.modifiers, line.status)
