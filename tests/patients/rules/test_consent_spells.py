"""Acts of consent folded into spells of dates."""

import doctest
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patients import consent_spells
from patients.consent_spells import ConsentAct, ConsentSpell, fold, spell_for

CHICAGO = ZoneInfo("America/Chicago")


def act(day: int, word: str, hour: int = 18, name: str = "") -> ConsentAct:
    """An act in March 2026, `+` for giving and `-` for withdrawing, at an hour in UTC."""
    return ConsentAct(datetime(2026, 3, day, hour, tzinfo=UTC), word == "+", name or f"{day}{word}")


def march(day: int) -> date:
    """A date in March 2026."""
    return date(2026, 3, day)


CASES = {
    "nothing": ([], []),
    "given": ([act(2, "+")], [(2, None)]),
    "given and withdrawn": ([act(2, "+"), act(18, "-")], [(2, 18)]),
    "given and withdrawn on one date": ([act(2, "+", 14), act(2, "-", 20)], [(2, 2)]),
    "given twice": ([act(2, "+"), act(9, "+")], [(2, None)]),
    "withdrawn without giving": ([act(2, "-")], []),
    "withdrawn twice": ([act(2, "+"), act(5, "-"), act(9, "-")], [(2, 5)]),
    "given anew": ([act(2, "+"), act(5, "-"), act(9, "+")], [(2, 5), (9, None)]),
    "given anew the next date": ([act(2, "+"), act(5, "-"), act(6, "+")], [(2, 5), (6, None)]),
    "given anew on the same date": ([act(2, "+"), act(5, "-", 14), act(5, "+", 20)], [(2, None)]),
    "given anew on the same date, then withdrawn": (
        [act(2, "+"), act(5, "-", 14), act(5, "+", 20), act(7, "-")],
        [(2, 7)],
    ),
    "at one instant the later id holds": ([act(2, "+", name="a"), act(2, "-", name="b")], [(2, 2)]),
    "in the patient's dates": ([act(3, "+", hour=4), act(19, "-", hour=3)], [(2, 18)]),
    "in any order": ([act(9, "+"), act(5, "-"), act(2, "+")], [(2, 5), (9, None)]),
}


@pytest.mark.parametrize(("acts", "spells"), CASES.values(), ids=CASES.keys())
def test_spells(acts, spells) -> None:
    found = [(each.first, each.last) for each in fold(acts, zone=CHICAGO)]
    assert found == [(march(first), None if last is None else march(last)) for first, last in spells]


def test_a_spell_names_the_acts_that_made_it() -> None:
    spells = fold([act(2, "+"), act(4, "+"), act(9, "-"), act(12, "+")], zone=CHICAGO)
    assert [each.evidence for each in spells] == [("2+", "4+", "9-"), ("12+",)]


FIRST, SECOND = ConsentSpell(march(2), march(5), ()), ConsentSpell(march(9), None, ())


@pytest.mark.parametrize(
    ("day", "spell"),
    [(1, FIRST), (2, FIRST), (5, FIRST), (8, FIRST), (9, SECOND), (31, SECOND)],
    ids=["before all", "first date", "last date", "between", "next", "later"],
)
def test_the_spell_for_a_date(day, spell) -> None:
    assert spell_for([FIRST, SECOND], day=march(day)) == spell


def test_no_spell_without_consent() -> None:
    assert spell_for([], day=march(1)) is None


@pytest.mark.parametrize(("day", "holds"), [(1, False), (2, True), (5, True), (6, False)])
def test_a_spell_holds_both_its_ends(day, holds) -> None:
    assert FIRST.holds(march(day)) is holds
    assert SECOND.holds(march(31))


ACTS = st.lists(
    st.builds(
        lambda minutes, given, number: ConsentAct(
            datetime(2026, 3, 1, tzinfo=UTC) + timedelta(minutes=minutes), given, str(number)
        ),
        st.integers(0, 40 * 24 * 60),
        st.booleans(),
        st.integers(0, 10**6),
    ),
    max_size=12,
    unique_by=lambda each: each.id,
)


@given(acts=ACTS, data=st.data())
def test_spells_ascend_without_overlap_whatever_the_order(acts, data) -> None:
    spells = fold(acts, zone=CHICAGO)
    assert spells == fold(data.draw(st.permutations(acts)), zone=CHICAGO)
    for earlier, later in pairwise(spells):
        assert earlier.last is not None
        assert earlier.first <= earlier.last < later.first
    latest = max(acts, key=lambda each: (each.at, each.id), default=None)
    stands = bool(spells) and spells[-1].last is None
    assert stands == (latest is not None and latest.given)


def test_the_examples_hold() -> None:
    assert doctest.testmod(consent_spells).failed == 0
