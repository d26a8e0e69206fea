"""Nothing measured, everything met, one practice only, and input that no formula can use."""

import math

import pytest

from reporting import statistics as st
from reporting.statistics import quantiles


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(st.wilson_interval(0, 0), None, id="share of nobody"),
        pytest.param(st.wilson_interval(0, 12)[0], 0.0, id="none of 12 starts at 0 exactly"),
        pytest.param(st.wilson_interval(12, 12)[1], 1.0, id="all of 12 end at 1 exactly"),
        pytest.param(st.newcombe_difference(0, 0, 3, 4), (None, None, None), id="difference, first empty"),
        pytest.param(st.newcombe_difference(3, 4, 0, 0), (None, None, None), id="difference, second empty"),
        pytest.param(st.mean_interval([]), (None, None, None), id="mean of nobody"),
        pytest.param(st.mean_interval([4]), (4.0, None, None), id="mean of one"),
        pytest.param(st.mean_interval([4, 4, 4]), (4.0, 4.0, 4.0), id="mean of equal values"),
        pytest.param(st.byar_interval(0, 4)[:2], (0.0, 0.0), id="Byar, none observed"),
        pytest.param(st.byar_interval(1, 4, 0.998)[1], 0.0, id="Byar's limit is not below 0"),
        pytest.param(st.exact_poisson_interval(0, 4)[:2], (0.0, 0.0), id="exact, none observed"),
        pytest.param(st.shrink_normal(14, 0, 10, 144, 9), (10.0, 3.0, 0.0), id="shrink a practice of nobody"),
        pytest.param(st.shrink_normal(14, 5, 10, 144, 0), (10.0, 0.0, 0.0), id="practices all alike"),
        pytest.param(st.shrink_normal(14, 5, 10, 0, 9), (14.0, 0.0, 1.0), id="no noise within a practice"),
        pytest.param(st.shrink_normal(14, 5, 10, 0, 0), (10.0, 0.0, 0.0), id="no spread at all"),
        pytest.param(st.between_variance([], [], 4), 0.0, id="between no practices"),
        pytest.param(st.between_variance([3], [9], 4), 0.0, id="between one practice"),
        pytest.param(st.between_variance([3, 3, 3], [9, 8, 7], 4), 0.0, id="between equal practices"),
        pytest.param(st.benjamini_hochberg([]), [], id="no p-values"),
        pytest.param(st.benjamini_hochberg([0.9, 1.0]), [1.0, 1.0], id="adjusted at most 1"),
        pytest.param(st.kaplan_meier([], []), [], id="curve of nobody"),
        pytest.param(st.kaplan_meier([3, 5], [False, False]), [], id="nobody met the milestone"),
        pytest.param(st.recommend_index(0, 0, 0), None, id="recommend index of nobody"),
        pytest.param(st.response_bounds(0, 0, 0), None, id="bounds of nobody"),
        pytest.param(st.weighted_response([]), None, id="weighted, nobody"),
        pytest.param(
            st.weighted_response([st.Stratum(5, 0, 0), st.Stratum(9, 9, 1)]), None, id="weighted, one unseen"
        ),
        pytest.param(
            st.weighted_response([st.Stratum(0, 0, 0), st.Stratum(4, 2, 1)]), (0.5, 2.0), id="empty stratum"
        ),
        pytest.param(st.wilson_interval(3.0, 6.0), st.wilson_interval(3, 6), id="whole floats are counts"),
    ],
)
def test_edge(found, expected):
    assert found == expected


@pytest.mark.parametrize("level", [0.95, 0.998])
@pytest.mark.parametrize("target", [0, 1])
def test_exact_funnel_at_the_ends_stays_within_one_person_of_the_target(target, level):
    low, high = st.exact_funnel_limits_proportion(target, 40, level)
    assert low <= high
    assert abs(low - target) <= 1 / 40
    assert abs(high - target) <= 1 / 40


def test_cumulative_functions_at_the_ends():
    assert quantiles.beta_cumulative(0, 2, 3) == 0
    assert quantiles.beta_cumulative(1, 2, 3) == 1
    assert quantiles.gamma_cumulative(0, 2) == 0
    assert quantiles.beta_quantile(0.025, 0.001, 1) < 1e-300
    assert quantiles.chi_square_quantile(0.999999, 0.5) > quantiles.chi_square_quantile(0.5, 0.5) > 0


REFUSED = {
    "more successes than people": (lambda: st.wilson_interval(5, 4), "successes must not exceed n."),
    "negative count": (lambda: st.wilson_interval(-1, 4), "successes must not be negative."),
    "negative n": (lambda: st.wilson_interval(0, -4), "n must not be negative."),
    "half a person": (lambda: st.wilson_interval(1.5, 4), "successes must be a whole number."),
    "text for a count": (lambda: st.wilson_interval("3", 4), "successes must be a whole number."),
    "level in percent": (
        lambda: st.wilson_interval(1, 4, 95),
        "The level must lie strictly between 0 and 1, for example 0.95.",
    ),
    "level of 1": (lambda: st.mean_interval([1, 2], 1), "strictly between 0 and 1"),
    "level of an empty series": (lambda: st.mean_interval([], 2), "strictly between 0 and 1"),
    "value not a number": (lambda: st.mean_interval([1, math.nan]), "Each value of values must be a finite"),
    "infinite value": (lambda: st.mean_interval([1, math.inf]), "must be a finite number."),
    "nothing expected": (lambda: st.byar_interval(3, 0), "expected must be greater than 0."),
    "negative expected": (lambda: st.exact_poisson_interval(3, -1), "expected must be greater than 0."),
    "observed negative": (lambda: st.exact_poisson_interval(-3, 1), "observed must not be negative."),
    "funnel of nobody": (lambda: st.funnel_limits_proportion(0.5, 0), "n must be at least 1."),
    "exact funnel of nobody": (lambda: st.exact_funnel_limits_proportion(0.5, 0), "n must be at least 1."),
    "funnel of a mean of nobody": (lambda: st.funnel_limits_mean(3, 1, 0), "n must be at least 1."),
    "target above 1": (lambda: st.funnel_limits_proportion(60, 50), "must lie between 0 and 1."),
    "negative deviation": (lambda: st.funnel_limits_mean(3, -1, 4), "deviation must not be negative."),
    "funnel with nothing expected": (lambda: st.funnel_limits_ratio(0), "expected must be greater than 0."),
    "prior of 0": (lambda: st.shrink_rate(1, 2, 0, 1), "alpha must be greater than 0."),
    "negative variance": (lambda: st.shrink_normal(1, 2, 3, -1, 1), "within_variance must not be negative."),
    "no variance within": (
        lambda: st.between_variance([1, 2], [3, 4], 0),
        "within_variance must be greater than 0.",
    ),
    "sizes missing": (lambda: st.between_variance([1, 2], [3], 4), "must have the same length."),
    "empty practice": (lambda: st.between_variance([1, 2], [3, 0], 4), "must be at least 1."),
    "p-value above 1": (lambda: st.benjamini_hochberg([0.1, 1.1]), "Each p-value must lie between 0 and 1."),
    "times and events differ": (lambda: st.kaplan_meier([1, 2], [True]), "must have the same length."),
    "time before the start": (lambda: st.kaplan_meier([-1], [True]), "must not be negative."),
    "event neither met nor not": (lambda: st.kaplan_meier([1], [2]), "must be true or false."),
    "slope of one day": (lambda: st.theil_sen([3, 3], [1, 2]), "at least two different values of x."),
    "line through one day": (lambda: st.least_squares([3], [1]), "at least two different values of x."),
    "area of one reading": (lambda: st.area_under_curve([3], [1]), "at least two readings."),
    "days out of order": (lambda: st.area_under_curve([3, 1], [1, 2]), "in ascending order."),
    "more measured than eligible": (
        lambda: st.response_bounds(1, 5, 4),
        "measured must not exceed eligible.",
    ),
    "stratum with too many measured": (lambda: st.Stratum(4, 5, 1), "successes must not exceed n."),
    "more answers than people": (lambda: st.recommend_index(60, 50, 100), "together must not exceed n."),
}


@pytest.mark.parametrize(("call", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_with_a_sentence(call, sentence):
    with pytest.raises(ValueError, match=sentence.replace(".", r"\.")):
        call()
