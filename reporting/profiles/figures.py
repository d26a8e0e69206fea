"""The figures of a profile: value, interval, how many were measured of how many, and what may not be shown."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from reporting.measures.definitions import BY_ID, Measure
from reporting.measures.patients import PatientResult
from reporting.profiles.disclosure import Share, showable
from reporting.statistics import mean_interval, response_bounds, wilson_interval
from reporting.statistics.clusters import ratio_interval_by_patient
from reporting.suppression import SMALL_UNDER

# House rules on missing data, 2026: below half measured no headline, below 70 percent with bounds.
_HEADLINE_FROM, _PLAIN_FROM = 0.5, 0.7
SIXTEEN = 16  # data days of a window at which the longer device code stands (CMS, CY 2022)


class State(StrEnum):
    """What a reader sees of a figure."""

    SHOWN = "shown"
    BOUNDED = "bounded"  # 50 to 69 percent measured: shown with what the missing could have made of it
    WITHHELD = "withheld"  # small groups could be worked out
    INSUFFICIENT = "insufficient"  # fewer than half measured
    NOT_MEASURED = "not_measured"


@dataclass(frozen=True)
class Figure:
    """One figure ready to show; shares in percent, the rest in `unit`; None where there is nothing to show.

    `numerator` and `measured` are patients; `at_least` says how many were measured at least, where the exact
    number would tell of fewer than 11 patients.
    """

    id: str
    title: str
    unit: str
    state: State
    value: float | int | None = None
    low: float | None = None
    high: float | None = None
    numerator: int | None = None
    measured: int | None = None
    at_least: int | None = None
    eligible: int | None = None
    second: float | None = None
    worst: float | None = None
    best: float | None = None
    note: str = ""
    definition: str = ""


@dataclass(frozen=True)
class Known:
    """How many were measured: exactly, or as a number that they reach, or neither."""

    measured: int | None = None
    at_least: int | None = None


_UNKNOWN = Known()


@dataclass(frozen=True)
class Cohort:
    """The results of a cohort, split as the figures need them."""

    results: tuple[PatientResult, ...]

    @property
    def measured(self) -> list[PatientResult]:
        """Return the patients with pain measured at both ends."""
        return [each for each in self.results if each.change is not None]

    @property
    def completeness(self) -> float:
        """Return the part of the patients measured at both ends, 0 to 1."""
        return len(self.measured) / len(self.results) if self.results else 0.0


def figures_of(
    results: Sequence[PatientResult], *, hidden: frozenset[str] = frozenset()
) -> tuple[Figure, ...]:
    """Return every figure of a cohort of at least 11 patients, in the order of the profile.

    `hidden` names figures that must not be shown beside earlier releases. Raises ValueError for fewer patients.
    """
    cohort = Cohort(tuple(results))
    if len(cohort.results) < SMALL_UNDER:
        raise ValueError(f"A profile needs at least {SMALL_UNDER} patients.")
    may_show = showable(shares_of(results)) - hidden
    return (
        _count(cohort),
        _days_to_first(cohort),
        *_engagement(cohort, may_show),
        *_adherence(cohort),
        *_pain(cohort, may_show),
    )


def shares_of(results: Sequence[PatientResult]) -> list[Share]:
    """Return the shares of patients that a profile would like to show, the most important first."""
    everybody = _keys(results)
    measured = [each for each in results if each.change is not None]
    # Where the number measured would tell of a few patients, shares are of everybody, the missing as not reached.
    missing_is_small = 0 < len(results) - len(measured) < SMALL_UNDER
    group = everybody if missing_is_small else _keys(measured)
    points = {each.key for each in measured if each.change and each.change.reached_points}
    share = {each.key for each in measured if each.change and each.change.reached_share}
    worse = {each.key for each in measured if each.change and each.change.worsened}
    sixteen = {each.key for each in results if each.days_of_30 >= SIXTEEN}
    wanted = [Share("pain.completeness", _keys(measured), everybody)]
    wanted += [Share("pain.reached_points", frozenset(points), group)]
    wanted += [Share("pain.reached_share", frozenset(share), group)]
    # Nobody both improves and worsens, so those between are known as well.
    between = len(group) - len(points) - len(worse)
    if not 0 < between < SMALL_UNDER:
        wanted.append(Share("pain.worsened", frozenset(worse), group))
    return [*wanted, Share("rtm.sixteen_of_30", frozenset(sixteen), everybody)]


def _keys(results: Sequence[PatientResult]) -> frozenset[str]:
    return frozenset(each.key for each in results)


def _count(cohort: Cohort) -> Figure:
    n = len(cohort.results)
    return _figure(BY_ID["cohort.patients"], "patients", value=n, numerator=n, known=Known(n), eligible=n)


def _days_to_first(cohort: Cohort) -> Figure:
    days = sorted(each.days_to_first_data for each in cohort.results if each.days_to_first_data is not None)
    measure, n = BY_ID["access.days_to_first_data"], len(cohort.results)
    if len(days) < SMALL_UNDER:
        return _figure(measure, "days", state=State.INSUFFICIENT, eligible=n)
    median = (days[(len(days) - 1) // 2] + days[len(days) // 2]) / 2
    ninetieth = days[math.ceil(0.9 * len(days)) - 1]
    return _figure(measure, "days", value=median, second=ninetieth, eligible=n, known=_about(len(days), n))


def _engagement(cohort: Cohort, may_show: frozenset[str]) -> list[Figure]:
    n = len(cohort.results)
    asked = [each for each in cohort.results if each.delivered]
    response = _by_patient(
        BY_ID["rtm.response"], [each.answered for each in asked], [each.delivered for each in asked], n
    )
    mean, low, high = mean_interval([each.days_of_30 for each in cohort.results])
    days = _figure(
        BY_ID["rtm.days_of_30"], "days", value=mean, low=low, high=high, known=Known(n), eligible=n
    )
    many = sum(each.days_of_30 >= SIXTEEN for each in cohort.results)
    return [response, days, _share(BY_ID["rtm.sixteen_of_30"], many, n, n, may_show=may_show)]


def _adherence(cohort: Cohort) -> list[Figure]:
    days = [each.adherence for each in cohort.results]
    asked = [each.asked for each in days]
    n = len(days)
    return [
        _by_patient(BY_ID["adherence.conservative"], [each.done for each in days], asked, n),
        _by_patient(
            BY_ID["adherence.reported"], [each.done for each in days], [each.answered for each in days], n
        ),
        _by_patient(BY_ID["adherence.upper"], [each.done + each.silent for each in days], asked, n),
    ]


def _pain(cohort: Cohort, may_show: frozenset[str]) -> list[Figure]:
    n, measured = len(cohort.results), cohort.measured
    changes = [each.change for each in measured if each.change]
    known = _measured(len(measured), n)
    complete = _figure(BY_ID["pain.completeness"], "%", eligible=n, known=known)
    if "pain.completeness" in may_show:
        interval = wilson_interval(len(measured), n) or (0.0, 1.0)
        complete = _figure(
            BY_ID["pain.completeness"],
            "%",
            value=100 * cohort.completeness,
            low=100 * interval[0],
            high=100 * interval[1],
            numerator=len(measured),
            eligible=n,
            known=known,
        )
    means = [
        _mean(BY_ID["pain.baseline"], [float(each.baseline) for each in changes], cohort),
        _mean(BY_ID["pain.improvement"], [float(each.improvement) for each in changes], cohort),
    ]
    counted = {
        "pain.reached_points": sum(each.reached_points for each in changes),
        "pain.reached_share": sum(each.reached_share for each in changes),
        "pain.worsened": sum(each.worsened for each in changes),
    }
    shares = [_pain_share(BY_ID[name], count, cohort, may_show=may_show) for name, count in counted.items()]
    return [complete, *means, *shares]


def _pain_share(measure: Measure, count: int, cohort: Cohort, *, may_show: frozenset[str]) -> Figure:
    n, measured = len(cohort.results), len(cohort.measured)
    if cohort.completeness < _HEADLINE_FROM:
        return _figure(measure, "%", state=State.INSUFFICIENT, eligible=n, known=_measured(measured, n))
    if 0 < n - measured < SMALL_UNDER:
        note = "Of all patients; those not measured count as not reached."
        return _share(measure, count, n, n, may_show=may_show, note=note)
    bounds = response_bounds(count, measured, n)
    state = State.SHOWN if cohort.completeness >= _PLAIN_FROM else State.BOUNDED
    return _share(measure, count, measured, n, may_show=may_show, state=state, bounds=bounds)


def _share(
    measure: Measure,
    count: int,
    of: int,
    eligible: int,
    *,
    may_show: frozenset[str],
    state: State = State.SHOWN,
    bounds: tuple[float, float] | None = None,
    note: str = "",
) -> Figure:
    interval = wilson_interval(count, of)
    if measure.id not in may_show or interval is None:
        few = f"Fewer than {SMALL_UNDER} of {of}." if count < SMALL_UNDER else _SMALL
        return _figure(measure, "%", state=State.WITHHELD, eligible=eligible, note=few)
    return _figure(
        measure,
        "%",
        state=state,
        value=100 * count / of,
        low=100 * interval[0],
        high=100 * interval[1],
        numerator=count,
        known=Known(of),
        eligible=eligible,
        worst=100 * bounds[0] if bounds else None,
        best=100 * bounds[1] if bounds else None,
        note=note,
    )


def _mean(measure: Measure, values: Sequence[float], cohort: Cohort) -> Figure:
    n, known = len(cohort.results), _measured(len(values), len(cohort.results))
    if len(values) < SMALL_UNDER or cohort.completeness < _HEADLINE_FROM:
        return _figure(measure, "points", state=State.INSUFFICIENT, eligible=n, known=known)
    mean, low, high = mean_interval(values)
    state = State.SHOWN if cohort.completeness >= _PLAIN_FROM else State.BOUNDED
    return _figure(measure, "points", state=state, value=mean, low=low, high=high, eligible=n, known=known)


def _by_patient(measure: Measure, parts: Sequence[int], wholes: Sequence[int], eligible: int) -> Figure:
    measured = sum(whole > 0 for whole in wholes)
    known = _about(measured, eligible)
    if measured < SMALL_UNDER:
        return _figure(measure, "%", state=State.INSUFFICIENT, eligible=eligible, known=known)
    share, low, high = ratio_interval_by_patient(parts, wholes)
    return _figure(
        measure,
        "%",
        value=None if share is None else 100 * share,
        low=None if low is None else 100 * low,
        high=None if high is None else 100 * high,
        eligible=eligible,
        note=f"{sum(parts):,} of {sum(wholes):,} {'texts' if measure.id == 'rtm.response' else 'days'}",
        known=known,
    )


_SMALL = "Withheld: it would tell of fewer than 11 patients."


def _measured(measured: int, eligible: int) -> Known:
    """Return how many were measured, exactly or, where the rest or they are few, as a number they reach."""
    if 0 < eligible - measured < SMALL_UNDER:
        return Known(at_least=max(0, eligible - SMALL_UNDER + 1))
    return Known(None if 0 < measured < SMALL_UNDER else measured)


def _about(measured: int, eligible: int) -> Known:
    """Return how many were measured as a round number they reach: exact, it would tell who lies between two."""
    if measured in {0, eligible}:
        return Known(measured)
    return Known(at_least=max(0, min(measured // 10 * 10, eligible - SMALL_UNDER + 1)))


def _figure(
    measure: Measure,
    unit: str,
    *,
    state: State = State.SHOWN,
    value: float | None = None,
    low: float | None = None,
    high: float | None = None,
    second: float | None = None,
    worst: float | None = None,
    best: float | None = None,
    numerator: int | None = None,
    known: Known = _UNKNOWN,
    eligible: int | None = None,
    note: str = "",
) -> Figure:
    return Figure(
        id=measure.id,
        title=measure.title,
        unit=unit,
        state=state,
        value=_rounded(value),
        low=_rounded(low),
        high=_rounded(high),
        numerator=numerator,
        measured=known.measured,
        at_least=known.at_least,
        eligible=eligible,
        second=_rounded(second),
        worst=_rounded(worst),
        best=_rounded(best),
        note=note,
        definition=measure.definition,
    )


def _rounded(value: float | None) -> float | int | None:
    """Return a figure with one decimal, whole numbers as whole: nobody reads more, and files stay alike."""
    if value is None:
        return None
    rounded = round(value, 1)
    return int(rounded) if rounded == int(rounded) else rounded
