"""Network home in words: each practice's row, the pooled row, and why something is withheld."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from networks.models import Membership, Network
from networks.selectors import MemberRow
from reporting.profiles.drawings import interval_bar
from reporting.profiles.practices import PracticeFigures, Rate
from reporting.profiles.wording import number
from reporting.services.network_figures import Overview

_SOON = timedelta(days=90)
MODE_WORDS = {
    Network.Mode.PRE_INTEGRATION: "before integration",
    Network.Mode.MESSENGER: "messenger",
    Network.Mode.FINANCIAL_RISK: "shared financial risk",
    Network.Mode.CLINICAL_INTEGRATION: "clinical integration",
}


@dataclass(frozen=True)
class RateView:
    """One share ready to show: the value, its interval or why there is none, n, and a small drawing."""

    title: str
    value: str
    detail: str
    n: str
    drawing: str


@dataclass(frozen=True)
class HomeRow:
    """One practice, or all of them; `withheld` says why there are no figures."""

    title: str
    membership: Membership | None
    sites: int
    clinicians: int
    rates: Sequence[RateView]
    withheld: str
    ends_soon: bool = False


HEADS = (
    ("In monitoring", "Patients in monitoring today, of all with an open episode. Wilson's interval (1927)."),
    (
        "Answered",
        "Check-ins with a readable answer, of those delivered; patients whose monitoring began 30 to 120 days ago.",
    ),
    (
        "Exercises done",
        "Days on which exercises were reported done, of days asked; no reply counts as not done. Same patients.",
    ),
    (
        "Measured at both ends",
        "Patients with pain in the first week and again in the last 14 days, of all of them. Same patients.",
    ),
)


def home_rows(members: Sequence[MemberRow], seen: Overview, *, today: date) -> list[HomeRow]:
    """Return a row for each member by name: figures where the wall allows, its reason where not."""
    return [_row(each, seen, today=today) for each in members]


def pooled_row(members: Sequence[MemberRow], seen: Overview) -> HomeRow:
    """Return the row of all members together."""
    return HomeRow(
        title="All practices",
        membership=None,
        sites=sum(each.sites for each in members),
        clinicians=sum(each.clinicians for each in members),
        rates=_rates(seen.pooled),
        withheld=seen.pooled_withheld,
    )


def _row(each: MemberRow, seen: Overview, *, today: date) -> HomeRow:
    practice: UUID = each.practice.pk
    ends_on = each.membership.ends_on
    return HomeRow(
        title=each.practice.name,
        membership=each.membership,
        sites=each.sites,
        clinicians=each.clinicians,
        rates=_rates(seen.practices.get(practice)),
        withheld=seen.withheld.get(practice, ""),
        ends_soon=ends_on is not None and ends_on - today <= _SOON,
    )


def _rates(figures: PracticeFigures | None) -> list[RateView]:
    if figures is None:
        return []
    rates = (figures.enrolled, figures.response, figures.adherence, figures.completeness)
    return [_rate(title, each) for (title, _), each in zip(HEADS, rates, strict=True)]


def _rate(title: str, rate: Rate) -> RateView:
    n = f"n {rate.n:,}" if rate.n is not None else ""
    if rate.value is None:
        return RateView(title, "", rate.words, n, "")
    detail = f"{number(rate.low)} to {number(rate.high)} %" if rate.low is not None else rate.words
    drawing = interval_bar({"value": rate.value, "low": rate.low, "high": rate.high}, width=104)
    return RateView(title, f"{number(rate.value)} %", detail, n, drawing)


def withheld_reasons(seen: Overview) -> list[str]:
    """Return why figures are withheld, each reason once."""
    return sorted({*seen.withheld.values(), *([seen.pooled_withheld] if seen.pooled_withheld else [])})
