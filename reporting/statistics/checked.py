"""What the formulas accept: whole counts, finite numbers, levels between 0 and 1."""

import math
import operator
from collections.abc import Iterable, Sequence
from typing import SupportsIndex

Number = float | int
Count = SupportsIndex | float


def whole(value: Count, *, name: str) -> int:
    """Return a count as an `int` of at least 0; raise ValueError for anything else."""
    refusal = ValueError(f"{name} must be a whole number.")
    if isinstance(value, float):  # 12.0 comes from JSON documents and numeric arrays
        if not value.is_integer():
            raise refusal
        value = int(value)
    try:
        count = operator.index(value)
    except TypeError:
        raise refusal from None
    if count < 0:
        raise ValueError(f"{name} must not be negative.")
    return count


def finite(value: Number, *, name: str) -> float:
    """Return a number as a `float`; raise ValueError for infinity and not-a-number."""
    number = float(value)
    if not math.isfinite(number):
        raise ValueError(f"{name} must be a finite number.")
    return number


def positive(value: Number, *, name: str) -> float:
    """Return a finite number above 0, or raise ValueError."""
    number = finite(value, name=name)
    if number <= 0:
        raise ValueError(f"{name} must be greater than 0.")
    return number


def not_negative(value: Number, *, name: str) -> float:
    """Return a finite number of at least 0, or raise ValueError."""
    number = finite(value, name=name)
    if number < 0:
        raise ValueError(f"{name} must not be negative.")
    return number


def share(value: Number, *, name: str) -> float:
    """Return a proportion from 0 to 1, or raise ValueError."""
    number = finite(value, name=name)
    if not 0 <= number <= 1:
        raise ValueError(f"{name} must lie between 0 and 1.")
    return number


def confidence(level: Number) -> float:
    """Return a confidence level strictly between 0 and 1, or raise ValueError (95 is not 0.95)."""
    number = finite(level, name="The level")
    if not 0 < number < 1:
        raise ValueError("The level must lie strictly between 0 and 1, for example 0.95.")
    return number


def successes_of(successes: Count, n: Count) -> tuple[int, int]:
    """Return successes and n as counts; raise ValueError when there are more successes than people."""
    hits, size = whole(successes, name="successes"), whole(n, name="n")
    if hits > size:
        raise ValueError("successes must not exceed n.")
    return hits, size


def series(values: Iterable[Number], *, name: str) -> list[float]:
    """Return finite floats in the order given, or raise ValueError."""
    return [finite(value, name=f"Each value of {name}") for value in values]


def paired(
    first: Sequence[Number], second: Sequence[Number], *, names: str
) -> tuple[list[float], list[float]]:
    """Return two series of equal length as floats, or raise ValueError."""
    one, two = series(first, name=names), series(second, name=names)
    if len(one) != len(two):
        raise ValueError(f"{names} must have the same length.")
    return one, two
