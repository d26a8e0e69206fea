"""The formulas against scipy and statsmodels on random data, to 1e-6."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as some
from scipy import special
from scipy import stats as scipy_stats
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.meta_analysis import combine_effects
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from reporting import statistics as st
from reporting.statistics import quantiles

TOLERANCE = {"abs": 1e-6, "rel": 1e-6}
LEVELS = some.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99, 0.998])
on_random_data = settings(deadline=None)  # the first call to scipy alone may take a second
# The references divide by 0 for samples without spread; what they return there is compared all the same.
pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")
READINGS = some.floats(-1e3, 1e3).map(lambda value: round(value, 3))


@some.composite
def shares(draw, smallest=1):
    n = draw(some.integers(smallest, 3000))
    return draw(some.integers(0, n)), n


def near(value):
    return pytest.approx(value, **TOLERANCE)


@on_random_data
@given(shares(), LEVELS)
def test_wilson_equals_statsmodels(share, level):
    assert st.wilson_interval(*share, level) == near(
        proportion_confint(*share, alpha=1 - level, method="wilson")
    )


@on_random_data
@given(shares(), shares(), LEVELS)
def test_newcombe_equals_statsmodels(first, second, level):
    low, high = confint_proportions_2indep(*first, *second, method="newcomb", compare="diff", alpha=1 - level)
    difference = first[0] / first[1] - second[0] / second[1]
    assert st.newcombe_difference(*first, *second, level) == near((difference, low, high))


@on_random_data
@given(some.lists(READINGS, min_size=2, max_size=60), LEVELS)
def test_mean_interval_equals_scipy(values, level):
    mean, low, high = st.mean_interval(values, level)
    assume(len(set(values)) > 1)
    expected = scipy_stats.t.interval(
        level, len(values) - 1, loc=np.mean(values), scale=scipy_stats.sem(values)
    )
    assert (mean, low, high) == near((np.mean(values), *expected))


@on_random_data
@given(some.integers(0, 5000), some.floats(0.01, 5000), LEVELS)
def test_exact_poisson_equals_scipy(observed, expected, level):
    tail = (1 - level) / 2
    low = scipy_stats.chi2.ppf(tail, 2 * observed) / 2 if observed else 0
    high = scipy_stats.chi2.ppf(1 - tail, 2 * observed + 2) / 2
    assert st.exact_poisson_interval(observed, expected, level) == near(
        (observed / expected, low / expected, high / expected)
    )


@on_random_data
@given(some.integers(10, 5000), some.floats(0.01, 5000))
def test_byar_is_close_to_exact_from_ten_on(observed, expected):
    exact = st.exact_poisson_interval(observed, expected)
    assert st.byar_interval(observed, expected) == pytest.approx(exact, rel=2e-3)


@on_random_data
@given(some.floats(0.01, 0.99), some.integers(1, 800), LEVELS)
def test_exact_funnel_equals_scipy(target, n, level):
    tail = (1 - level) / 2
    binomial = scipy_stats.binom(n, target)
    limits = []
    for probability in (tail, 1 - tail):
        # scipy's quantile itself is the smallest count whose cumulative probability reaches the level.
        count = int(np.argmax(binomial.cdf(np.arange(n + 1)) >= probability))
        limits.append((count - (binomial.cdf(count) - probability) / binomial.pmf(count)) / n)
    assert st.exact_funnel_limits_proportion(target, n, level) == near(tuple(limits))


@on_random_data
@given(some.floats(0, 1), some.integers(1, 10_000), LEVELS)
def test_funnel_of_a_share_equals_scipy(target, n, level):
    expected = scipy_stats.norm.interval(level, target, np.sqrt(target * (1 - target) / n) or 1e-12)
    assert st.funnel_limits_proportion(target, n, level) == near(expected)


@on_random_data
@given(READINGS, some.floats(0.01, 1e3), some.integers(1, 10_000), LEVELS)
def test_funnel_of_a_mean_equals_scipy(target, deviation, n, level):
    expected = scipy_stats.norm.interval(level, target, deviation / np.sqrt(n))
    assert st.funnel_limits_mean(target, deviation, n, level) == near(expected)


@on_random_data
@given(shares(smallest=0), some.floats(0.3, 500), some.floats(0.3, 500), LEVELS)
def test_beta_posterior_equals_scipy(share, alpha, beta, level):
    hits, n = share
    posterior = scipy_stats.beta(alpha + hits, beta + n - hits)
    assert st.shrink_rate(hits, n, alpha, beta, level) == near((posterior.mean(), *posterior.interval(level)))


@on_random_data
@given(
    some.lists(some.tuples(READINGS, some.integers(1, 400)), min_size=2, max_size=30), some.floats(0.1, 1e3)
)
def test_between_variance_equals_statsmodels(practices, within):
    means, sizes = np.array(practices).T
    expected = combine_effects(means, within / sizes, method_re="chi2").tau2
    assert st.between_variance(means, sizes, within) == pytest.approx(max(0, expected), rel=1e-6, abs=1e-6)


@on_random_data
@given(some.lists(some.floats(0, 1), min_size=1, max_size=60))
def test_false_discovery_equals_statsmodels(p_values):
    assert st.benjamini_hochberg(p_values) == near(list(multipletests(p_values, method="fdr_bh")[1]))


@on_random_data
@given(some.lists(some.tuples(some.integers(0, 40), some.booleans()), min_size=1, max_size=80))
def test_kaplan_meier_equals_statsmodels(patients):
    times, events = [list(column) for column in zip(*patients, strict=True)]
    assume(any(events))
    curve = st.kaplan_meier(times, events)
    reference = SurvfuncRight(np.array(times, float), np.array(events, int))
    # statsmodels leaves the standard error undefined where nobody is left; here it is 0.
    errors = np.nan_to_num(reference.surv_prob_se)
    for column, expected in enumerate((reference.surv_times, reference.surv_prob, errors)):
        assert [point[column] for point in curve] == near(list(expected))


@some.composite
def courses(draw):
    days = draw(some.lists(some.integers(0, 200), min_size=2, max_size=40))
    assume(len(set(days)) > 1)
    return sorted(days), [draw(some.integers(0, 20)) / 2 for _ in days]


@on_random_data
@given(courses())
def test_slopes_and_area_equal_scipy_and_numpy(course):
    days, pain = course
    line = scipy_stats.linregress(days, pain)
    assert st.least_squares(days, pain) == near((line.slope, line.intercept))
    assert st.theil_sen(days, pain) == near(scipy_stats.theilslopes(pain, days).slope)
    assert st.area_under_curve(days, pain) == near(np.trapezoid(pain, days))


@on_random_data
@given(some.floats(0.1, 2e3), some.floats(0.1, 2e3), some.floats(0, 1))
def test_cumulative_functions_equal_scipy(first, second, x):
    assert quantiles.beta_cumulative(x, first, second) == pytest.approx(
        special.betainc(first, second, x), abs=1e-10
    )
    assert quantiles.gamma_cumulative(second, first) == pytest.approx(
        special.gammainc(first, second), abs=1e-10
    )


@on_random_data
@given(LEVELS, some.integers(1, 100_000))
def test_t_equals_scipy(level, degrees):
    assert quantiles.t_value(level, degrees) == pytest.approx(
        scipy_stats.t.ppf((1 + level) / 2, degrees), rel=1e-9
    )


@on_random_data
@given(some.floats(1e-6, 1 - 1e-6), some.floats(0.2, 5e3))
def test_chi_square_equals_scipy(probability, degrees):
    assert quantiles.chi_square_quantile(probability, degrees) == pytest.approx(
        scipy_stats.chi2.ppf(probability, degrees), rel=1e-7
    )
