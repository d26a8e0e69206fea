"""The 30 worked examples that came with the contract."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.billing.rules.documents import answer

EXAMPLES = json.loads((Path(__file__).parents[3] / "data/billing_examples.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda each: each["name"])
def test_example(example: dict[str, Any]) -> None:
    lines = answer(example["input"])["lines"]
    decided = [{key: line[key] for key in line if key != "reasons"} for line in lines]
    assert decided == example["expected"]["lines"]


def test_there_are_thirty() -> None:
    assert len(EXAMPLES) == 30
