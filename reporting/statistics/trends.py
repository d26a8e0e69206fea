"""The course of one patient's readings: slopes and the area under the curve."""

import math
from collections.abc import Sequence
from itertools import combinations, pairwise
from statistics import median

from reporting.statistics.checked import Number, paired


def theil_sen(x: Sequence[Number], y: Sequence[Number]) -> float:
    """Return the median of all pairwise slopes, y per unit of x (Theil 1950, Sen 1968).

    Pairs at the same x are left out. Raises ValueError when no two x differ or the lengths do.

    >>> round(theil_sen([0, 7, 14, 28], [8, 6, 5, 3]), 6)
    -0.160714
    """
    points = list(zip(*paired(x, y, names="x and y"), strict=True))
    slopes = [(y2 - y1) / (x2 - x1) for (x1, y1), (x2, y2) in combinations(points, 2) if x1 != x2]
    if not slopes:
        raise ValueError("A slope needs at least two different values of x.")
    return median(slopes)


def least_squares(x: Sequence[Number], y: Sequence[Number]) -> tuple[float, float]:
    """Return (slope, intercept) of the ordinary least-squares line.

    Raises ValueError when no two x differ or the lengths do.

    >>> [round(value, 6) for value in least_squares([0, 7, 14, 28], [8, 6, 5, 3])]
    [-0.171429, 7.6]
    """
    across, up = paired(x, y, names="x and y")
    if len(set(across)) < 2:
        raise ValueError("A slope needs at least two different values of x.")
    mean_x, mean_y = math.fsum(across) / len(across), math.fsum(up) / len(up)
    spread = math.fsum((each - mean_x) ** 2 for each in across)
    shared = math.fsum((a - mean_x) * (b - mean_y) for a, b in zip(across, up, strict=True))
    slope = shared / spread
    return slope, mean_y - slope * mean_x


def area_under_curve(days: Sequence[Number], values: Sequence[Number]) -> float:
    """Return the area by the trapezoid rule over observed points only, in value times day.

    Raises ValueError for fewer than two readings, days out of order, or different lengths.

    >>> area_under_curve([0, 7, 14, 28], [8, 6, 5, 3])
    143.5
    """
    points = list(zip(*paired(days, values, names="days and values"), strict=True))
    if len(points) < 2:
        raise ValueError("An area needs at least two readings.")
    if any(later[0] < earlier[0] for earlier, later in pairwise(points)):
        raise ValueError("The days must be in ascending order.")
    return math.fsum((d2 - d1) * (v1 + v2) / 2 for (d1, v1), (d2, v2) in pairwise(points))
