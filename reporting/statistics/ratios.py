"""Observed over expected: intervals for a count against what the case mix would lead one to expect."""

import math

from reporting.statistics.checked import Count, Number, confidence, positive, whole
from reporting.statistics.quantiles import chi_square_quantile, z_value

Ratio = tuple[float, float, float]

# Below this count the exact interval is used, from it on Byar's: English public-health practice
# (Association of Public Health Observatories, Technical Briefing 3, 2008).
EXACT_BELOW = 10


def byar_interval(observed: Count, expected: Number, level: Number = 0.95) -> Ratio:
    """Return (ratio, low, high) of observed / expected by Byar's approximation (Breslow and Day 1987).

    Raises ValueError when observed is no count or expected is not above 0.

    >>> [round(value, 6) for value in byar_interval(24, 18.6)]
    [1.290323, 0.82649, 1.919979]
    """
    count, base = whole(observed, name="observed"), positive(expected, name="expected")
    z = z_value(confidence(level))
    return count / base, _byar(count, -z) / base, _byar(count + 1, z) / base


def _byar(count: int, z: float) -> float:
    if count == 0:
        return 0.0
    # A cube of a negative number would be a limit below 0; it happens for small counts at high levels.
    return float(count * max(0.0, 1 - 1 / (9 * count) + z / (3 * math.sqrt(count))) ** 3)


def exact_poisson_interval(observed: Count, expected: Number, level: Number = 0.95) -> Ratio:
    """Return (ratio, low, high) of observed / expected, exact for a Poisson count (Garwood 1936).

    Raises ValueError when observed is no count or expected is not above 0.

    >>> [round(value, 6) for value in exact_poisson_interval(6, 9.4)]
    [0.638298, 0.234244, 1.389306]
    """
    count, base = whole(observed, name="observed"), positive(expected, name="expected")
    tail = (1 - confidence(level)) / 2
    low = chi_square_quantile(tail, 2 * count) / 2 if count else 0.0
    return count / base, low / base, chi_square_quantile(1 - tail, 2 * count + 2) / 2 / base


def ratio_interval(observed: Count, expected: Number, level: Number = 0.95) -> Ratio:
    """Return (ratio, low, high) by the exact method under 10 observed and Byar's from 10 on.

    >>> ratio_interval(6, 9.4) == exact_poisson_interval(6, 9.4)
    True
    """
    few = whole(observed, name="observed") < EXACT_BELOW
    return (exact_poisson_interval if few else byar_interval)(observed, expected, level)
