"""Estimates: rates equal the data file, money is exact, what is unknown is said."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.estimates import NATIONAL, Gpci, Priced, amount_of, estimate, price_list
from billing.rates import CONVERSION_FACTORS, RATES, Founded

DATA = json.loads(
    (Path(__file__).parents[3] / "data" / "rtm_codes_2026.json").read_text(), parse_float=Decimal
)
FOUNDED = {
    "high": Founded.HIGH,
    "medium": Founded.MEDIUM,
    "from memory, unverified": Founded.MEMORY,
}
HERE = Gpci("Chicago", Decimal("1.010"), Decimal("1.040"), Decimal("1.900"), "a file of 2026")


def _amounts() -> list[Any]:
    """Every national amount in force of the data file, outside qualifying APMs."""
    return [
        pytest.param(code["code"], each, id=f"{code['code']}-{each['dos_from']}")
        for code in DATA["codes"]
        for each in code["amounts"]
        if each["amount_usd"] is not None
        and each["confidence"] != "superseded"
        and each["cf_kind"] != "qualifying_apm"
        and each["setting"] == "non_facility"
    ]


@pytest.mark.parametrize(("code", "found"), _amounts())
def test_every_rate_equals_the_data_file(code: str, found: dict[str, Any]) -> None:
    first, last = date.fromisoformat(found["dos_from"]), date.fromisoformat(found["dos_to"])
    for day in (first, last):
        amount = amount_of(code, day)
        assert amount is not None
        assert amount.rate.source == tuple(found["source"])
        assert amount.rate.founded is FOUNDED[found["confidence"]]
        assert amount.rate.rvu.total == found["total_rvu"]
        assert amount.factor.dollars == found["conversion_factor"]
        # Published figures were rounded from RVUs with more digits than the file gives.
        assert abs(amount.dollars - found["amount_usd"]) <= Decimal("0.03")
        if found["year"] == 2026:
            assert amount.dollars == found["amount_usd"]


def test_no_rate_stands_here_that_the_data_file_lacks() -> None:
    known = {(each.values[0], each.values[1]["dos_from"]) for each in _amounts()}
    assert {(each.code, each.first_day.isoformat()) for each in RATES} == known


def test_conversion_factors_equal_the_data_file() -> None:
    known = {
        (each["dos_from"], Decimal(str(each["value"])), tuple(each["source"]))
        for each in DATA["conversion_factors"]
    }
    assert {(each.first_day.isoformat(), each.dollars, each.source) for each in CONVERSION_FACTORS} <= known


@pytest.mark.parametrize(
    ("code", "day"),
    [
        pytest.param("98978", date(2026, 3, 1), id="priced-by-contractors"),
        pytest.param("98985", date(2025, 12, 31), id="before-the-code"),
        pytest.param("98977", date(2024, 6, 1), id="a-year-without-a-source"),
        pytest.param("98977", date(2027, 1, 1), id="a-year-not-published"),
        pytest.param("97110", date(2026, 3, 1), id="not-an-rtm-code"),
    ],
)
def test_an_unknown_rate_is_named_and_never_guessed(code: str, day: date) -> None:
    assert amount_of(code, day) is None
    found = estimate([Priced(code, day, 1)])
    assert found.dollars == 0
    assert found.words == f"no estimate: no rate is known for {code}"


@pytest.mark.parametrize(
    ("line", "gpci", "dollars"),
    [
        pytest.param(Priced("98980", date(2026, 3, 31), 1), NATIONAL, "54.11", id="national"),
        # (0.62 x 1.010 + 0.97 x 1.040 + 0.03 x 1.900) x 33.4009 = 56.51 by hand
        pytest.param(Priced("98980", date(2026, 3, 31), 1), HERE, "56.51", id="a-locality"),
        pytest.param(Priced("98981", date(2026, 3, 31), 2), NATIONAL, "82.84", id="two-units"),
        # 54.11 x (1 - 0.80 x 0.15) = 47.6168
        pytest.param(Priced("98980", date(2026, 3, 31), 1, ("CQ", "GP")), NATIONAL, "47.62", id="assistant"),
        # Only the sum of the RVUs is known for 2022, so a locality changes nothing.
        pytest.param(Priced("98975", date(2022, 6, 1), 1), HERE, "19.38", id="sum-only"),
    ],
)
def test_dollars(line: Priced, gpci: Gpci, dollars: str) -> None:
    assert estimate([line], gpci=gpci).dollars == Decimal(dollars)


def test_says_place_year_and_footing() -> None:
    amount = amount_of("98980", date(2026, 3, 31), gpci=HERE)
    assert amount is not None
    assert amount.words == (
        "Medicare's rate for Chicago of 2026: (0.62 x 1.010 + 0.97 x 1.040 + 0.03 x 1.900) x $33.4009 = $56.51 "
        "(well founded)"
    )


@given(st.lists(st.tuples(st.sampled_from(sorted({each.code for each in RATES})), st.integers(1, 9))))
def test_estimates_add_up_in_any_order(drawn: list[tuple[str, int]]) -> None:
    lines = [Priced(code, date(2026, 8, 1), units) for code, units in drawn]
    assert estimate(lines) == estimate(reversed(lines))
    assert estimate(lines).dollars == sum((estimate([each]).dollars for each in lines), Decimal(0))


def test_the_price_list_holds_what_the_page_counts() -> None:
    for price in price_list(gpci=HERE):
        for modifiers, dollars in (((), price.dollars), (("CQ",), price.with_assistant)):
            found = estimate([Priced(price.code, price.last_day, 1, modifiers)], gpci=HERE)
            assert found.dollars == dollars
