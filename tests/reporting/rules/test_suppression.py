"""Hand tables, properties and the share that is hidden."""

import doctest
import random
from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporting import suppression, suppression_release
from reporting.suppression import hidden_entries, rate_may_be_shown, suppress
from reporting.suppression_network import MarginNetwork

# Each: the counts, and the hidden entries as rows of "x" and ".", totals last in each row and as last row.
HAND_TABLES = {
    "method notes": ([[42, 18], [9, 21], [25, 3]], "... xx. xx. ..."),
    "nothing small": ([[42, 18], [19, 21]], "... ... ..."),
    "zeros are shown": ([[42, 0], [0, 21]], "... ... ..."),
    "all zero": ([[0, 0], [0, 0]], "... ... ..."),
    "ten is small, eleven is not": ([[10, 11, 40], [40, 40, 40], [40, 40, 40]], "xx.. xx.. .... ...."),
    "one small in a square": ([[5, 40], [40, 40]], "xx. xx. ..."),
    "one cell": ([[5]], "xx xx"),
    "one large cell": ([[50]], ".. .."),
    "one row with small ones that cover each other": ([[4, 9, 8, 50]], "xxx.. xxx.."),
    "small total of a row": ([[2, 3], [40, 50]], "xxx xxx ..."),
    "everybody together are few": ([[2, 0], [0, 3]], "x.x .xx xxx"),
    "no row": ([], ""),
}


def drawn(hidden):
    """Return a pattern as text, the way the hand tables are written."""
    rows = [[*cells, total] for cells, total in zip(hidden["cells"], hidden["row_totals"], strict=True)]
    if hidden["cells"]:
        rows.append([*hidden["column_totals"], hidden["total"]])
    return " ".join("".join("x" if each else "." for each in row) for row in rows)


@pytest.mark.parametrize(("counts", "expected"), HAND_TABLES.values(), ids=HAND_TABLES.keys())
def test_hand_table(counts, expected):
    assert drawn(suppress(counts)) == expected


@pytest.mark.parametrize("module", [suppression, suppression_release], ids=lambda module: module.__name__)
def test_examples_in_docstrings_hold(module):
    outcome = doctest.testmod(module)
    assert outcome.attempted
    assert outcome.failed == 0


def test_range_of_the_method_notes():
    """B-yes could be anything from 6 to 30 once B-no, C-yes and C-no are hidden as well."""
    network = MarginNetwork([[42, 18], [9, 21], [25, 3]])
    hidden = hidden_entries(network)
    assert network.range_of(network.entry(1, 0), hidden=hidden) == (6, 30)
    assert network.range_of(network.entry(0, 0), hidden=hidden) == (42, 42)


def test_range_without_bound():
    network = MarginNetwork([[2, 0], [0, 3]])
    assert network.range_of(network.entry(0, 0), hidden=hidden_entries(network)) == (0, None)


@pytest.mark.parametrize(
    ("counts", "shape"),
    [
        pytest.param([], ([], [], []), id="no rows"),
        pytest.param([[], []], ([[], []], [False, False], []), id="rows without columns"),
    ],
)
def test_empty_table(counts, shape):
    cells, rows, columns = shape
    expected = {"cells": cells, "row_totals": rows, "column_totals": columns, "total": False}
    assert suppress(counts) == expected


@pytest.mark.parametrize(
    ("counts", "threshold", "sentence"),
    [
        pytest.param([[1, 2], [3]], 11, "All rows must have the same number of counts.", id="ragged"),
        pytest.param([[1, -2]], 11, "Each count must not be negative.", id="negative"),
        pytest.param([[1.5]], 11, "Each count must be a whole number.", id="half a patient"),
        pytest.param([["3"]], 11, "Each count must be a whole number.", id="text"),
        pytest.param([[3]], 0, "threshold must be at least 1.", id="threshold of 0"),
        pytest.param([[3]], -1, "threshold must not be negative.", id="negative threshold"),
    ],
)
def test_refused_with_a_sentence(counts, threshold, sentence):
    with pytest.raises(ValueError, match=sentence):
        suppress(counts, threshold)


def test_an_entry_that_must_stay_shown_fails_closed():
    network = MarginNetwork([[5, 40], [40, 40]])
    everything_but_one = frozenset(range(1, len(network.values)))
    with pytest.raises(ValueError, match="must stay shown"):
        hidden_entries(network, shown=everything_but_one)


@pytest.mark.parametrize(
    ("count", "of", "shown"),
    [
        pytest.param(36, 40, False, id="four did not"),
        pytest.param(0, 40, True, id="none of many"),
        pytest.param(40, 40, True, id="all of many"),
        pytest.param(7, 40, False, id="seven did"),
        pytest.param(0, 7, False, id="none of seven"),
        pytest.param(11, 22, True, id="eleven and eleven"),
        pytest.param(9, 30, False, id="30.0 percent of 30"),
        pytest.param(0, 0, True, id="nobody"),
    ],
)
def test_rate_may_be_shown(count, of, shown):
    assert rate_may_be_shown(count, of) is shown


def test_rate_of_more_than_all_is_refused():
    with pytest.raises(ValueError, match="count must not exceed of"):
        rate_may_be_shown(5, 4)


@some.composite
def tables(draw, largest=60):
    columns = draw(some.integers(1, 5))
    row = some.lists(some.integers(0, largest), min_size=columns, max_size=columns)
    return draw(some.lists(row, min_size=1, max_size=5))


def entries(hidden):
    """Return hidden or not for all entries, cells first."""
    totals = [*hidden["row_totals"], *hidden["column_totals"], hidden["total"]]
    return [*chain.from_iterable(hidden["cells"]), *totals]


def figures(counts):
    """Return the values of all entries in the order of `entries`."""
    columns = [sum(column) for column in zip(*counts, strict=True)]
    return [*chain.from_iterable(counts), *map(sum, counts), *columns, sum(columns)]


@settings(deadline=None)
@given(tables(), some.integers(1, 25))
def test_shape_and_every_small_entry_hidden(counts, threshold):
    hidden = suppress(counts, threshold)
    assert [len(row) for row in hidden["cells"]] == [len(row) for row in counts]
    assert (len(hidden["row_totals"]), len(hidden["column_totals"])) == (len(counts), len(counts[0]))
    assert all(
        mark for mark, value in zip(entries(hidden), figures(counts), strict=True) if 0 < value < threshold
    )


@settings(deadline=None)
@given(tables())
def test_nothing_is_hidden_where_nothing_is_small(counts):
    large = [[value and value + 10 for value in row] for row in counts]
    assert not any(entries(suppress(large)))


@settings(deadline=None)
@given(tables())
def test_same_table_same_pattern(counts):
    assert suppress(counts) == suppress([list(row) for row in counts])


@settings(deadline=None)
@given(tables(), some.integers(2, 15))
def test_no_complementary_entry_could_be_shown_after_all(counts, threshold):
    network = MarginNetwork(counts)
    hidden = hidden_entries(network, threshold=threshold)
    small = [entry for entry, value in enumerate(network.values) if 0 < value < threshold]
    for extra in (entry for entry, mark in enumerate(hidden) if mark and entry not in small):
        pattern = [mark and entry != extra for entry, mark in enumerate(hidden)]
        assert not is_safe(network, pattern, small, threshold)


def is_safe(network, hidden, small, threshold=11):
    rooms = (network.room(entry, hidden=hidden, wanted=threshold - 1) for entry in small)
    return all(room.width >= threshold - 1 for room in rooms)


def half_small(chance, rows, columns):
    """Return a table exactly half of whose cells (rounded down) are small."""
    few = rows * columns // 2
    values = [chance.randint(1, 10) for _ in range(few)]
    values += [chance.randint(11, 100) for _ in range(rows * columns - few)]
    chance.shuffle(values)
    return [values[start : start + columns] for start in range(0, rows * columns, columns)]


@pytest.mark.parametrize(
    ("rows", "columns", "most_cells", "most_totals"),
    [
        pytest.param(4, 4, 0.67, 0.01, id="4 by 4"),
        pytest.param(5, 5, 0.60, 0.01, id="5 by 5"),
        pytest.param(8, 8, 0.53, 0.01, id="8 by 8"),
        pytest.param(12, 6, 0.55, 0.01, id="12 by 6"),
        pytest.param(20, 20, 0.51, 0.0, id="20 by 20"),
    ],
)
def test_share_hidden_when_half_of_the_cells_are_small(rows, columns, most_cells, most_totals):
    chance = random.Random(7)
    patterns = [suppress(half_small(chance, rows, columns)) for _ in range(max(6, 1600 // (rows * columns)))]
    cells = [mark for hidden in patterns for row in hidden["cells"] for mark in row]
    totals = [mark for hidden in patterns for mark in entries(hidden)[rows * columns :]]
    assert sum(cells) / len(cells) <= most_cells
    assert sum(totals) / len(totals) <= most_totals


def test_hides_little_more_than_the_best_pattern_there_is():
    """Exhaustive search on 3 by 3 tables: the greedy choice hides at most 4 % more entries."""
    chance = random.Random(11)
    greedy = best = 0
    for _ in range(60):
        network = MarginNetwork(half_small(chance, 3, 3))
        chosen = sum(hidden_entries(network))
        greedy += chosen
        best += fewest_hidden(network, chosen)
    assert best <= greedy <= 1.04 * best


def fewest_hidden(network, enough):
    """Return how many entries the smallest safe pattern hides, looking at those with fewer than `enough`."""
    small = [entry for entry, value in enumerate(network.values) if 0 < value < 11]
    others = [entry for entry in range(len(network.values)) if entry not in small]
    for extra in range(enough - len(small)):
        for added in combinations(others, extra):
            hidden = [entry in small or entry in added for entry in range(len(network.values))]
            if is_safe(network, hidden, small):
                return len(small) + extra
    return enough
