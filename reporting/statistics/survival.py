"""Time to a milestone, for patients some of whom have not reached it yet."""

import math
from collections import Counter
from collections.abc import Sequence

from reporting.statistics.checked import Number, paired


def kaplan_meier(times: Sequence[Number], events: Sequence[bool]) -> list[tuple[float, float, float]]:
    """Return (time, survival, standard error) at each event time (Kaplan and Meier 1958; Greenwood 1926).

    `events` is true where the milestone was met at that time, false where the patient was last seen then;
    somebody last seen on a day of events still counted as waiting on that day. Once survival is 0 its
    standard error is given as 0, where Greenwood's formula has no value. Raises ValueError for series of
    different lengths or negative times.

    >>> curve = kaplan_meier([10, 14, 14, 21, 28, 35], [True, True, False, True, False, True])
    >>> [(time, round(survival, 6), round(error, 6)) for time, survival, error in curve]
    [(10.0, 0.833333, 0.152145), (14.0, 0.666667, 0.19245), (21.0, 0.444444, 0.222222), (35.0, 0.0, 0.0)]
    """
    moments, met = paired(times, events, names="times and events")
    if any(moment < 0 for moment in moments):
        raise ValueError("Each of times must not be negative.")
    if any(event not in (0, 1) for event in met):
        raise ValueError("Each of events must be true or false.")
    leaving, reaching = Counter(moments), Counter(t for t, event in zip(moments, met, strict=True) if event)
    curve: list[tuple[float, float, float]] = []
    survival, spread, waiting = 1.0, 0.0, len(moments)
    for moment in sorted(leaving):
        if reached := reaching[moment]:
            survival *= (waiting - reached) / waiting
            spread += reached / (waiting * (waiting - reached)) if waiting > reached else 0.0
            curve.append((moment, survival, survival * math.sqrt(spread)))
        waiting -= leaving[moment]
    return curve
