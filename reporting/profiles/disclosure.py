"""Which counts of patients a profile may show side by side, and beside the profiles released before it.

The tables take care of themselves (`suppression_release`). Here are the counts that stand alone: each may be
shown only where neither it nor the rest of its group is small, where two of them together leave no small
group known, and where the difference from an earlier release is not a few people.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from reporting.suppression import SMALL_UNDER, rate_may_be_shown
from reporting.suppression_ledger import Leak, ShownCount, leaks


@dataclass(frozen=True)
class Share:
    """Some of a group: both as sets of patients' keys."""

    id: str
    part: frozenset[str]
    group: frozenset[str]


def showable(shares: Sequence[Share]) -> frozenset[str]:
    """Return the ids of the shares that may be shown together; earlier ones go before later ones.

    >>> all_of_them = frozenset(map(str, range(60)))
    >>> most, half = Share("most", frozenset(map(str, range(55))), all_of_them), frozenset(map(str, range(30)))
    >>> sorted(showable([most, Share("half", half, all_of_them)]))
    ['half']
    """
    kept: list[Share] = []
    for share in shares:
        alone = share.part <= share.group and rate_may_be_shown(len(share.part), len(share.group))
        if alone and all(_apart(share, each) for each in kept):
            kept.append(share)
    return frozenset(each.id for each in kept)


def _apart(one: Share, other: Share) -> bool:
    """Tell whether two shares leave every group that they make together unknown or not small.

    Known to a reader are the sizes alone, so each of the four groups lies between Fréchet's bounds (1940).
    """
    everybody = one.group | other.group
    return all(
        _range_is_safe(first, second, everybody)
        for first in (one.part, everybody - one.part)
        for second in (other.part, everybody - other.part)
    )


def _range_is_safe(first: frozenset[str], second: frozenset[str], everybody: frozenset[str]) -> bool:
    if not 0 < len(first & second) < SMALL_UNDER:
        return True
    least = max(0, len(first) + len(second) - len(everybody))
    most = min(len(first), len(second))
    return most - least >= SMALL_UNDER - 1


def leaks_beside(new: Sequence[ShownCount], earlier: Iterable[ShownCount]) -> list[Leak]:
    """Return what new counts give away beside those of earlier releases; both of one family of nested counts.

    Tried are each new count less earlier ones, and each earlier count less new ones.
    """
    before = list(earlier)
    found = [leak for each in new for leak in leaks([each], before)]
    for old in before:
        found += [leak for leak in leaks(new, [old]) if leak.whole == old]
    return found


def families(counts: Iterable[ShownCount]) -> Mapping[str, list[ShownCount]]:
    """Return counts by family: those whose nesting a reader knows, by the part of the name before the colon."""
    sorted_out: dict[str, list[ShownCount]] = {}
    for each in counts:
        sorted_out.setdefault(each.cell.split(":")[0], []).append(each)
    return sorted_out
