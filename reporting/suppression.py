"""Which entries of a table must stay hidden so that no count of 1-10 can be read or worked out.

CMS cell size suppression policy (2020, for users of its data; the house follows it for all that leaves it):
no cell of 1-10 is shown, and none may be derivable from other cells or totals. Primary suppression hides the
small counts. Complementary suppression hides further entries until from all that stays shown each small
count could lie anywhere in a range at least 10 wide. What is assumed of the reader: every total and every
shown cell, and that counts are not negative.
"""

from collections.abc import Sequence
from typing import TypedDict

from reporting.statistics.checked import Count, whole
from reporting.suppression_network import MarginNetwork, Room, Step

# Counts under this are small everywhere in the product (CMS cell size policy, 2020: 1 to 10).
SMALL_UNDER = 11

# What hiding an entry costs, by how many margins it is (cell, total, grand total): totals carry more meaning
# and stand in more than one table, so cells go first. Chosen by measuring random tables: see the tests.
_PRICES = (1000, 3000, 6000)
# A shown 0 is worth keeping, but now and then one is hidden in place of a total: a reader who knew that
# hidden always means at least 1 could narrow every range by that.
_PRICE_OF_ZERO = 2500
_PRICE_OF_SIZE = 200  # of two cells that serve alike the smaller one goes


class Suppression(TypedDict):
    """What to hide of a table: true is hidden."""

    cells: list[list[bool]]
    row_totals: list[bool]
    column_totals: list[bool]
    total: bool


def suppress(counts: Sequence[Sequence[Count]], threshold: int = SMALL_UNDER) -> Suppression:
    """Return which cells and totals of a table to hide so that no count of 1 to threshold - 1 leaks.

    `counts` are equally long rows of whole numbers. Raises ValueError for ragged rows, for anything that is
    no count, and for a threshold under 1.

    >>> suppress([[42, 18], [9, 21], [25, 3]])["cells"]
    [[False, False], [True, True], [True, True]]
    """
    table = checked_counts(counts)
    small_under = checked_threshold(threshold)
    if not table or not table[0]:
        return Suppression(
            cells=[[] for _ in table], row_totals=[False] * len(table), column_totals=[], total=False
        )
    network = MarginNetwork(table)
    return as_suppression(network, hidden_entries(network, threshold=small_under))


def rate_may_be_shown(count: Count, of: Count, threshold: int = SMALL_UNDER) -> bool:
    """Tell whether a share of a group may be shown with the group's size: neither part may be small.

    >>> rate_may_be_shown(36, 40), rate_may_be_shown(0, 40), rate_may_be_shown(20, 40)
    (False, True, True)
    """
    part, group = whole(count, name="count"), whole(of, name="of")
    if part > group:
        raise ValueError("count must not exceed of.")
    return not any(0 < value < threshold for value in (part, group - part, group))


def checked_counts(counts: Sequence[Sequence[Count]]) -> list[list[int]]:
    """Return the table as lists of `int`; raise ValueError for ragged rows or what is no count."""
    table = [[whole(value, name="Each count") for value in row] for row in counts]
    if any(len(row) != len(table[0]) for row in table):
        raise ValueError("All rows must have the same number of counts.")
    return table


def checked_threshold(threshold: Count) -> int:
    """Return the number under which a count is small; raise ValueError when it is not at least 1."""
    if whole(threshold, name="threshold") < 1:
        raise ValueError("threshold must be at least 1.")
    return whole(threshold, name="threshold")


def hidden_entries(
    network: MarginNetwork, *, threshold: int = SMALL_UNDER, shown: frozenset[int] = frozenset()
) -> list[bool]:
    """Return for each entry of the network whether it is hidden; entries in `shown` never are.

    Greedy in three steps: hide what is small; for each small entry, largest first, hide along the cheapest
    cycles until its range is wide enough; show again, dearest first, what turns out not to be needed.
    """
    wanted = threshold - 1
    small = [entry for entry, value in enumerate(network.values) if 0 < value < threshold]
    hidden = [0 < value < threshold for value in network.values]
    prices = _prices(network, shown)
    for entry in sorted(small, key=lambda entry: -network.values[entry]):
        while (room := network.room(entry, hidden=hidden, wanted=wanted)).width < wanted:
            for added, _ in _cheapest_widening(network, entry, room, wanted, hidden=hidden, prices=prices):
                hidden[added] = True
    _show_again(network, small, wanted, hidden=hidden, prices=prices)
    return hidden


def _prices(network: MarginNetwork, shown: frozenset[int]) -> list[int | None]:
    largest = max(network.values) or 1
    prices: list[int | None] = []
    for entry, value in enumerate(network.values):
        by_size = _PRICES[network.margins(entry)] + _PRICE_OF_SIZE * value // largest
        prices.append(None if entry in shown else by_size if value else _PRICE_OF_ZERO)
    return prices


def _cheapest_widening(
    network: MarginNetwork,
    entry: int,
    room: Room,
    wanted: int,
    *,
    hidden: Sequence[bool],
    prices: Sequence[int | None],
) -> list[Step]:
    """Return the path whose hiding widens the entry's range at the least price per unit of width."""
    start, goal = network.ends[entry]
    missing = wanted - room.width
    now = [0 if hidden[each] else price for each, price in enumerate(prices)]
    found: list[tuple[float, list[Step]]] = []
    for values, source, target, most in (
        (room.raised, goal, start, missing),
        (room.lowered, start, goal, min(missing, network.values[entry] - room.fall)),
    ):
        # One path that gives all that is missing, or a narrower one that costs less.
        for least in {most, most // 2, 1} if most else ():
            if path := network.cheapest_path(
                values, source, target, without=entry, prices=now, least=max(least, 1)
            ):
                falls = (values[each] for each, sign in path[1] if sign < 0)
                found.append((path[0] / min([most, *falls]), path[1]))
    if not found:
        raise ValueError("An entry that must stay shown leaves a small count open to view.")
    return min(found)[1]


def _show_again(
    network: MarginNetwork,
    small: Sequence[int],
    wanted: int,
    *,
    hidden: list[bool],
    prices: Sequence[int | None],
) -> None:
    extra = set(range(len(hidden))).difference(small)
    for entry in sorted(
        (each for each in extra if hidden[each]), key=lambda each: (-(prices[each] or 0), each)
    ):
        hidden[entry] = False
        hidden[entry] = any(network.room(each, hidden=hidden, wanted=wanted).width < wanted for each in small)


def as_suppression(network: MarginNetwork, hidden: Sequence[bool]) -> Suppression:
    """Return the hidden entries in the shape of the table."""
    table = [
        [bool(hidden[network.entry(row, column)]) for column in range(network.columns + 1)]
        for row in range(network.rows + 1)
    ]
    return Suppression(
        cells=[row[:-1] for row in table[:-1]],
        row_totals=[row[-1] for row in table[:-1]],
        column_totals=table[-1][:-1],
        total=table[-1][-1],
    )
