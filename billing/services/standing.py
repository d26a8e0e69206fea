"""What stood when: consent, payer and device determination over an episode, cut where one of them changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from billing.document import DateRange, Payer

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """The three things that a decision takes as they stood on one date."""

    consent: DateRange | None
    payer: Payer
    device_determination: bool


@dataclass(frozen=True, slots=True)
class Period:
    """Dates, both ends included, on which the same stood."""

    first: date
    last: date
    standing: Standing

    def holds(self, day: date) -> bool:
        """Whether the date lies in the period."""
        return self.first <= day <= self.last


def lay_periods(
    standing_on: Callable[[date], Standing], *, first: date, last: date, changes: Iterable[date]
) -> tuple[Period, ...]:
    """The periods between two dates, cut only where something that stands really changed.

    The first reaches back and the last forward without end, so that every date lies in exactly one.
    """
    cuts = [first, *sorted({each for each in changes if first < each <= last})]
    found = [(date.min, standing_on(cuts[0]))]
    for cut in cuts[1:]:
        standing = standing_on(cut)
        if standing != found[-1][1]:
            found.append((cut, standing))
    ends = [begin - DAY for begin, _ in found[1:]] + [date.max]
    return tuple(Period(begin, end, standing) for (begin, standing), end in zip(found, ends, strict=True))
