"""Nobody finds a count of 1-10 out of a suppressed table, nor out of all tables of a release together."""

import random

import numpy as np
import pytest
from scipy.optimize import linprog

from reporting.suppression import suppress
from reporting.suppression_network import MarginNetwork
from reporting.suppression_release import suppress_release
from tests.reporting.rules.suppression_attack import VisibleFigures, breaches


def random_table(chance, *, most=7):
    """Return a table of random shape, with its own share of zeros, small and large counts."""
    rows, columns = chance.randint(1, most), chance.randint(1, most)
    zeros, small, largest = chance.choice([0, 0.2, 0.6]), chance.random(), chance.choice([14, 40, 300])

    def count():
        if chance.random() < zeros:
            return 0
        return chance.randint(1, 10) if chance.random() < small else chance.randint(11, largest)

    return [[count() for _ in range(columns)] for _ in range(rows)]


@pytest.mark.parametrize("seed", range(10))
def test_no_breach_in_1000_random_tables(seed):
    chance = random.Random(seed)
    for _ in range(100):
        counts = random_table(chance)
        assert breaches({"one": counts}, {"one": suppress(counts)}) == [], counts


@pytest.mark.parametrize("threshold", [2, 5, 11, 20])
def test_no_breach_at_another_threshold(threshold):
    chance = random.Random(threshold)
    for _ in range(60):
        counts = random_table(chance)
        assert breaches({"one": counts}, {"one": suppress(counts, threshold)}, threshold) == [], counts


def random_cohort(chance):
    """Return breakdowns of one random cohort by one outcome: who they are is drawn person by person."""
    size = chance.choice([6, 25, 60, 200, 500])
    outcomes = chance.randint(2, 3)
    odds = [chance.choice([0.02, 0.2, 1, 1]) for _ in range(outcomes)]
    people = [chance.choices(range(outcomes), odds)[0] for _ in range(size)]
    tables = {}
    for name, groups in (("practice", 3), ("region", 4), ("sex", 2)):
        likely = [chance.choice([0.03, 0.3, 1]) for _ in range(groups)]
        table = np.zeros((groups, outcomes), int)
        for outcome in people:
            table[chance.choices(range(groups), likely)[0], outcome] += 1
        tables[name] = table.tolist()
    return tables


@pytest.mark.parametrize("seed", range(10))
def test_no_breach_over_the_tables_of_1000_releases(seed):
    chance = random.Random(100 + seed)
    for _ in range(100):
        tables = random_cohort(chance)
        assert breaches(tables, suppress_release(tables)) == [], tables


def test_the_attack_finds_what_primary_suppression_alone_leaves_open():
    counts = [[42, 18], [9, 21], [25, 3]]
    small_only = {
        "cells": [[False, False], [True, False], [False, True]],
        "row_totals": [False] * 3,
        "column_totals": [False] * 2,
        "total": False,
    }
    assert breaches({"one": counts}, {"one": small_only}) == [("one", "cell", 1, 0), ("one", "cell", 2, 1)]


def test_the_attack_finds_what_tables_give_away_about_each_other():
    """Each table alone is safe, but one shows the column totals that the other hides."""
    tables = {"region": [[5, 60], [0, 80]], "sex": [[2, 70], [3, 70]]}
    alone = {name: suppress(counts) for name, counts in tables.items()}
    assert breaches(tables, alone) or alone["region"]["column_totals"] == alone["sex"]["column_totals"]
    alone["sex"]["column_totals"] = [False, False]
    assert breaches(tables, alone)


@pytest.mark.parametrize("seed", range(25))
def test_ranges_in_the_network_equal_the_linear_program(seed):
    """The flows find the same ends as scipy does, entry by entry, for any pattern of hidden entries."""
    chance = random.Random(seed)
    counts = random_table(chance, most=4)
    network = MarginNetwork(counts)
    hidden = [chance.random() < 0.7 for _ in network.values]
    pattern = {
        "cells": [[hidden[network.entry(i, j)] for j in range(network.columns)] for i in range(network.rows)],
        "row_totals": [hidden[network.entry(i, network.columns)] for i in range(network.rows)],
        "column_totals": [hidden[network.entry(network.rows, j)] for j in range(network.columns)],
        "total": hidden[-1],
    }
    figures = VisibleFigures({"one": counts}, {"one": pattern})
    entries = [entry for entry in range(len(hidden)) if hidden[entry]]
    # The unknown entries of the attack in the network's order: row by row, totals last in each.
    order = sorted(figures.unknown, key=lambda entry: place_of(entry, network))
    for entry, name in zip(entries, order, strict=True):
        expected = tuple(end_of(figures, name, sign) for sign in (1, -1))
        assert network.range_of(entry, hidden=hidden) == pytest.approx(expected, abs=1e-6)


def place_of(entry, network):
    match entry:
        case (_, "cell", row, column):
            return network.entry(row, column)
        case (_, "row", row):
            return network.entry(row, network.columns)
        case (_, "column", column):
            return network.entry(network.rows, column)
    return network.entry(network.rows, network.columns)


def end_of(figures, entry, sign):
    goal = np.zeros(len(figures.unknown))
    goal[figures.unknown.index(entry)] = sign
    known = figures.matrix @ figures.truth
    solved = linprog(goal, A_eq=figures.matrix, b_eq=known, method="highs")
    return None if solved.status == 3 else sign * solved.fun
