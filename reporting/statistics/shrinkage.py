"""Shrinkage: a small practice's mean is drawn towards the network's, as far as chance could have moved it."""

import math
from collections.abc import Sequence

from reporting.statistics.checked import Count, Number, finite, not_negative, positive, series, whole


def shrink_normal(
    mean: Number, n: Count, grand_mean: Number, within_variance: Number, between_variance: Number
) -> tuple[float, float, float]:
    """Return (estimate, deviation, reliability) of one practice's mean under a normal-normal model.

    `within_variance` is that of one patient's value, `between_variance` that of practices' true means
    (Morris 1983). Reliability runs from 0 (all chance) to 1; n = 0 gives the grand mean at reliability 0.

    >>> [round(value, 6) for value in shrink_normal(14, 36, 10, 144, 9)]
    [12.769231, 1.664101, 0.692308]
    """
    own, centre = finite(mean, name="mean"), finite(grand_mean, name="grand_mean")
    within = not_negative(within_variance, name="within_variance")
    between = not_negative(between_variance, name="between_variance")
    size = whole(n, name="n")
    if size == 0:
        return centre, math.sqrt(between), 0.0
    error = within / size
    # With no spread at all the practice's mean is known exactly and equals every other.
    reliability = between / (between + error) if between + error else 0.0
    return centre + reliability * (own - centre), math.sqrt(reliability * error), reliability


def between_variance(means: Sequence[Number], sizes: Sequence[Count], within_variance: Number) -> float:
    """Return the variance of practices' true means by DerSimonian and Laird's moments (1986), at least 0.

    Each practice's weight is its size over `within_variance`; fewer than 2 practices give 0.

    >>> round(between_variance([8, 12, 15, 9], [20, 50, 30, 80], 100), 6)
    5.806306
    """
    measured = series(means, name="means")
    variance = positive(within_variance, name="within_variance")
    weights = [whole(size, name="Each of sizes") / variance for size in sizes]
    if len(measured) != len(weights):
        raise ValueError("means and sizes must have the same length.")
    if any(weight == 0 for weight in weights):
        raise ValueError("Each of sizes must be at least 1.")
    if len(measured) < 2:
        return 0.0
    total = math.fsum(weights)
    centre = math.fsum(w * m for w, m in zip(weights, measured, strict=True)) / total
    spread = math.fsum(w * (m - centre) ** 2 for w, m in zip(weights, measured, strict=True))
    scale = total - math.fsum(w * w for w in weights) / total
    return max(0.0, (spread - (len(measured) - 1)) / scale)
