"""A small histogram: one bar a value, watched values marked; drawn on the server."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

WIDTH, HEIGHT, FOOT = 360, 96, 16


@dataclass(frozen=True, slots=True)
class Bar:
    """One value: where it stands, how tall, how it is read out."""

    x: float
    y: float
    width: float
    height: float
    label: str
    value: int
    is_watched: bool
    label_x: float


@dataclass(frozen=True, slots=True)
class Histogram:
    """The drawing in user units, with its words for those who do not see it."""

    bars: tuple[Bar, ...]
    words: str
    width: int = WIDTH
    height: int = HEIGHT
    foot: int = HEIGHT - FOOT
    label_y: int = HEIGHT - 3


def draw(counts: Mapping[int, int], *, watched: Collection[int], last: int, unit: str) -> Histogram:
    """Return bars for the values from 0 to `last`; larger ones stand at `last`."""
    shown = [0] * (last + 1)
    for value, count in counts.items():
        shown[min(max(value, 0), last)] += count
    tallest = max(*shown, 1)
    room = HEIGHT - FOOT - 4
    step = WIDTH / (last + 1)
    bars = tuple(
        Bar(
            x=round(value * step, 1),
            y=round(HEIGHT - FOOT - count * room / tallest, 1),
            width=round(step * 0.8, 1),
            height=round(count * room / tallest, 1),
            label=f"{value} {unit}: {count}",
            value=value,
            is_watched=value in watched,
            label_x=round(value * step + step * 0.4, 1),
        )
        for value, count in enumerate(shown)
    )
    total = sum(shown)
    marked = ", ".join(f"{shown[each]} at exactly {each}" for each in sorted(watched) if each <= last)
    return Histogram(bars, f"{total} in all; {marked} {unit}.")
