"""Funnel limits: how far chance alone may carry a practice of a given size from the target.

After Spiegelhalter, Funnel plots for comparing institutional performance (Statistics in Medicine 2005).
Limits are not cut at 0 or 1: a drawing may cut them, a calculation must not.
"""

import math
from bisect import bisect_left

from reporting.statistics.checked import (
    Count,
    Number,
    confidence,
    finite,
    not_negative,
    positive,
    share,
    whole,
)
from reporting.statistics.quantiles import beta_cumulative, z_value

Limits = tuple[float, float]

# Under this variance of the count the normal limits of a proportion are too rough (house rule).
EXACT_BELOW_VARIANCE = 10


def _members(n: Count) -> int:
    size = whole(n, name="n")
    if size == 0:
        raise ValueError("n must be at least 1.")
    return size


def funnel_limits_proportion(target: Number, n: Count, level: Number = 0.95) -> Limits:
    """Return (low, high) around a target share for n people, normal approximation.

    >>> [round(value, 6) for value in funnel_limits_proportion(0.6, 50)]
    [0.46421, 0.73579]
    """
    rate, size = share(target, name="The target"), _members(n)
    half = z_value(confidence(level)) * math.sqrt(rate * (1 - rate) / size)
    return rate - half, rate + half


def exact_funnel_limits_proportion(target: Number, n: Count, level: Number = 0.95) -> Limits:
    """Return (low, high) around a target share from the binomial distribution, interpolated between counts.

    To be preferred when n * target * (1 - target) is under `EXACT_BELOW_VARIANCE`.

    >>> [round(value, 6) for value in exact_funnel_limits_proportion(0.6, 50)]
    [0.451665, 0.724055]
    """
    rate, size = share(target, name="The target"), _members(n)
    tail = (1 - confidence(level)) / 2
    return _binomial_limit(tail, size, rate), _binomial_limit(1 - tail, size, rate)


def _binomial_limit(probability: float, n: int, rate: float) -> float:
    def cumulative(count: int) -> float:
        # P(X <= count) for a binomial count, by the beta distribution (Abramowitz and Stegun 1964, 26.5.24).
        return beta_cumulative(1 - rate, n - count, count + 1) if count < n else 1.0

    count = bisect_left(range(n), probability, key=cumulative)
    reached = cumulative(count)
    here = reached - (cumulative(count - 1) if count else 0.0)
    return (count - (reached - probability) / here) / n


def funnel_limits_mean(target: Number, deviation: Number, n: Count, level: Number = 0.95) -> Limits:
    """Return (low, high) around a target mean for n people whose values have this standard deviation.

    >>> [round(value, 6) for value in funnel_limits_mean(12, 10, 25)]
    [8.080072, 15.919928]
    """
    centre, spread = finite(target, name="The target"), not_negative(deviation, name="deviation")
    half = z_value(confidence(level)) * spread / math.sqrt(_members(n))
    return centre - half, centre + half


def funnel_limits_ratio(expected: Number, level: Number = 0.95) -> Limits:
    """Return (low, high) around 1 for observed / expected, normal approximation.

    >>> [round(value, 6) for value in funnel_limits_ratio(20)]
    [0.561739, 1.438261]
    """
    half = z_value(confidence(level)) / math.sqrt(positive(expected, name="expected"))
    return 1 - half, 1 + half
