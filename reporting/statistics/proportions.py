"""Shares of people: intervals, differences, and shares drawn towards a prior when few were seen."""

import math

from reporting.statistics.checked import Count, Number, confidence, positive, successes_of
from reporting.statistics.quantiles import beta_quantile, z_value

Interval = tuple[float, float]


def wilson_interval(successes: Count, n: Count, level: Number = 0.95) -> Interval | None:
    """Return (low, high) of a share by Wilson's score method (Wilson 1927); None when nobody was measured.

    Raises ValueError for negative counts, more successes than n, or a level outside 0 to 1.

    >>> low, high = wilson_interval(45, 60)
    >>> round(low, 6), round(high, 6)
    (0.627679, 0.842235)
    """
    hits, size = successes_of(successes, n)
    z = z_value(confidence(level))
    if size == 0:
        return None
    rate, spread = hits / size, z * z / size
    centre = (rate + spread / 2) / (1 + spread)
    half = z * math.sqrt(rate * (1 - rate) / size + spread / (4 * size)) / (1 + spread)
    # At the ends the formula gives exactly 0 or 1; rounding must not leave 1e-17 instead.
    return (0.0 if hits == 0 else centre - half), (1.0 if hits == size else centre + half)


def newcombe_difference(
    successes1: Count,
    n1: Count,
    successes2: Count,
    n2: Count,
    level: Number = 0.95,
) -> tuple[float | None, float | None, float | None]:
    """Return (difference, low, high) of share 1 minus share 2 (Newcombe 1998, method 10: Wilson hybrid).

    All three are None when one of the groups is empty. Raises ValueError as `wilson_interval` does.

    >>> [round(value, 6) for value in newcombe_difference(45, 60, 30, 60)]
    [0.25, 0.07678, 0.403461]
    """
    first = wilson_interval(successes1, n1, level)
    second = wilson_interval(successes2, n2, level)
    if first is None or second is None:
        return None, None, None
    hits1, size1 = successes_of(successes1, n1)
    hits2, size2 = successes_of(successes2, n2)
    rate1, rate2 = hits1 / size1, hits2 / size2
    difference = rate1 - rate2
    low = difference - math.hypot(rate1 - first[0], second[1] - rate2)
    high = difference + math.hypot(first[1] - rate1, rate2 - second[0])
    return difference, low, high


def shrink_rate(
    successes: Count, n: Count, alpha: Number, beta: Number, level: Number = 0.95
) -> tuple[float, float, float]:
    """Return (estimate, low, high) of a share under a beta prior: posterior mean and equal-tailed interval.

    `alpha` and `beta` count the prior's successes and failures (Efron and Morris 1975 for the idea); with
    n = 0 the prior itself comes back. Raises ValueError for bad counts or a prior not above 0.

    >>> [round(value, 6) for value in shrink_rate(9, 10, 12, 8)]
    [0.7, 0.527616, 0.847154]
    """
    hits, size = successes_of(successes, n)
    a = positive(alpha, name="alpha") + hits
    b = positive(beta, name="beta") + size - hits
    tail = (1 - confidence(level)) / 2
    return a / (a + b), beta_quantile(tail, a, b), beta_quantile(1 - tail, a, b)


def recommend_index(
    promoters: Count, detractors: Count, n: Count, level: Number = 0.95
) -> tuple[float, float, float] | None:
    """Return (index, low, high) of answers 9-10 minus answers 0-6, in points of 100; None when n = 0.

    The standard error is that of a difference of two shares of one sample (multinomial variance).

    >>> [round(value, 4) for value in recommend_index(60, 15, 100)]
    [45.0, 30.4976, 59.5024]
    """
    above, size = successes_of(promoters, n)
    below, _ = successes_of(detractors, n)
    if above + below > size:
        raise ValueError("promoters and detractors together must not exceed n.")
    z = z_value(confidence(level))
    if size == 0:
        return None
    index = (above - below) / size
    half = z * math.sqrt(max(0.0, (above + below) / size - index * index) / size)
    return 100 * index, 100 * (index - half), 100 * (index + half)
