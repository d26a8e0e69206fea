"""The published score of the reader in words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from checkins.reading_words import SIGNS

RESULT = Path(__file__).parents[1] / "replies" / "published_score.json"
NAMES = {
    "answers right": "Answers read right",
    "values invented": "Answers nobody gave",
    "red flags missed": "Danger signs missed",
    "red flags false": "Danger signs where there was none",
    "opt-outs missed": "Wishes to stop missed",
    "opt-outs false": "Wishes to stop where there was none",
}
FIELDS = {
    "answers": "Answers",
    "red_flag": "Danger signs",
    "consent": "Consent to texts",
    "kind": "Kind of message",
    "follow_up": "What happens next",
}

ANSWERS = {
    "number": "as a number",
    "range": "as a range",
    "yes": "done",
    "no": "not done",
    "partial": "done in part",
    "later": "to be done later",
}
LEVELS = {
    "L1": "page at once",
    "L2": "page the same or next business day",
    "review": "a person looks",
}
MEANINGS = {
    "opt_out": "Asks to stop the texts",
    "confirm_opt_out": "May want to stop the texts",
    "answer": "An answer",
    "other": "Something else",
    "wrong_number": "A wrong number",
    "clarify": "Daybook asks back",
    "human": "A person looks",
    "none": "Nothing more",
}


@dataclass(frozen=True)
class FigureRow:
    """One figure of the score; shares in percent."""

    name: str
    counted: str
    share: str
    interval: str
    target: str
    is_met: bool


@dataclass(frozen=True)
class PairRow:
    """How often a meaning was read as another."""

    expected: str
    read: str
    count: int


@dataclass(frozen=True)
class RightRow:
    """How often a meaning was read as what it is."""

    meaning: str
    count: int


@dataclass(frozen=True)
class FieldTable:
    """The confusion table of one field."""

    name: str
    right: int
    misread: Sequence[PairRow]
    read_right: Sequence[RightRow]


@dataclass(frozen=True)
class ScoreView:
    """The score page in words."""

    reader: str
    measured_on: str
    texts: int
    wholly_right: int
    figures: Sequence[FigureRow]
    fields: Sequence[FieldTable]


def score_view(path: Path = RESULT) -> ScoreView | None:
    """Return the published score in words, or None where no measurement is published."""
    result = _load(path)
    if result is None:
        return None
    return ScoreView(
        reader=result["reader"],
        measured_on=result["measured_on"],
        texts=result["texts"],
        wholly_right=result["wholly_right"],
        figures=[_figure(each) for each in result["figures"]],
        fields=[_field(name, rows) for name, rows in result["confusion"].items()],
    )


@cache
def _load(path: Path) -> dict[str, Any] | None:
    return json.loads(path.read_text("utf-8")) if path.exists() else None


def _figure(each: dict[str, Any]) -> FigureRow:
    return FigureRow(
        name=NAMES[each["name"]],
        counted=f"{each['count']} of {each['of']}",
        share=_percent(each["share"]),
        interval=f"{_percent(each['low'])} to {_percent(each['high'])}",
        target=each["target"].replace("%", " %"),
        is_met=each["met"],
    )


def _field(name: str, rows: list[dict[str, Any]]) -> FieldTable:
    pairs = [
        PairRow(_words(name, row["expected"]), _words(name, row["read"]), row["count"])
        for row in rows
        if row["expected"] != row["read"]
    ]
    right = [
        RightRow(_words(name, row["expected"]), row["count"])
        for row in rows
        if row["expected"] == row["read"]
    ]
    return FieldTable(
        name=FIELDS[name],
        right=sum(each.count for each in right),
        misread=pairs,
        read_right=right,
    )


def _words(field: str, value: str) -> str:
    if value == "-":
        return "Nothing"
    if field == "answers":
        return ", ".join(f"{item} {ANSWERS.get(read, read)}" for item, _, read in _parts(value)).capitalize()
    if field == "red_flag":
        danger, _, level = value.partition(" ")
        return f"{SIGNS.get(danger, danger).capitalize()}: {LEVELS.get(level, level)}"
    return MEANINGS.get(value, value.replace("_", " ").capitalize())


def _parts(value: str) -> list[tuple[str, str, str]]:
    """Split such as `exercises=yes pain=number`; pain first, as it is asked."""
    return sorted((each.partition("=") for each in value.split()), key=lambda each: each[0] != "pain")


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
