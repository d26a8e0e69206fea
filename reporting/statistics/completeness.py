"""What the missing answers could have been: bounds, and weighting by who was reached."""

from collections.abc import Sequence
from dataclasses import dataclass

from reporting.statistics.checked import Count, successes_of, whole


@dataclass(frozen=True)
class Stratum:
    """One group of eligible patients: how many, how many of them measured, how many of these responded."""

    eligible: int
    measured: int
    responders: int

    def __post_init__(self) -> None:
        successes_of(self.measured, self.eligible)
        successes_of(self.responders, self.measured)


def response_bounds(responders: Count, measured: Count, eligible: Count) -> tuple[float, float] | None:
    """Return (worst, best): the share if every missing patient had failed, and if each had responded.

    None when nobody was eligible. Raises ValueError when responders exceed measured or measured eligible.

    >>> response_bounds(66, 108, 200)
    (0.33, 0.79)
    """
    hits, seen = successes_of(responders, measured)
    whom = whole(eligible, name="eligible")
    if seen > whom:
        raise ValueError("measured must not exceed eligible.")
    return (hits / whom, (hits + whom - seen) / whom) if whom else None


def weighted_response(strata: Sequence[Stratum]) -> tuple[float, float] | None:
    """Return (share, effective n) with each measured patient weighted by one over the chance of it.

    Inverse-probability weighting by stratum; the effective sample size is Kish's (1965). None when a
    stratum with eligible patients has nobody measured: no weight can make up for that.

    >>> share, effective = weighted_response([Stratum(80, 60, 42), Stratum(120, 48, 24)])
    >>> round(share, 6), round(effective, 4)
    (0.58, 98.3607)
    """
    present = [stratum for stratum in strata if stratum.eligible]
    if not present or any(stratum.measured == 0 for stratum in present):
        return None
    everyone = sum(stratum.eligible for stratum in present)
    share = sum(s.responders * s.eligible / s.measured for s in present) / everyone
    return share, everyone**2 / sum(s.eligible**2 / s.measured for s in present)
