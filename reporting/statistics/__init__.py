"""The statistics of the reports: each formula with its source, plain numbers in and out.

Standard library only. A confidence level is a share (0.95), never a percentage.
"""

from reporting.statistics.completeness import Stratum, response_bounds, weighted_response
from reporting.statistics.funnels import (
    exact_funnel_limits_proportion,
    funnel_limits_mean,
    funnel_limits_proportion,
    funnel_limits_ratio,
)
from reporting.statistics.means import mean_interval
from reporting.statistics.multiplicity import benjamini_hochberg
from reporting.statistics.proportions import (
    newcombe_difference,
    recommend_index,
    shrink_rate,
    wilson_interval,
)
from reporting.statistics.ratios import byar_interval, exact_poisson_interval, ratio_interval
from reporting.statistics.shrinkage import between_variance, shrink_normal
from reporting.statistics.survival import kaplan_meier
from reporting.statistics.trends import area_under_curve, least_squares, theil_sen

__all__ = [
    "Stratum",
    "area_under_curve",
    "benjamini_hochberg",
    "between_variance",
    "byar_interval",
    "exact_funnel_limits_proportion",
    "exact_poisson_interval",
    "funnel_limits_mean",
    "funnel_limits_proportion",
    "funnel_limits_ratio",
    "kaplan_meier",
    "least_squares",
    "mean_interval",
    "newcombe_difference",
    "ratio_interval",
    "recommend_index",
    "response_bounds",
    "shrink_normal",
    "shrink_rate",
    "theil_sen",
    "weighted_response",
    "wilson_interval",
]
