"""The document laid out for reading: what stands where on the sheet, in words and drawings, for page and PDF."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from reporting.profiles import drawings
from reporting.profiles.wording import Words, cell, figure_words, headline, long_day, number, period_words

Data = Mapping[str, Any]

_BIG = ("cohort.patients", "pain.completeness", "pain.improvement", "pain.reached_points")
_SHARES = ("pain.reached_points", "pain.reached_share", "pain.worsened")
_ADHERENCE = ("adherence.conservative", "adherence.reported", "adherence.upper")
_ENGAGEMENT = ("rtm.response", "rtm.days_of_30", "rtm.sixteen_of_30", "access.days_to_first_data")


@dataclass(frozen=True)
class ReleaseMark:
    """What a released sheet carries and a draft does not: its number, when, approved by whom, and its chain."""

    number: int
    released_on: str
    approved_by: str
    key_id: str
    previous: str


def sheet_of(document: Data, *, mark: ReleaseMark | None = None) -> dict[str, Any]:
    """Return everything that a reader sees of a document, in words and drawings; `mark` only once released."""
    figures = {each["id"]: each for each in document["figures"]}
    words = {name: figure_words(each) for name, each in figures.items()}
    return {
        "title": document["title"],
        "network": document["network"],
        "payer": document["payer"],
        "period": period_words(document),
        "made_on": long_day(document["made_on"]),
        "measure_set": document["measure_set"],
        "threshold_set": document["threshold_set"],
        "mark": asdict(mark) if mark else None,
        "headline": headline(document),
        "practices": document["cohort"]["practices"],
        "clinicians": document["cohort"]["clinicians"],
        "definition": list(document["cohort"]["definition"]),
        "big": [_plain(words[name]) for name in _BIG],
        "trend": {
            "drawing": drawings.weekly_pain(document["weeks"]),
            "words": drawings.trend_words(document["weeks"]),
            "has_weeks": any(each["pain"] is not None for each in document["weeks"]),
        },
        "baseline": _plain(words["pain.baseline"]),
        "shares": [
            _plain(words[name])
            | {"drawing": drawings.interval_bar(_visible(figures[name]), caution=name == "pain.worsened")}
            for name in _SHARES
        ],
        "weighted": number(document["weighted"]) if document["weighted"] is not None else "",
        "adherence": _adherence(figures, words),
        "engagement": [_plain(words[name]) for name in _ENGAGEMENT],
        "groups": _groups(document),
        "tables": [_table(each) for each in document["tables"]],
        "suppression": _suppression(document["suppression"]),
        "not_measured": [dict(each) for each in document["not_measured"]],
        "limits": list(document["limits"]),
        "measures": [dict(each) for each in document["measures"]],
        "figures": [_plain(each) for each in words.values()],
    }


def _plain(words: Words) -> dict[str, Any]:
    return asdict(words)


def _visible(figure: Data) -> Data:
    return figure if figure["state"] in {"shown", "bounded"} else {}


def _adherence(figures: Mapping[str, Data], words: Mapping[str, Words]) -> dict[str, Any]:
    low, reported, high = (_visible(figures[name]).get("value") for name in _ADHERENCE)
    drawing = ""
    if low is not None and high is not None:
        drawing = drawings.adherence_bar(low, high, reported)
    return {
        "is_shown": bool(drawing),
        "drawing": drawing,
        "rows": [_plain(words[name]) for name in _ADHERENCE],
        "measured": words[_ADHERENCE[0]].measured,
    }


def _groups(document: Data) -> list[dict[str, Any]]:
    patients = document["cohort"]["patients"]
    return [
        {
            "title": table["title"],
            "rows": [
                {
                    "label": row["label"],
                    "count": cell(row["total"]),
                    "percent": "" if row["total"] is None else f"{round(100 * row['total'] / patients)} %",
                    "drawing": drawings.group_bar(row["total"], patients),
                }
                for row in table["rows"]
            ],
        }
        for table in document["tables"]
    ]


def _table(table: Data) -> dict[str, Any]:
    return {
        "title": table["title"],
        "columns": [*table["columns"], "All"],
        "rows": [
            {"label": row["label"], "cells": [*map(cell, row["cells"]), cell(row["total"])]}
            for row in table["rows"]
        ],
        "totals": [*map(cell, table["totals"]), cell(table["total"])],
    }


def _suppression(facts: Data) -> str:
    """Return in a sentence what was hidden."""
    hidden = f"{facts['cells_hidden']} of {facts['cells']} cells are hidden (·)"
    figures = facts["figures_withheld"]
    said = f"Counts of 1 to {facts['min_cell'] - 1} are not shown: {hidden}"
    said += f", and {figures} figure{'s' if figures != 1 else ''} withheld." if figures else "."
    if facts["tables_withheld"]:
        said += " Some tables are withheld: beside an earlier release they would tell of a few patients."
    return said
