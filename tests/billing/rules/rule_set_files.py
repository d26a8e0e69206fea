"""A rule set of 2027 for the tests: that of 2026 a year on, with what each test changes."""

import copy
import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[3] / "data" / "rule_sets"


def shipped(rule_set: str) -> dict[str, Any]:
    """The document of a year that ships with Daybook."""
    found: dict[str, Any] = json.loads((FOLDER / f"{rule_set}.json").read_text(encoding="utf-8"))
    return found


def of_2027(**changes: Any) -> dict[str, Any]:
    """An invented 2027: the rules of 2026, except what is given."""
    made = copy.deepcopy(shipped("R2026"))
    made |= {"id": "R2027", "from": "2027-01-01", "to": "2027-12-31"}
    for each in (*made["conversion_factors"], *made["amounts"]):
        each["from"] = each["from"].replace("2026", "2027")
        each["to"] = each["to"].replace("2026", "2027")
    return made | changes


def as_text(document: dict[str, Any]) -> bytes:
    """The file."""
    return json.dumps(document).encode()
