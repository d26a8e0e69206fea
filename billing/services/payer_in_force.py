"""Which payer's word holds on a date: recorded coverages and settled policies become the rules' payer."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from billing.document import Coverage, LastDateRule, LiveContactRule, Payer, SetUpDateRule

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class CoverageSpell:
    """What one payer of a patient was found to cover, from when to when."""

    payer: UUID
    status: Coverage
    starts_on: date
    ends_on: date | None
    covered_from: date | None
    recorded_at: datetime
    id: str

    def holds(self, day: date) -> bool:
        """Whether the date lies in the spell."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True, slots=True)
class SettledPolicy:
    """How a payer wants RTM billed, from a date on."""

    starts_on: date
    live_contact_rule: LiveContactRule
    covered_codes: frozenset[str] | None


def payer_on(
    day: date, *, coverages: Sequence[CoverageSpell], policies: Mapping[UUID, Sequence[SettledPolicy]]
) -> Payer:
    """The payer's word on a date; coverage unknown when no recorded coverage holds then.

    Of several coverages the one that began last holds, then the one recorded last.
    """
    coverage = coverage_on(day, coverages=coverages)
    if coverage is None:
        return _payer(Coverage.UNKNOWN, covered_from=None, policy=None)
    settled = [each for each in policies.get(coverage.payer, ()) if each.starts_on <= day]
    return _payer(
        coverage.status,
        covered_from=_covered_from(coverage, coverages=coverages),
        policy=max(settled, key=lambda each: each.starts_on, default=None),
    )


def coverage_on(day: date, *, coverages: Iterable[CoverageSpell]) -> CoverageSpell | None:
    """The coverage that holds on a date; None where none is recorded."""
    return max((each for each in coverages if each.holds(day)), key=_precedence, default=None)


def days_of_change(
    *, coverages: Iterable[CoverageSpell], policies: Mapping[UUID, Sequence[SettledPolicy]]
) -> set[date]:
    """The dates from which another word may hold than the day before."""
    days = set()
    for coverage in coverages:
        days.add(coverage.starts_on)
        if coverage.ends_on is not None:
            days.add(coverage.ends_on + DAY)
        days.update(each.starts_on for each in policies.get(coverage.payer, ()))
    return days


def _precedence(coverage: CoverageSpell) -> tuple[date, datetime, str]:
    return coverage.starts_on, coverage.recorded_at, coverage.id


def _covered_from(coverage: CoverageSpell, *, coverages: Sequence[CoverageSpell]) -> date | None:
    """The first covered date: coverage renewed without a gap by the same payer reaches back to the first.

    A prior authorization counts from its own date only, so without one there is none.
    """
    if coverage.status is Coverage.PRIOR_AUTH and coverage.covered_from is None:
        return None
    first = coverage.starts_on
    earlier = [each for each in coverages if each.status is coverage.status and each.payer == coverage.payer]
    for each in sorted(earlier, key=_precedence, reverse=True):
        if each.starts_on < first and (each.ends_on is None or each.ends_on >= first - DAY):
            first = max(each.starts_on, each.covered_from or each.starts_on)
    return max(first, coverage.covered_from or first)


def _payer(status: Coverage, *, covered_from: date | None, policy: SettledPolicy | None) -> Payer:
    return Payer(
        coverage=status,
        covered_from=covered_from,
        covered_codes=policy.covered_codes if policy else None,
        live_contact_rule=policy.live_contact_rule if policy else LiveContactRule.STRICT,
        set_up_date_rule=SetUpDateRule.SET_UP,
        device_date_rule=LastDateRule.LAST_DAY,
        management_date_rule=LastDateRule.LAST_DAY,
    )
