"""How far the reader agrees with labelled texts, honouring the other readings that a label allows."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from .documents import Document, document_of, request_from
from .reader import read

FIELDS = ("answers", "red_flag", "consent", "kind", "follow_up")
OPT_OUTS = frozenset({"opt_out", "confirm_opt_out"})
NONE = "-"


@dataclass(frozen=True, slots=True)
class Figure:
    """A share with its target; `at_most` tells whether the target is a ceiling or a floor."""

    name: str
    count: int
    of: int
    limit: float
    at_most: bool

    @property
    def share(self) -> float:
        """The share, 0 where nothing was counted (1 for a floor)."""
        if not self.of:
            return 0.0 if self.at_most else 1.0
        return self.count / self.of

    @property
    def is_met(self) -> bool:
        """Whether the share keeps to the target."""
        return self.share <= self.limit if self.at_most else self.share >= self.limit

    @property
    def target(self) -> str:
        """The target in words."""
        return f"{'at most' if self.at_most else 'at least'} {self.limit:.0%}"


@dataclass(frozen=True, slots=True)
class Miss:
    """A field of a labelled text that was read otherwise than any allowed reading."""

    identifier: str
    field: str
    expected: str
    read: str


@dataclass(slots=True)
class Scorecard:
    """Counts over a labelled file."""

    texts: int = 0
    wholly_right: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    confusion: dict[str, Counter[tuple[str, str]]] = field(
        default_factory=lambda: {name: Counter() for name in FIELDS}
    )
    misses: list[Miss] = field(default_factory=list)

    def figures(self) -> tuple[Figure, ...]:
        """Return the acceptance figures with their targets."""
        count = self.counts
        return (
            Figure("answers right", count["answers_right"], self.texts, 0.95, at_most=False),
            Figure("values invented", count["invented"], self.texts, 0.0, at_most=True),
            Figure("red flags missed", count["flag_missed"], count["flag"], 0.01, at_most=True),
            Figure("red flags false", count["flag_false"], count["no_flag"], 0.04, at_most=True),
            Figure("opt-outs missed", count["out_missed"], count["out"], 0.02, at_most=True),
            Figure("opt-outs false", count["out_false"], count["no_out"], 0.01, at_most=True),
        )

    def meets_targets(self) -> bool:
        """Return whether every figure keeps to its target."""
        return all(figure.is_met for figure in self.figures())

    def figures_document(self) -> Document:
        """Return the figures as plain values."""
        return {
            "texts": self.texts,
            "wholly_right": self.wholly_right,
            "figures": [
                {"name": f.name, "count": f.count, "of": f.of, "share": f.share, "met": f.is_met}
                for f in self.figures()
            ],
        }


def score_lines(lines: Iterable[str]) -> Scorecard:
    """Return the scorecard of labelled JSON lines."""
    card = Scorecard()
    for line in lines:
        if line.strip():
            score_one(card, json.loads(line))
    return card


def score_one(card: Scorecard, gold: Mapping[str, object]) -> None:
    """Read one labelled text and add it to the card."""
    identifier, request = request_from(gold)
    got = document_of(identifier, read(request))
    allowed = _readings(gold)
    best = max(allowed, key=lambda reading: sum(reading[name] == got[name] for name in FIELDS))
    card.texts += 1
    card.wholly_right += all(best[name] == got[name] for name in FIELDS)
    for name in FIELDS:
        card.confusion[name][shown(best[name]), shown(got[name])] += 1
        if best[name] != got[name]:
            card.misses.append(Miss(identifier, name, shown(best[name]), shown(got[name])))
    _count_answers(card, allowed, got)
    _count_flags(card, allowed, got)
    _count_opt_outs(card, allowed, got)


def _readings(gold: Mapping[str, object]) -> list[Document]:
    base = {name: gold[name] for name in FIELDS}
    also = gold.get("also", [])
    assert isinstance(also, list)  # noqa: S101 (a labelled file that breaks this is ours)
    return [base, *({**base, **other} for other in also)]


def _count_answers(card: Scorecard, allowed: list[Document], got: Document) -> None:
    card.counts["answers_right"] += any(reading["answers"] == got["answers"] for reading in allowed)
    values = got["answers"]
    expected = [reading["answers"] for reading in allowed]
    if isinstance(values, dict):
        card.counts["invented"] += any(
            all(not isinstance(answers, dict) or name not in answers for answers in expected)
            for name in values
        )


def _count_flags(card: Scorecard, allowed: list[Document], got: Document) -> None:
    wanted = {reading["red_flag"] is not None for reading in allowed}
    flagged = got["red_flag"] is not None
    if True in wanted:
        card.counts["flag"] += wanted == {True}
        card.counts["flag_missed"] += wanted == {True} and not flagged
    else:
        card.counts["no_flag"] += 1
        card.counts["flag_false"] += flagged


def _count_opt_outs(card: Scorecard, allowed: list[Document], got: Document) -> None:
    wanted = {reading["consent"] in OPT_OUTS for reading in allowed}
    out = got["consent"] in OPT_OUTS
    if wanted == {True}:
        card.counts["out"] += 1
        card.counts["out_missed"] += not out
    elif wanted == {False}:
        card.counts["no_out"] += 1
        card.counts["out_false"] += out


def shown(value: object) -> str:
    """Return a field's value as it stands in the confusion table."""
    if value is None or value == {}:
        return NONE
    if isinstance(value, dict) and "class" in value:
        return f"{value['class']} {value['level']}"
    if isinstance(value, dict):
        return " ".join(sorted(f"{name}={_score(score)}" for name, score in value.items()))
    return str(value)


def _score(score: object) -> str:
    if isinstance(score, dict):
        return "range"
    return "number" if isinstance(score, int | float) else str(score)
