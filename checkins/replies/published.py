"""The reader's score on texts nobody tuned for, as it is published: counts, intervals and what was misread."""

from collections.abc import Sequence
from math import sqrt

from .documents import Document
from .reading import READER_VERSION
from .scoring import NONE, Scorecard

# Two-sided 95 % of the normal distribution.
Z = 1.959963984540054


def wilson_interval(count: int, of: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson 1927); (0, 1) where nothing was counted.

    >>> [round(end, 4) for end in wilson_interval(0, 51)]
    [0.0, 0.07]
    """
    if of == 0:
        return 0.0, 1.0
    share = count / of
    middle = share + Z * Z / (2 * of)
    half = Z * sqrt(share * (1 - share) / of + Z * Z / (4 * of * of))
    under = 1 + Z * Z / of
    return max(0.0, (middle - half) / under), min(1.0, (middle + half) / under)


def result_document(card: Scorecard, *, names: Sequence[str], measured_on: str) -> Document:
    """Return the published result of some files: ids, never words. `measured_on` is an ISO date."""
    return {
        "reader": READER_VERSION,
        "files": list(names),
        "measured_on": measured_on,
        "texts": card.texts,
        "wholly_right": card.wholly_right,
        "figures": [_figure_document(card, place) for place in range(len(card.figures()))],
        "confusion": {field: _rows(card, field) for field in card.confusion},
        "misses": [
            {"id": miss.identifier, "field": miss.field, "expected": miss.expected, "read": miss.read}
            for miss in card.misses
        ],
    }


def _figure_document(card: Scorecard, place: int) -> Document:
    figure = card.figures()[place]
    low, high = wilson_interval(figure.count, figure.of)
    return {
        "name": figure.name,
        "count": figure.count,
        "of": figure.of,
        "share": round(figure.share, 6),
        "low": round(low, 6),
        "high": round(high, 6),
        "target": figure.target,
        "met": figure.is_met,
    }


def _rows(card: Scorecard, field: str) -> list[Document]:
    table = sorted(card.confusion[field].items(), key=lambda item: (-item[1], item[0]))
    return [
        {"expected": expected or NONE, "read": read or NONE, "count": count}
        for (expected, read), count in table
    ]
