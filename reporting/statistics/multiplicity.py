"""Many comparisons at once: keep the share of false alarms on a watch list small."""

from collections.abc import Sequence

from reporting.statistics.checked import Number, share


def benjamini_hochberg(p_values: Sequence[Number]) -> list[float]:
    """Return p-values adjusted for the false discovery rate (Benjamini, Hochberg 1995), in the order given.

    Raises ValueError for a p-value outside 0 to 1.

    >>> [round(value, 6) for value in benjamini_hochberg([0.001, 0.012, 0.03, 0.04, 0.20])]
    [0.005, 0.03, 0.05, 0.05, 0.2]
    """
    given = [share(value, name="Each p-value") for value in p_values]
    adjusted = [0.0] * len(given)
    smallest = 1.0
    for rank, place in reversed(list(enumerate(sorted(range(len(given)), key=given.__getitem__), start=1))):
        smallest = min(smallest, given[place] * len(given) / rank)
        adjusted[place] = smallest
    return adjusted
