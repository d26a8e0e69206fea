"""The published score of the reader in words."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

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
    """How often a meaning was read as what."""

    expected: str
    read: str
    count: int
    is_right: bool


@dataclass(frozen=True)
class FieldTable:
    """The confusion table of one field."""

    name: str
    right: int
    rows: Sequence[PairRow]


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
        PairRow(_words(row["expected"]), _words(row["read"]), row["count"], row["expected"] == row["read"])
        for row in rows
    ]
    return FieldTable(
        name=FIELDS[name],
        right=sum(pair.count for pair in pairs if pair.is_right),
        rows=sorted(pairs, key=lambda pair: pair.is_right),
    )


def _words(value: str) -> str:
    return "nothing" if value == "-" else value.replace("_", " ").replace("=", ": ")


def _percent(share: float) -> str:
    return f"{share * 100:.1f} %"
