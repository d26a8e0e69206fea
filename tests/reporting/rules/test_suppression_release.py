"""Tables of one cohort by one outcome: shared totals settled alike."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from reporting.suppression import suppress
from reporting.suppression_release import suppress_release

REGION = [[42, 18], [9, 21], [25, 3]]


def test_large_shared_totals_stay_shown_in_every_table():
    hidden = suppress_release({"region": REGION, "sex": [[50, 22], [26, 20]]})
    assert hidden["region"] == suppress(REGION)
    assert hidden["sex"]["cells"] == [[False, False], [False, False]]
    assert not any(each["total"] or any(each["column_totals"]) for each in hidden.values())


def test_small_column_withholds_the_split_in_every_table():
    hidden = suppress_release({"region": [[5, 60], [0, 8], [0, 90]], "sex": [[2, 70], [3, 88]]})
    assert hidden["region"]["cells"] == [[True, True]] * 3
    assert hidden["region"]["row_totals"] == [True, True, False]
    assert hidden["sex"]["row_totals"] == [False, False]
    assert all(each["column_totals"] == [True, True] and not each["total"] for each in hidden.values())


def test_small_cohort_shows_nothing():
    hidden = suppress_release({"region": [[3, 0], [2, 2]]})["region"]
    assert hidden == {
        "cells": [[True, True], [True, True]],
        "row_totals": [True, True],
        "column_totals": [True, True],
        "total": True,
    }


def test_empty_cohort_and_empty_release_hide_nothing():
    assert suppress_release({"sex": [[0, 0]]})["sex"] == suppress([[0, 0]])
    assert suppress_release({}) == {}


@pytest.mark.parametrize(
    ("tables", "threshold", "sentence"),
    [
        pytest.param({"a": [[1, 20]], "b": [[2, 20]]}, 11, "same column totals", id="different cohorts"),
        pytest.param({"a": [[1, 20]], "b": [[1], [20]]}, 11, "same column totals", id="different columns"),
        pytest.param({"a": []}, 11, "at least one row and one column", id="no row"),
        pytest.param({"a": [[]]}, 11, "at least one row and one column", id="no column"),
        pytest.param({"a": [[1], [2, 3]]}, 11, "the same number of counts", id="ragged"),
        pytest.param({"a": [[1, 20]]}, 0, "threshold must be at least 1", id="threshold of 0"),
    ],
)
def test_refused_with_a_sentence(tables, threshold, sentence):
    with pytest.raises(ValueError, match=sentence):
        suppress_release(tables, threshold)


@settings(deadline=None)
@given(some.lists(some.tuples(some.integers(0, 3), some.integers(0, 2), some.integers(0, 2)), max_size=120))
def test_shared_totals_are_hidden_alike(people):
    tables = {"first": [[0] * 3 for _ in range(4)], "second": [[0] * 3 for _ in range(3)]}
    for first, second, outcome in people:
        tables["first"][first][outcome] += 1
        tables["second"][second][outcome] += 1
    one, two = suppress_release(tables).values()
    assert (one["column_totals"], one["total"]) == (two["column_totals"], two["total"])
