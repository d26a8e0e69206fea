"""Subtraction across releases: the difference of shown counts never tells of a few people."""

import doctest
import random
from itertools import combinations

import pytest

from reporting import suppression_ledger
from reporting.suppression_ledger import Leak, ShownCount, leaks, safe_to_release


def count(release, cell, *ranges):
    """Return a shown count of the people numbered by these ranges."""
    return ShownCount(
        release, cell, frozenset(str(each) for start, end in ranges for each in range(start, end))
    )


SPRING = count("spring", "all", (0, 40))

# Each: new counts, released counts, and how many people each leak leaves.
LEDGERS = {
    "nothing released before": ([SPRING], [], []),
    "the same again": ([count("summer", "all", (0, 40))], [SPRING], []),
    "three more patients": ([count("summer", "all", (0, 43))], [SPRING], [3]),
    "three fewer patients": ([count("summer", "all", (3, 40))], [SPRING], [3]),
    "ten more patients": ([count("summer", "all", (0, 50))], [SPRING], [10]),
    "eleven more patients": ([count("summer", "all", (0, 51))], [SPRING], []),
    "other patients": ([count("summer", "all", (40, 90))], [SPRING], []),
    "overlapping, neither inside the other": ([count("summer", "all", (3, 60))], [SPRING], []),
    "everybody less two payers leaves the third": (
        [count("summer", "everybody", (0, 100))],
        [count("spring", "payer A", (0, 40)), count("spring", "payer B", (40, 95))],
        [5],
    ),
    "the last payer completes the others": (
        [count("summer", "payer B", (40, 95))],
        [count("spring", "everybody", (0, 100)), count("spring", "payer A", (0, 40))],
        [5],
    ),
    "everybody less two payers leaves many": (
        [count("summer", "everybody", (0, 120))],
        [count("spring", "payer A", (0, 40)), count("spring", "payer B", (40, 95))],
        [],
    ),
    "a leak among old releases alone is not the new one's": (
        [count("summer", "others", (200, 240))],
        [SPRING, count("spring", "all but three", (3, 40))],
        [],
    ),
    "a small count shown as it is": ([count("summer", "few", (0, 7))], [], [7]),
    "an empty count": ([count("summer", "none")], [SPRING], []),
    "cells hidden in the table, shown by a second one": (
        [count("summer", "women", (0, 30)), count("summer", "men", (30, 52))],
        [count("spring", "north", (0, 45))],
        [],
    ),
}


@pytest.mark.parametrize(("new", "released", "left"), LEDGERS.values(), ids=LEDGERS)
def test_ledger(new, released, left):
    assert [leak.left for leak in leaks(new, released)] == left
    assert safe_to_release(new, released) == (not left)


def test_a_leak_names_whole_and_parts():
    new = count("summer", "all", (0, 43))
    assert leaks([new], [SPRING]) == [Leak(new, (SPRING,), 3)]


def test_threshold_is_the_callers():
    new = [count("summer", "all", (0, 43))]
    assert safe_to_release(new, [SPRING], threshold=3)
    with pytest.raises(ValueError, match="threshold must be at least 1"):
        leaks(new, [SPRING], threshold=0)


def test_too_entangled_to_check_is_refused():
    """Sixteen clinics, released two by two: they pair off in more ways than anybody could try."""
    row = count("summer", "all", (0, 12 * 16))
    clinics = [(12 * each, 12 * each + 12) for each in range(16)]
    pairs = [count("spring", f"{one} and {two}", one, two) for one, two in combinations(clinics, 2)]
    assert leaks([row], pairs) == [Leak(row, (), None)]


@pytest.mark.parametrize("seed", range(40))
def test_finds_exactly_what_trying_every_combination_finds(seed):
    chance = random.Random(seed)
    sets = [frozenset(chance.sample("abcdefghijkl", chance.randint(1, 10))) for _ in range(6)]
    counts = [
        ShownCount("spring" if place < 3 else "summer", str(place), each) for place, each in enumerate(sets)
    ]
    released, new = counts[:3], counts[3:]
    found = {leak.whole for leak in leaks(new, released, threshold=3)}
    assert found == {whole for whole in counts if tried(whole, counts, new, small_under=3)}


def tried(whole, counts, new, *, small_under):
    """Tell whether some disjoint parts leave a few of the whole, a new count among them all."""
    inside = [each for each in counts if each.members < whole.members]
    for size in range(len(inside) + 1):
        for parts in combinations(inside, size):
            together = frozenset().union(*(part.members for part in parts))
            disjoint = len(together) == sum(len(part.members) for part in parts)
            few = 0 < len(whole.members - together) < small_under
            if disjoint and few and (whole in new or set(parts) & set(new)):
                return True
    return False


def test_examples_in_docstrings_hold():
    outcome = doctest.testmod(suppression_ledger)
    assert outcome.attempted
    assert outcome.failed == 0
