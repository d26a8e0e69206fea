"""Shares of days or texts, of which each patient gives several: the interval counts patients, not days."""

import math
from collections.abc import Sequence

from reporting.statistics.checked import Count, Number, confidence, successes_of
from reporting.statistics.quantiles import t_value


def ratio_interval_by_patient(
    parts: Sequence[Count], wholes: Sequence[Count], level: Number = 0.95
) -> tuple[float | None, float | None, float | None]:
    """Return (share, low, high) of the sum of parts over the sum of wholes, one pair for each patient.

    Ratio estimator of cluster samples with Student's t (Cochran, Sampling Techniques, 1977, section 6.3);
    low and high are kept within 0 and 1. Patients whose whole is 0 do not count; with none left all three are
    None, with one the interval is. Raises ValueError for series of unequal length or a part above its whole.

    >>> [round(value, 6) for value in ratio_interval_by_patient([3, 5, 2, 8], [10, 10, 5, 10])]
    [0.514286, 0.134243, 0.894328]
    """
    wanted = confidence(level)
    if len(parts) != len(wholes):
        raise ValueError("There must be one whole for each part.")
    pairs = [successes_of(part, whole) for part, whole in zip(parts, wholes, strict=True)]
    pairs = [(part, whole) for part, whole in pairs if whole]
    everything = sum(whole for _, whole in pairs)
    if not everything:
        return None, None, None
    share, n = sum(part for part, _ in pairs) / everything, len(pairs)
    if n == 1:
        return share, None, None
    spread = math.fsum((part - share * whole) ** 2 for part, whole in pairs)
    half = t_value(wanted, n - 1) * math.sqrt(n / (n - 1) * spread) / everything
    return share, max(0.0, share - half), min(1.0, share + half)
