"""A network's figures by practice and pooled: each with how many, an interval where there are enough, no ranks."""

from collections.abc import Sequence
from dataclasses import dataclass, fields

from reporting.measures.patients import PatientResult
from reporting.statistics import wilson_interval
from reporting.statistics.clusters import ratio_interval_by_patient
from reporting.suppression import SMALL_UNDER, rate_may_be_shown

# House rule, 2026: from 20 patients on an interval says something; below, the share is marked as of few.
_INTERVAL_FROM = 20


@dataclass(frozen=True)
class Rate:
    """One share in percent of n patients, with its interval; without a value `words` says why."""

    n: int | None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    words: str = ""


@dataclass(frozen=True)
class PracticeFigures:
    """What the network may see of a practice, or of all of them together."""

    enrolled: Rate
    response: Rate
    adherence: Rate
    completeness: Rate


def figures_of_practice(
    results: Sequence[PatientResult], *, open_episodes: int, monitored: int
) -> PracticeFigures:
    """Return a practice's figures; those of fewer than 11 patients are not shown outside it.

    `results` are of patients followed for 30 days; `open_episodes` and `monitored` count patients of today.
    """
    return PracticeFigures(
        enrolled=people_rate(monitored, open_episodes),
        response=_text_rate([(each.answered, each.delivered) for each in results]),
        adherence=_text_rate([(each.adherence.done, each.adherence.asked) for each in results]),
        completeness=people_rate(sum(each.change is not None for each in results), len(results)),
    )


def beside(pooled: PracticeFigures, shown: Sequence[PracticeFigures]) -> PracticeFigures:
    """Return the pooled figures without those that, less the practices shown, would tell of 1 to 10 patients."""
    return PracticeFigures(
        **{
            each.name: _beside(getattr(pooled, each.name), [getattr(one, each.name) for one in shown])
            for each in fields(pooled)
        }
    )


def _beside(pooled: Rate, shown: Sequence[Rate]) -> Rate:
    rest = (pooled.n or 0) - sum(each.n or 0 for each in shown)
    if any(each.n for each in shown) and 0 < rest < SMALL_UNDER:
        return Rate(None, words="withheld: it would tell of a practice with fewer than 11")
    return pooled


def people_rate(part: int, of: int) -> Rate:
    """Return a share of patients: hidden under 11, and in words where it would tell of 1 to 10 of them.

    >>> people_rate(5, 9).words, people_rate(45, 60).value, people_rate(58, 60).words
    ('fewer than 11 patients', 75.0, '83 % or more')
    """
    if of < SMALL_UNDER:
        return Rate(None, words="fewer than 11 patients")
    if not rate_may_be_shown(part, of):
        least = of - SMALL_UNDER + 1
        few = part < SMALL_UNDER
        return Rate(of, words="fewer than 11 of them" if few else f"{int(100 * least / of)} % or more")
    low, high = wilson_interval(part, of) or (0.0, 1.0)
    return _rate(of, part / of, low, high)


def _text_rate(pairs: Sequence[tuple[int, int]]) -> Rate:
    asked = [(part, whole) for part, whole in pairs if whole]
    if len(asked) < SMALL_UNDER:
        return Rate(None, words="fewer than 11 patients")
    share, low, high = ratio_interval_by_patient([part for part, _ in asked], [whole for _, whole in asked])
    return _rate(len(asked), share or 0.0, low or 0.0, high or 0.0)


def _rate(n: int, share: float, low: float, high: float) -> Rate:
    value = round(100 * share, 1)
    if n < _INTERVAL_FROM:
        return Rate(n, value, words="few patients: no interval")
    return Rate(n, value, round(100 * low, 1), round(100 * high, 1))
