"""What new figures give away beside those released before: a whole less its parts must not be a few people.

A payer keeps every profile. If last quarter's cohort lies inside this quarter's and is three patients smaller,
the difference of two harmless counts tells of three patients. Each shown count is therefore kept in a
ledger with its members (ids, or keyed digests of them), and a new one is tried against all of them.

Found is every whole less any disjoint parts of it. Not every sum of overlapping counts is tried: tables that
overlap within one release are the business of `suppression_release`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reporting.statistics.checked import Count
from reporting.suppression import SMALL_UNDER, checked_threshold

# How many combinations are tried for one whole before the release is refused as too entangled to check.
_MOST_STEPS = 20_000


@dataclass(frozen=True)
class ShownCount:
    """A count that a release shows: where it stands, and whom it counts."""

    release: str
    cell: str
    members: frozenset[str]


@dataclass(frozen=True)
class Leak:
    """A whole, its parts, and how many people the difference leaves; None when it was too much to check."""

    whole: ShownCount
    parts: tuple[ShownCount, ...]
    left: int | None


class _TooManySteps(Exception):
    pass


def safe_to_release(
    new: Sequence[ShownCount], released: Sequence[ShownCount], threshold: Count = SMALL_UNDER
) -> bool:
    """Tell whether new counts may join those released before.

    >>> last = ShownCount("spring", "all", frozenset(map(str, range(40))))
    >>> safe_to_release([ShownCount("summer", "all", frozenset(map(str, range(43))))], [last])
    False
    >>> safe_to_release([ShownCount("summer", "all", frozenset(map(str, range(60))))], [last])
    True
    """
    return not leaks(new, released, threshold)


def leaks(
    new: Sequence[ShownCount], released: Sequence[ShownCount], threshold: Count = SMALL_UNDER
) -> list[Leak]:
    """Return one leak for each whole that less some of its parts leaves 1 to threshold - 1 people.

    A small count that is shown as it is leaks by itself. Only what involves a new count is reported.
    """
    small_under = checked_threshold(threshold)
    bits = {member: 1 << place for place, member in enumerate(sorted(_everybody([*new, *released])))}
    shown = {each: sum(bits[member] for member in each.members) for each in [*released, *new]}
    found = (_leak(whole, shown, frozenset(new), small_under) for whole in shown)
    return [leak for leak in found if leak]


def _everybody(counts: Iterable[ShownCount]) -> set[str]:
    return set().union(*(count.members for count in counts))


def _leak(
    whole: ShownCount, shown: dict[ShownCount, int], new: frozenset[ShownCount], small_under: int
) -> Leak | None:
    all_of_it = shown[whole]
    parts: dict[int, ShownCount] = {}
    for each, members in shown.items():
        if members and members != all_of_it and members & all_of_it == members:
            parts.setdefault(members, each)  # the same people counted again tell nothing further
    try:
        for taken, rest in _Subtraction(all_of_it, parts, small_under).remainders():
            if whole in new or new.intersection(taken):
                return Leak(whole, taken, rest.bit_count())
    except _TooManySteps:
        return Leak(whole, (), None)
    return None


class _Subtraction:
    """The search for disjoint parts of one whole that leave a few people; people are bits of an `int`."""

    def __init__(self, whole: int, parts: dict[int, ShownCount], small_under: int) -> None:
        self.whole, self.parts, self.small_under = whole, parts, small_under
        self.steps = 0
        # People whom no part tells apart stay together: groups, the largest first.
        groups = [whole]
        for part in parts:
            groups = [piece for group in groups for piece in (group & part, group & ~part) if piece]
        self.groups = sorted(groups, key=lambda group: (-group.bit_count(), group))

    def remainders(self) -> Iterator[tuple[tuple[ShownCount, ...], int]]:
        """Yield the parts taken and the people left, wherever these are fewer than small."""
        return self._decide(self.whole, 0, ())

    def _decide(
        self, undecided: int, left: int, taken: tuple[ShownCount, ...]
    ) -> Iterator[tuple[tuple[ShownCount, ...], int]]:
        self.steps += 1
        if self.steps > _MOST_STEPS:
            raise _TooManySteps
        rest = undecided | left
        if rest.bit_count() < self.small_under:
            if rest:
                yield taken, rest
            return
        group = next(group for group in self.groups if group & undecided)
        for part, count in self.parts.items():
            if group & part and part & undecided == part:
                yield from self._decide(undecided & ~part, left, (*taken, count))
        if (left | group).bit_count() < self.small_under:
            yield from self._decide(undecided & ~group, left | group, taken)
