"""The worked numbers of the method notes: every formula gives the published figure."""

import doctest
import importlib
import pkgutil

import pytest

import reporting.statistics
from reporting import statistics as st
from reporting.statistics.quantiles import t_value, z_value

CHANGES = [12, 5, 18, 9, 0, 22, 15, -3, 11, 8]
DAYS, PAIN = [0, 7, 14, 28], [8, 6, 5, 3]

WORKED = {
    "wilson 45 of 60": (st.wilson_interval(45, 60), (0.627679, 0.842235)),
    "wilson 18 of 24": (st.wilson_interval(18, 24), (0.551006, 0.880006)),
    "wilson none of 12": (st.wilson_interval(0, 12), (0, 0.242494)),
    "wilson all of 12": (st.wilson_interval(12, 12), (0.757506, 1)),
    "wilson denials": (st.wilson_interval(37, 412), (0.065856, 0.121334)),
    "newcombe": (st.newcombe_difference(45, 60, 30, 60), (0.25, 0.0767796, 0.4034608)),
    "mean of ten changes": (st.mean_interval(CHANGES), (9.7, 4.178915, 15.221085)),
    "byar 24": (st.byar_interval(24, 18.6), (1.2903226, 0.8264904, 1.9199794)),
    "byar 100": (st.byar_interval(100, 80), (1.25, 1.0170263, 1.5203492)),
    "exact 24": (st.exact_poisson_interval(24, 18.6), (1.290323, 0.826734, 1.919898)),
    "exact 6": (st.exact_poisson_interval(6, 9.4), (0.6382979, 0.2342441, 1.3893057)),
    "exact 0": (st.exact_poisson_interval(0, 3.2), (0, 0, 1.1527748)),
    "ratio takes exact under 10": (st.ratio_interval(6, 9.4), (0.6382979, 0.2342441, 1.3893057)),
    "ratio takes Byar from 10": (st.ratio_interval(24, 18.6), (1.2903226, 0.8264904, 1.9199794)),
    "funnel share 95": (st.funnel_limits_proportion(0.6, 50), (0.4642097, 0.7357903)),
    "funnel share 99.8": (st.funnel_limits_proportion(0.6, 50, 0.998), (0.3859024, 0.8140976)),
    "funnel p-chart of denials": (
        st.funnel_limits_proportion(0.08, 150, 0.9973002039),
        (0.0135470, 0.1464530),
    ),
    "funnel exact 95": (st.exact_funnel_limits_proportion(0.6, 50), (0.4516653, 0.7240554)),
    "funnel exact 99.8": (st.exact_funnel_limits_proportion(0.6, 50, 0.998), (0.3712515, 0.7966288)),
    "funnel ratio 95": (st.funnel_limits_ratio(20), (0.5617387, 1.4382613)),
    "funnel ratio 99.8": (st.funnel_limits_ratio(20, 0.998), (0.309003, 1.690997)),
    "funnel mean 95": (st.funnel_limits_mean(12, 10, 25), (8.080072, 15.919928)),
    "funnel mean 99.8": (st.funnel_limits_mean(12, 10, 25, 0.998), (5.819535, 18.180465)),
    "shrink a mean": (st.shrink_normal(14, 36, 10, 144, 9), (12.7692308, 1.6641006, 0.6923077)),
    "shrink a share": (st.shrink_rate(9, 10, 12, 8), (0.70, 0.5276155, 0.8471541)),
    "recommend index": (st.recommend_index(60, 15, 100), (45, 30.4976, 59.5024)),
    "false discovery": (
        st.benjamini_hochberg([0.001, 0.012, 0.03, 0.04, 0.2]),
        (0.005, 0.03, 0.05, 0.05, 0.2),
    ),
    "false discovery keeps the order": (
        st.benjamini_hochberg([0.2, 0.04, 0.001, 0.03, 0.012]),
        (0.2, 0.05, 0.005, 0.05, 0.03),
    ),
    "least squares": (st.least_squares(DAYS, PAIN), (-0.1714286, 7.6)),
    "bounds of missing answers": (st.response_bounds(66, 108, 200), (0.33, 0.79)),
    "weighted by completeness": (
        st.weighted_response([st.Stratum(80, 60, 42), st.Stratum(120, 48, 24)]),
        (0.58, 98.3607),
    ),
}


@pytest.mark.parametrize(("found", "expected"), WORKED.values(), ids=WORKED.keys())
def test_worked_number(found, expected):
    # Figures of 20 and more are published with four decimals, the others with six or seven.
    assert tuple(found) == pytest.approx(expected, abs=6e-5 if max(expected) > 20 else 6e-7, rel=0)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        pytest.param(z_value(0.95), 1.959964, id="z of 95 %"),
        pytest.param(z_value(0.998), 3.090232, id="z of 99.8 %"),
        pytest.param(t_value(0.95, 9), 2.262157, id="t of 95 % with 9 degrees"),
        pytest.param(st.theil_sen(DAYS, PAIN), -0.1607143, id="Theil-Sen"),
        pytest.param(st.area_under_curve(DAYS, PAIN), 143.5, id="area"),
        pytest.param(
            st.between_variance([8, 12, 15, 9], [20, 50, 30, 80], 100), 5.8063063, id="between practices"
        ),
    ],
)
def test_worked_single_number(found, expected):
    assert found == pytest.approx(expected, abs=6e-7)


def test_four_practices_drawn_towards_the_network():
    """The chain of the notes: variance between practices, reliability of each, estimate of each."""
    between = st.between_variance([8, 12, 15, 9], [20, 50, 30, 80], 100)
    shrunk = [
        st.shrink_normal(mean, n, 11.009974, 100, between)
        for mean, n in zip([8, 12, 15, 9], [20, 50, 30, 80], strict=True)
    ]
    assert [each[2] for each in shrunk] == pytest.approx([0.537307, 0.743797, 0.635288, 0.822854], abs=1e-6)
    assert [each[0] for each in shrunk] == pytest.approx([9.392693, 11.746352, 13.544791, 9.356060], abs=1e-6)


def test_time_to_a_milestone():
    curve = st.kaplan_meier([10, 14, 14, 21, 28, 35], [1, 1, 0, 1, 0, 1])
    assert [point[0] for point in curve] == [10, 14, 21, 35]
    assert [point[1] for point in curve] == pytest.approx([0.833333, 0.666667, 0.444444, 0], abs=1e-6)
    assert [point[2] for point in curve[1:]] == pytest.approx([0.192450, 0.222222, 0], abs=1e-6)


@pytest.mark.parametrize("name", [each.name for each in pkgutil.iter_modules(reporting.statistics.__path__)])
def test_examples_in_docstrings_hold(name):
    outcome = doctest.testmod(importlib.import_module(f"reporting.statistics.{name}"))
    assert outcome.failed == 0
