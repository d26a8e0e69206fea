"""Quantiles of the normal, t, beta and chi-square distributions, without a numerical library.

The incomplete beta function follows the continued fraction of DLMF 8.17.22, the incomplete gamma function
the series and continued fraction of DLMF 8.7.1 and 8.9.2 (NIST Digital Library of Mathematical Functions,
release 1.2, 2024); the fractions are summed by the modified Lentz method (Thompson and Barnett 1986).
Tests hold them against scipy to 1e-9.
"""

import math
from collections.abc import Callable, Iterator
from statistics import NormalDist

_SMALLEST = 1e-300  # stands in for a zero denominator in Lentz's method
_PRECISION = 1e-14  # some forty times the rounding of a float, so that every loop below must reach it


def z_value(level: float) -> float:
    """Return the two-sided normal quantile of a confidence level.

    >>> round(z_value(0.95), 6), round(z_value(0.998), 6)
    (1.959964, 3.090232)
    """
    return NormalDist().inv_cdf((1 + level) / 2)


def t_value(level: float, degrees: float) -> float:
    """Return the two-sided quantile of Student's t with `degrees` degrees of freedom.

    >>> round(t_value(0.95, 9), 6)
    2.262157
    """
    # t² / (degrees + t²) follows the beta distribution with 1/2 and degrees/2
    # (Abramowitz and Stegun 1964, 26.5.27).
    part = beta_quantile(level, 0.5, degrees / 2)
    return math.sqrt(degrees * part / (1 - part))


def beta_quantile(probability: float, alpha: float, beta: float) -> float:
    """Return x with P(X <= x) = probability for X from the beta distribution with alpha and beta.

    >>> round(beta_quantile(0.025, 21, 9), 6)
    0.527616
    """
    return _inverse(lambda x: beta_cumulative(x, alpha, beta), probability, low=0.0, high=1.0)


def chi_square_quantile(probability: float, degrees: float) -> float:
    """Return x with P(X <= x) = probability for X from chi-square with `degrees` degrees of freedom.

    >>> round(chi_square_quantile(0.95, 1), 6)
    3.841459
    """
    shape = degrees / 2
    high = shape + 1
    while gamma_cumulative(high, shape) < probability:
        high *= 2
    return 2 * _inverse(lambda x: gamma_cumulative(x, shape), probability, low=0.0, high=high)


def beta_cumulative(x: float, alpha: float, beta: float) -> float:
    """Return the regularised incomplete beta function I_x(alpha, beta), x from 0 to 1."""
    if x <= 0 or x >= 1:
        return float(x >= 1)
    if x > (alpha + 1) / (alpha + beta + 2):  # the fraction converges fast below this point only
        return 1 - _lower_beta(1 - x, beta, alpha)
    return _lower_beta(x, alpha, beta)


def gamma_cumulative(x: float, shape: float) -> float:
    """Return the regularised lower incomplete gamma function P(shape, x)."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        return front * _gamma_series(x, shape)
    return 1 - front / _continued_fraction(_gamma_terms(x, shape))


def _inverse(cumulative: Callable[[float], float], probability: float, *, low: float, high: float) -> float:
    """Return the point between low and high where a rising function reaches the probability, by halving."""
    middle = (low + high) / 2
    # Where no float is left between low and high the width may still be large beside high: 5e-324 and 0.
    while low < middle < high and high - low > _PRECISION * high:
        if cumulative(middle) < probability:
            low = middle
        else:
            high = middle
        middle = (low + high) / 2
    return middle


def _lower_beta(x: float, alpha: float, beta: float) -> float:
    scale = math.lgamma(alpha + beta) - math.lgamma(alpha) - math.lgamma(beta)
    front = math.exp(scale + alpha * math.log(x) + beta * math.log1p(-x)) / alpha
    return front / _continued_fraction(_beta_terms(x, alpha, beta))


def _beta_terms(x: float, alpha: float, beta: float) -> Iterator[tuple[float, float]]:
    yield 1.0, 1.0
    m = 0
    while True:
        step = alpha + 2 * m
        yield -(alpha + m) * (alpha + beta + m) * x / (step * (step + 1)), 1.0
        m += 1
        step = alpha + 2 * m
        yield m * (beta - m) * x / ((step - 1) * step), 1.0


def _gamma_terms(x: float, shape: float) -> Iterator[tuple[float, float]]:
    yield 1.0, x + 1 - shape
    m = 1
    while True:
        yield m * (shape - m), x + 2 * m + 1 - shape
        m += 1


def _gamma_series(x: float, shape: float) -> float:
    term = total = 1 / shape
    m = 1
    while term > total * _PRECISION:
        term *= x / (shape + m)
        total += term
        m += 1
    return total


def _continued_fraction(terms: Iterator[tuple[float, float]]) -> float:
    """Return b0 + a1 / (b1 + a2 / (b2 + ...)) for terms (a, b); the first term gives b0 alone."""
    _, value = next(terms)
    value = value or _SMALLEST
    front, back, change = value, 0.0, 0.0
    while abs(change - 1) > _PRECISION:
        a, b = next(terms)
        back = 1 / ((b + a * back) or _SMALLEST)
        front = (b + a / front) or _SMALLEST
        change = front * back
        value *= change
    return value
