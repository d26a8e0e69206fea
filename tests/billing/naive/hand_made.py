"""Documents by hand, each on one boundary of section 4 of the contract, with the lines its text demands."""

from .cases_of_contacts import CONTACT_CASES
from .cases_of_days import DAY_CASES
from .cases_of_gates import GATE_CASES
from .cases_of_minutes import MINUTE_CASES


def hand_made():
    """Every case as a dictionary with `name`, `document` and `lines` (see `line_text`)."""
    return [
        {"name": name, "document": document, "lines": lines}
        for name, lines, document in DAY_CASES + MINUTE_CASES + CONTACT_CASES + GATE_CASES
    ]


def line_text(line):
    """A decided line in short: `98981x2 2026-03-31 held`, the assistant's modifier behind it if any."""
    units = "" if line["units"] == 1 else f"x{line['units']}"
    marks = "".join(f" {mark}" for mark in line["modifiers"][1:])
    return f"{line['code']}{units} {line['date_of_service']} {line['status']}{marks}"
