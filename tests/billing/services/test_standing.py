"""What stood when: payers by date, periods between changes; no database."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from billing.document import Coverage, DateRange, LiveContactRule
from billing.services.payer_in_force import CoverageSpell, SettledPolicy, days_of_change, payer_on
from billing.services.standing import Standing, lay_periods

LAKE, HILL = UUID(int=1), UUID(int=2)


def day(text: str) -> date:
    """A date of 2026 written MM-DD."""
    return date.fromisoformat(f"2026-{text}")


def spell(payer, first, last=None, *, status=Coverage.COVERED, covered_from=None, recorded=1):
    """A coverage from first to last, MM-DD, recorded on a day of January."""
    return CoverageSpell(
        payer=payer,
        status=status,
        starts_on=day(first),
        ends_on=day(last) if last else None,
        covered_from=day(covered_from) if covered_from else None,
        recorded_at=datetime(2026, 1, recorded, tzinfo=UTC),
        id=f"{first} {recorded}",
    )


AUTHORIZED = Coverage.PRIOR_AUTH
CASES = {
    "nothing recorded": ([], "03-15", Coverage.UNKNOWN, None),
    "covered": ([spell(LAKE, "01-01")], "03-15", Coverage.COVERED, "01-01"),
    "before it began": ([spell(LAKE, "04-01")], "03-15", Coverage.UNKNOWN, None),
    "on its last date": ([spell(LAKE, "01-01", "03-15")], "03-15", Coverage.COVERED, "01-01"),
    "after it ended": ([spell(LAKE, "01-01", "03-14")], "03-15", Coverage.UNKNOWN, None),
    "covered later than insured": (
        [spell(LAKE, "01-01", covered_from="02-10")],
        "03-15",
        Coverage.COVERED,
        "02-10",
    ),
    "covered no earlier than insured": (
        [spell(LAKE, "02-01", covered_from="01-10")],
        "03-15",
        Coverage.COVERED,
        "02-01",
    ),
    "renewed without a gap": (
        [spell(LAKE, "01-01", "02-28"), spell(LAKE, "03-01")],
        "03-15",
        Coverage.COVERED,
        "01-01",
    ),
    "renewed twice, covered from the tenth": (
        [
            spell(LAKE, "01-01", "01-31", covered_from="01-10"),
            spell(LAKE, "02-01", "02-28"),
            spell(LAKE, "03-01"),
        ],
        "03-15",
        Coverage.COVERED,
        "01-10",
    ),
    "renewed after a gap": (
        [spell(LAKE, "01-01", "02-27"), spell(LAKE, "03-01")],
        "03-15",
        Coverage.COVERED,
        "03-01",
    ),
    "another payer": (
        [spell(LAKE, "01-01", "02-28"), spell(HILL, "03-01")],
        "03-15",
        Coverage.COVERED,
        "03-01",
    ),
    "the one that began last": (
        [spell(LAKE, "01-01"), spell(HILL, "03-01")],
        "03-15",
        Coverage.COVERED,
        "03-01",
    ),
    "corrected": (
        [spell(LAKE, "01-01"), spell(LAKE, "01-01", status=Coverage.NOT_COVERED, recorded=9)],
        "03-15",
        Coverage.NOT_COVERED,
        "01-01",
    ),
    "authorized": (
        [spell(LAKE, "01-01", status=AUTHORIZED, covered_from="03-01")],
        "03-15",
        AUTHORIZED,
        "03-01",
    ),
    "authorized without a date": ([spell(LAKE, "01-01", status=AUTHORIZED)], "03-15", AUTHORIZED, None),
}


@pytest.mark.parametrize(("coverages", "on", "status", "covered_from"), CASES.values(), ids=CASES.keys())
def test_coverage_on_a_date(coverages, on, status, covered_from) -> None:
    payer = payer_on(day(on), coverages=coverages, policies={})
    assert payer.coverage is status
    assert payer.covered_from == (day(covered_from) if covered_from else None)


PLAIN = SettledPolicy(day("02-01"), LiveContactRule.PLAIN, None)
FEW = SettledPolicy(day("04-01"), LiveContactRule.STRICT, frozenset({"98975", "98977"}))


@pytest.mark.parametrize(
    ("on", "rule", "codes"),
    [("01-15", "strict", None), ("02-01", "plain", None), ("04-01", "strict", {"98975", "98977"})],
    ids=["none yet", "the first", "the next"],
)
def test_policy_on_a_date(on, rule, codes) -> None:
    payer = payer_on(day(on), coverages=[spell(LAKE, "01-01")], policies={LAKE: [FEW, PLAIN], HILL: [FEW]})
    assert payer.live_contact_rule == rule
    assert payer.covered_codes == codes


def test_days_of_change_are_beginnings_ends_and_policies() -> None:
    coverages = [spell(LAKE, "01-01", "02-28"), spell(HILL, "03-01")]
    assert days_of_change(coverages=coverages, policies={LAKE: [PLAIN]}) == {
        day("01-01"),
        day("03-01"),
        day("02-01"),
    }


def standing(consent: DateRange | None) -> Standing:
    """Unknown payer, no determination."""
    return Standing(consent, payer_on(day("01-01"), coverages=(), policies={}), False)


def test_periods_are_cut_only_where_something_changed() -> None:
    before, since = standing(None), standing(DateRange(day("03-10"), None))
    periods = lay_periods(
        lambda on: before if on < day("03-10") else since,
        first=day("03-01"),
        last=day("04-30"),
        changes=[day("05-01"), day("04-01"), day("03-10"), day("02-01")],
    )
    assert [(each.first, each.last, each.standing) for each in periods] == [
        (date.min, day("03-09"), before),
        (day("03-10"), date.max, since),
    ]
    assert [each.holds(day("03-09")) for each in periods] == [True, False]


def test_a_single_period_holds_every_date() -> None:
    (period,) = lay_periods(lambda _: standing(None), first=day("03-01"), last=day("03-01"), changes=[])
    assert period.holds(date.min)
    assert period.holds(date.max)
