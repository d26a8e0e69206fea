"""Means of a measured change, with Student's t interval."""

import math
from collections.abc import Sequence

from reporting.statistics.checked import Number, confidence, series
from reporting.statistics.quantiles import t_value


def mean_interval(
    values: Sequence[Number], level: Number = 0.95
) -> tuple[float | None, float | None, float | None]:
    """Return (mean, low, high) by Student's t (Student 1908), in the unit of the values.

    Fewer than 2 values have no interval (low and high None); no value has no mean either.

    >>> [round(value, 6) for value in mean_interval([12, 5, 18, 9, 0, 22, 15, -3, 11, 8])]
    [9.7, 4.178915, 15.221085]
    >>> mean_interval([3])
    (3.0, None, None)
    """
    measured = series(values, name="values")
    wanted = confidence(level)
    n = len(measured)
    if n == 0:
        return None, None, None
    mean = math.fsum(measured) / n
    if n == 1:
        return mean, None, None
    variance = math.fsum((value - mean) ** 2 for value in measured) / (n - 1)
    half = t_value(wanted, n - 1) * math.sqrt(variance / n)
    return mean, mean - half, mean + half
