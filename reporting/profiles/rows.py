"""The profile as rows of plain cells, for CSV and the workbook; cells that a spreadsheet might run are inert."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from reporting.profiles.wording import period_words

Cell = str | int | float | None
# What makes a spreadsheet take a cell for a formula (OWASP, CSV injection, 2021).
_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")
HIDDEN = "hidden"

FIGURE_HEADS = (
    "Definition",
    "Figure",
    "State",
    "Value",
    "Unit",
    "Interval from",
    "Interval to",
    "Patients counted",
    "Measured",
    "Measured at least",
    "Eligible",
    "90th percentile",
    "Worst case",
    "Best case",
    "Note",
)
_FIGURE_KEYS = (
    "definition",
    "title",
    "state",
    "value",
    "unit",
    "low",
    "high",
    "numerator",
    "measured",
    "at_least",
    "eligible",
    "second",
    "worst",
    "best",
    "note",
)


def figure_rows(document: Mapping[str, Any]) -> list[list[Cell]]:
    """Return one row for each figure, under `FIGURE_HEADS`."""
    return [[figure.get(key) for key in _FIGURE_KEYS] for figure in document["figures"]]


def about_rows(document: Mapping[str, Any]) -> list[list[Cell]]:
    """Return what surrounds the figures: title, for whom, period, definition, limits."""
    head: list[list[Cell]] = [
        ["Title", document["title"]],
        ["Network", document["network"]],
        ["Payer", document["payer"]],
        ["Period", period_words(document)],
        ["Made on", document["made_on"]],
        ["Measure set", document["measure_set"]],
        ["Threshold set", document["threshold_set"]],
        ["Practices", document["cohort"]["practices"]],
        ["Clinicians", document["cohort"]["clinicians"]],
        ["Interval", "95 percent"],
    ]
    head += [["Cohort", sentence] for sentence in document["cohort"]["definition"]]
    head += [["Not measured", f"{each['title']}: {each['reason']}"] for each in document["not_measured"]]
    return head + [["Limit", sentence] for sentence in document["limits"]]


def table_rows(table: Mapping[str, Any]) -> list[list[Cell]]:
    """Return a table with its heads and totals; a hidden cell reads "hidden"."""
    rows: list[list[Cell]] = [[table["title"], *table["columns"], "All"]]
    rows += [[row["label"], *map(_cell, row["cells"]), _cell(row["total"])] for row in table["rows"]]
    return [*rows, ["All", *map(_cell, table["totals"]), _cell(table["total"])]]


def week_rows(document: Mapping[str, Any]) -> list[list[Cell]]:
    """Return pain week by week with the number of patients."""
    rows: list[list[Cell]] = [["Week", "Mean pain", "Patients", "Patients at least"]]
    return rows + [
        [each["week"], each["pain"], each["patients"], each["at_least"]] for each in document["weeks"]
    ]


def _cell(value: int | None) -> Cell:
    return HIDDEN if value is None else value


def inert(value: Cell) -> Cell:
    """Return a cell that no spreadsheet runs: text that looks like a formula gets an apostrophe in front.

    >>> inert("=1+1"), inert("Knee"), inert(-2.5), inert(None)
    ("'=1+1", 'Knee', -2.5, '')
    """
    if isinstance(value, str) and value.lstrip(" ").startswith(_LIVE):
        return f"'{value}"
    return "" if value is None else value


def as_csv(document: Mapping[str, Any]) -> bytes:
    """Return the whole profile as CSV in UTF-8 with a mark: sections one below the other, a blank line between."""
    sections: list[Sequence[Sequence[Cell]]] = [
        about_rows(document),
        [FIGURE_HEADS, *figure_rows(document)],
        week_rows(document),
        *(table_rows(each) for each in document["tables"]),
    ]
    return _written(sections)


def _written(sections: Iterable[Sequence[Sequence[Cell]]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    for place, section in enumerate(sections):
        if place:
            writer.writerow([])
        writer.writerows([inert(value) for value in row] for row in section)
    return b"\xef\xbb\xbf" + out.getvalue().encode()
