"""What lines may be worth: dated RVUs times GPCI times the conversion factor, always an estimate.

The fee schedule's formula (work RVU x work GPCI + PE RVU x PE GPCI + MP RVU x MP GPCI) x conversion factor (CMS;
S56). Not in it: deductible, sequestration, what another payer than Medicare pays, multiple lines' edits.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from billing.rates import CONVERSION_FACTORS, RATES, ConversionFactor, Founded, Rate

CENT = Decimal("0.01")
# Medicare pays 80 % after the Part B deductible (S38), and 85 % of that where CQ stands (S48); the patient's
# share stays (from memory, unverified).
MEDICARE_SHARE = Decimal("0.80")
ASSISTANT_PART = Decimal("0.85")
ASSISTANT_MODIFIER = "CQ"


@dataclass(frozen=True, slots=True)
class Gpci:
    """How dear a locality is for each of the three parts; national figures have 1 for all."""

    locality: str
    work: Decimal
    practice_expense: Decimal
    malpractice: Decimal
    source: str = ""

    @property
    def is_national(self) -> bool:
        """Whether this adjusts nothing."""
        return self.work == self.practice_expense == self.malpractice == 1


NATIONAL = Gpci("", Decimal(1), Decimal(1), Decimal(1))


@dataclass(frozen=True, slots=True)
class Amount:
    """What one unit of a code may pay on a date: dollars and how they were counted."""

    dollars: Decimal
    rate: Rate
    factor: ConversionFactor
    gpci: Gpci

    @property
    def year(self) -> int:
        """The fee schedule's year."""
        return self.rate.first_day.year

    @property
    def founded(self) -> Founded:
        """How well the weaker of rate and factor is founded."""
        order = tuple(Founded)
        return max((self.rate.founded, self.factor.founded), key=order.index)

    @property
    def words(self) -> str:
        """How the dollars were counted, in a sentence without its full stop.

        >>> amount_of("98975", date(2026, 3, 2)).words
        'the national Medicare rate of 2026: 0.65 RVU x $33.4009 = $21.71 (well founded)'
        """
        place = (
            "the national Medicare rate"
            if self.gpci.is_national
            else f"Medicare's rate for {self.gpci.locality}"
        )
        counted = f"{self.rate.rvu.total} RVU x ${self.factor.dollars}"
        if not self.gpci.is_national:
            parts = self.rate.rvu
            counted = (
                f"({parts.work} x {self.gpci.work} + {parts.practice_expense} x {self.gpci.practice_expense} + "
                f"{parts.malpractice} x {self.gpci.malpractice}) x ${self.factor.dollars}"
            )
        return f"{place} of {self.year}: {counted} = ${self.dollars} ({self.founded})"


@dataclass(frozen=True, slots=True)
class Priced:
    """Lines of one kind that are to be priced together."""

    code: str
    date_of_service: date
    units: int
    modifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Estimate:
    """The sum of what has a rate, and the codes that have none."""

    dollars: Decimal
    unknown: tuple[str, ...] = ()
    years: tuple[int, ...] = ()

    @property
    def words(self) -> str:
        """The estimate in words, which always say that it is one.

        >>> Estimate(Decimal("51.44"), unknown=("98978",)).words
        'estimate $51.44, without 98978, for which no rate is known'
        """
        money = f"estimate ${self.dollars:,}"
        if not self.unknown:
            return money
        codes = " and ".join(self.unknown)
        if not self.dollars:
            return f"no estimate: no rate is known for {codes}"
        return f"{money}, without {codes}, for which no rate is known"


def amount_of(code: str, day: date, *, gpci: Gpci = NATIONAL) -> Amount | None:
    """Return what one unit pays on a date of service; None where no rate is known.

    Where only the sum of the RVUs was published, a locality cannot be applied and the national amount stands.
    """
    rate = next(
        (each for each in RATES if each.code == code and each.first_day <= day <= each.last_day), None
    )
    factor = next((each for each in CONVERSION_FACTORS if each.first_day <= day <= each.last_day), None)
    if rate is None or factor is None:
        return None
    rvu = rate.rvu
    if rvu.work is None or rvu.practice_expense is None or rvu.malpractice is None:
        return Amount(_cents(rvu.total * factor.dollars), rate, factor, NATIONAL)
    adjusted = (
        rvu.work * gpci.work
        + rvu.practice_expense * gpci.practice_expense
        + rvu.malpractice * gpci.malpractice
    )
    return Amount(_cents(adjusted * factor.dollars), rate, factor, gpci)


def estimate(lines: Iterable[Priced], *, gpci: Gpci = NATIONAL) -> Estimate:
    """Return what lines may pay together, in dollars and cents; zero for none.

    >>> estimate([Priced("98985", date(2026, 3, 31), 1), Priced("98975", date(2026, 3, 2), 1, ("GP",))]).dollars
    Decimal('73.15')
    """
    dollars, unknown, years = Decimal("0.00"), set(), set()
    for line in lines:
        amount = amount_of(line.code, line.date_of_service, gpci=gpci)
        if amount is None:
            unknown.add(line.code)
            continue
        years.add(amount.year)
        dollars += _cents(amount.dollars * _part_paid(line.modifiers)) * line.units
    return Estimate(dollars, tuple(sorted(unknown)), tuple(sorted(years)))


def _part_paid(modifiers: tuple[str, ...]) -> Decimal:
    if ASSISTANT_MODIFIER not in modifiers:
        return Decimal(1)
    return 1 - MEDICARE_SHARE * (1 - ASSISTANT_PART)


def _cents(dollars: Decimal) -> Decimal:
    return dollars.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Price:
    """What one unit pays between two dates, for a join in SQL; `with_assistant` where CQ stands."""

    code: str
    first_day: date
    last_day: date
    dollars: Decimal
    with_assistant: Decimal


def price_list(*, gpci: Gpci = NATIONAL) -> tuple[Price, ...]:
    """Return every known price, so that SQL adds up the same estimates."""
    prices = []
    for rate in RATES:
        amount = amount_of(rate.code, rate.first_day, gpci=gpci)
        if amount is not None:
            lowered = _cents(amount.dollars * _part_paid((ASSISTANT_MODIFIER,)))
            prices.append(Price(rate.code, rate.first_day, rate.last_day, amount.dollars, lowered))
    return tuple(prices)
