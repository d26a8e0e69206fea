"""The 86 scenarios of the fact sheet's section 7: each is a test, or is listed with why it cannot be."""

import pytest

from tests.billing.rules.documents import summary
from tests.billing.rules.scenario import Scenario
from tests.billing.rules.scenarios_of_care import SCENARIOS_OF_CARE
from tests.billing.rules.scenarios_of_days import DATA_DAYS
from tests.billing.rules.scenarios_of_minutes import MINUTES

SCENARIOS = (*DATA_DAYS, *MINUTES, *SCENARIOS_OF_CARE)

# What the document cannot say but the product does.
ON_THE_PRODUCT = "tested on the product, tests/billing/services/test_scenarios_of_the_product.py"
# What the document cannot say, and where the product deals with it.
NOT_IN_THE_DOCUMENT = {
    18: f"the text of a reply: {ON_THE_PRODUCT}",
    45: "amounts allowed in the year; the KX threshold is counted with money, not here",
    61: "a denial; remittances come later",
    63: f"another practice's care management, which changes nothing: {ON_THE_PRODUCT}",
    64: f"a surgical global period, which does not bind the therapist: {ON_THE_PRODUCT}",
    65: f"two disciplines at once; each document is one episode: {ON_THE_PRODUCT}",
    80: f"when an entry was recorded: {ON_THE_PRODUCT}",
    81: "a month's lock: tested on the product, tests/billing/services/test_certification.py",
    85: "two body systems; the only condition is musculoskeletal",
}


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda each: f"{each.row}-{each.title}")
def test_scenario(scenario: Scenario) -> None:
    expected = sorted(scenario.lines, key=_order)
    assert summary(scenario.document) == expected


def test_every_row_is_tested_or_explained() -> None:
    tested = [scenario.row for scenario in SCENARIOS]
    assert sorted([*tested, *NOT_IN_THE_DOCUMENT]) == list(range(1, 87))


def test_rows_that_differ_from_the_fact_sheet_are_these() -> None:
    assert [each.row for each in SCENARIOS if each.differs] == [13, 79, 67, 77]


def _order(line: str) -> tuple[str, str, str]:
    code, _, day, *rest = line.split()
    return day, code, rest[-1]
