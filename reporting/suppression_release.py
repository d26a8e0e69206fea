"""The tables of one release: several breakdowns of one cohort by the same outcome, seen side by side.

Such tables share their column totals and their grand total, so what one hides another may give away.
The shared totals are therefore settled first and alike for all tables. Where they are all shown, each table
is as safe beside the others as alone: however a reader completes one of them, it fits every completion of
the others.
"""

from collections.abc import Mapping, Sequence

from reporting.statistics.checked import Count
from reporting.suppression import (
    SMALL_UNDER,
    Suppression,
    as_suppression,
    checked_counts,
    checked_threshold,
    hidden_entries,
)
from reporting.suppression_network import MarginNetwork


def suppress_release(
    tables: Mapping[str, Sequence[Sequence[Count]]], threshold: int = SMALL_UNDER
) -> dict[str, Suppression]:
    """Return for each table, by its name, what to hide so that no small count leaks from all together.

    Each table breaks the same cohort down by its own rows and by the same columns. When a column's total is
    small, the split by columns is withheld whole and only totals of rows are shown; when the cohort is small,
    nothing is. Raises ValueError for tables whose column totals differ, and as `suppress` does.

    >>> hidden = suppress_release({"region": [[42, 18], [9, 21], [25, 3]], "sex": [[50, 22], [26, 20]]})
    >>> hidden["region"]["cells"], hidden["sex"]["total"]
    ([[False, False], [True, True], [True, True]], False)
    """
    small_under = checked_threshold(threshold)
    checked = {name: checked_counts(counts) for name, counts in tables.items()}
    if any(not table or not table[0] for table in checked.values()):
        raise ValueError("Each table of a release needs at least one row and one column.")
    totals = {tuple(map(sum, zip(*table, strict=True))) for table in checked.values()}
    if len(totals) > 1:
        raise ValueError("All tables of a release must have the same column totals.")
    shared = next(iter(totals), ())
    return {name: _suppressed(table, shared, small_under) for name, table in checked.items()}


def _suppressed(table: list[list[int]], shared: tuple[int, ...], threshold: int) -> Suppression:
    network = MarginNetwork(table)
    if 0 < sum(shared) < threshold:
        return as_suppression(network, [True] * len(network.values))
    if any(0 < total < threshold for total in shared):
        return _without_split(table, threshold)
    kept = frozenset(network.entry(network.rows, column) for column in range(network.columns + 1))
    return as_suppression(network, hidden_entries(network, threshold=threshold, shown=kept))


def _without_split(table: list[list[int]], threshold: int) -> Suppression:
    rows, columns = len(table), len(table[0])
    by_row = MarginNetwork([[sum(row)] for row in table])
    kept = frozenset({by_row.entry(rows, 0), by_row.entry(rows, 1)})
    hidden = as_suppression(by_row, hidden_entries(by_row, threshold=threshold, shown=kept))
    return Suppression(
        cells=[[True] * columns for _ in range(rows)],
        row_totals=[
            cells[0] or total for cells, total in zip(hidden["cells"], hidden["row_totals"], strict=True)
        ],
        column_totals=[True] * columns,
        total=False,
    )
