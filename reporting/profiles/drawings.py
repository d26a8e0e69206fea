"""The drawings of a profile as SVG text, for the page and the PDF alike.

Colours stand as attributes, which a style sheet may override (the page does, for its dark theme); nothing is
styled inline, so a strict content policy allows it.
"""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

_INK, _MUTED, _LINE, _ACCENT, _SOFT, _AMBER = "#1c2433", "#566074", "#e3e1da", "#0b6b63", "#cfe6e3", "#9a5b00"
_FONT = "Inter"


def _text(
    x: float, y: float, words: str, *, anchor: str = "start", size: float = 10, tone: str = "muted"
) -> str:
    colour = {"muted": _MUTED, "ink": _INK}[tone]
    return (
        f'<text class="d-{tone}" x="{x:g}" y="{y:g}" font-family="{_FONT}" font-size="{size:g}" fill="{colour}" '
        f'text-anchor="{anchor}">{escape(words)}</text>'
    )


def _line(x1: float, y1: float, x2: float, y2: float) -> str:
    return f'<path class="d-line" d="M{x1:g} {y1:g}L{x2:g} {y2:g}" stroke="{_LINE}" stroke-width="1" fill="none"/>'


def _svg(width: float, height: float, label: str, body: Sequence[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="profile-drawing" viewBox="0 0 {width:g} {height:g}" '
        f'width="{width:g}" height="{height:g}" role="img" aria-label="{escape(label)}">{"".join(body)}</svg>'
    )


def trend_words(weeks: Sequence[Mapping[str, Any]]) -> str:
    """Return the course of pain in words, for who cannot see the drawing."""
    known = [each for each in weeks if each["pain"] is not None]
    if not known:
        return "No week has readings of at least 11 patients."
    first, last = known[0], known[-1]
    return (
        f"Mean pain {first['pain']} in week {first['week']}, {last['pain']} in week {last['week']}, on a scale "
        "of 0 to 10."
    )


def weekly_pain(weeks: Sequence[Mapping[str, Any]], *, width: float = 380, height: float = 180) -> str:
    """Return pain week by week on a fixed axis of 0 to 10, with the number of patients under each week."""
    left, right, top, bottom = 22, width - 14, 10, height - 40
    known = [each for each in weeks if each["pain"] is not None]
    last = max((each["week"] for each in known), default=1)
    step = (right - left - 20) / max(1, last - 1)

    def at(each: Mapping[str, Any]) -> tuple[float, float]:
        return left + 10 + (each["week"] - 1) * step, bottom - (bottom - top) * each["pain"] / 10

    body = []
    for mark in (0, 2, 4, 6, 8, 10):
        y = bottom - (bottom - top) * mark / 10
        body += [_line(left, y, right, y), _text(left - 6, y + 3.5, str(mark), anchor="end")]
    for run in _runs(known):
        points = " ".join(f"{x:.1f},{y:.1f}" for x, y in map(at, run))
        body.append(
            f'<polyline class="d-accent-line" points="{points}" fill="none" stroke="{_ACCENT}" stroke-width="2" '
            'stroke-linejoin="round" stroke-linecap="round"/>'
        )
    for each in known:
        x, y = at(each)
        body.append(f'<circle class="d-accent" cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{_ACCENT}"/>')
        body.append(_text(x, bottom + 15, str(each["week"]), anchor="middle"))
        body.append(_text(x, bottom + 29, _patients(each), anchor="middle", size=8.5))
    for each in {known[0]["week"]: known[0], known[-1]["week"]: known[-1]}.values() if known else ():
        x, y = at(each)
        body.append(_text(x, y - 9, str(each["pain"]), anchor="middle", size=11, tone="ink"))
    return _svg(width, height, trend_words(weeks), body)


def _runs(known: Sequence[Mapping[str, Any]]) -> list[list[Mapping[str, Any]]]:
    """Return stretches of weeks without a gap: a gap stays a gap."""
    runs: list[list[Mapping[str, Any]]] = []
    for each in known:
        if runs and runs[-1][-1]["week"] == each["week"] - 1:
            runs[-1].append(each)
        else:
            runs.append([each])
    return runs


def _patients(each: Mapping[str, Any]) -> str:
    return f"{each['patients']}" if each["patients"] is not None else f"{each['at_least']}+"


def interval_bar(figure: Mapping[str, Any], *, width: float = 300, caution: bool = False) -> str:
    """Return a share on an axis of 0 to 100 percent: the interval as a band, the share as a tick."""
    height, y, tone = 18, 5, _AMBER if caution else _ACCENT
    kind = "d-caution" if caution else "d-accent"
    body = [f'<rect class="d-ground" x="0" y="{y}" width="{width:g}" height="8" rx="4" fill="#f4f2ec"/>']
    if figure.get("value") is not None:
        scale = width / 100
        low = figure["low"] if figure.get("low") is not None else figure["value"]
        high = figure["high"] if figure.get("high") is not None else figure["value"]
        body.append(
            f'<rect class="{kind}-band" x="{low * scale:.1f}" y="{y}" width="{max(2.0, (high - low) * scale):.1f}" '
            f'height="8" rx="4" fill="{tone}" fill-opacity="0.28"/>'
        )
        mark = min(width - 3, max(0, figure["value"] * scale - 1.5))
        body.append(
            f'<rect class="{kind}" x="{mark:.1f}" y="0" width="3" height="18" rx="1.5" fill="{tone}"/>'
        )
        label = f"{figure['value']} percent, interval {low} to {high} percent"
    else:
        label = "Not shown"
    return _svg(width, height, label, body)


def adherence_bar(low: float, high: float, reported: float | None, *, width: float = 300) -> str:
    """Return the three numbers of adherence in one bar: what is sure, what may be, and the share of replies."""
    scale = width / 100
    body = [
        f'<rect class="d-ground" x="0" y="7" width="{width:g}" height="12" rx="6" fill="#f4f2ec"/>',
        f'<rect class="d-soft" x="0" y="7" width="{high * scale:.1f}" height="12" rx="6" fill="{_SOFT}"/>',
        f'<rect class="d-accent" x="0" y="7" width="{low * scale:.1f}" height="12" rx="6" fill="{_ACCENT}"/>',
    ]
    label = f"Between {low} and {high} percent"
    if reported is not None:
        x = reported * scale
        body.append(
            f'<path class="d-mark" d="M{x:.1f} 2v22" stroke="{_INK}" stroke-width="2" stroke-linecap="round"/>'
        )
        label += f"; {reported} percent of days with a reply"
    return _svg(width, 26, label, body)


def group_bar(count: int | None, total: int, *, width: float = 120) -> str:
    """Return one group's part of the patients; only the ground where it is hidden."""
    body = [f'<rect class="d-ground" x="0" y="3" width="{width:g}" height="6" rx="3" fill="#f4f2ec"/>']
    if count:
        part = max(2.0, width * count / total)
        body.append(
            f'<rect class="d-accent" x="0" y="3" width="{part:.1f}" height="6" rx="3" fill="{_ACCENT}"/>'
        )
    return _svg(width, 12, "Hidden" if count is None else f"{count} of {total}", body)
