"""The calendar months of management time: seconds, minutes, the assistant's share and live contacts."""

import calendar
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from billing.counted_time import DatedEntry, VisitTime, counted_stretches, known_entries, objections_to
from billing.document import Document
from billing.live_contacts import LiveContact, find_live_contacts
from billing.reasons import evidence_of
from billing.spans import Span, clip_span

SECONDS_PER_MINUTE = 60


@dataclass(frozen=True, slots=True)
class UncountedEntry:
    """A time entry that does not count, in its month (the first date), and why."""

    month: date
    objections: tuple[str, ...]
    id: str | None


@dataclass(frozen=True, slots=True)
class Month:
    """A calendar month with a counted second."""

    span: Span
    seconds: int
    pta_seconds: int
    contacts: tuple[LiveContact, ...]
    uncounted: tuple[UncountedEntry, ...]
    evidence: tuple[str, ...]

    @property
    def minutes(self) -> int:
        """Full minutes: 9:59 is 9, no rounding up (S7)."""
        return self.seconds // SECONDS_PER_MINUTE

    @property
    def pta_minutes(self) -> int:
        """Full minutes of the assistant's seconds."""
        return self.pta_seconds // SECONDS_PER_MINUTE


InMonth = TypeVar("InMonth", DatedEntry, LiveContact, UncountedEntry)


@dataclass(frozen=True, slots=True)
class _Sorted:
    """The known entries by what becomes of them."""

    counted: Sequence[DatedEntry]
    uncounted: Sequence[UncountedEntry]
    visits: Sequence[DatedEntry]


def tally_months(document: Document) -> tuple[Month, ...]:
    """The months with a counted second, ascending."""
    entries = _sort_entries(document)
    visit_time = VisitTime(entries.visits)
    contacts = _by_month(find_live_contacts(entries.counted, visit_time=visit_time))
    seconds: Counter[date] = Counter()
    pta_seconds: Counter[date] = Counter()
    for stretch in counted_stretches(entries.counted, visits=entries.visits):
        seconds[stretch.month] += stretch.seconds
        pta_seconds[stretch.month] += 0 if stretch.by_therapist else stretch.seconds
    counting = _by_month(each for each in entries.counted if visit_time.seconds_outside(each))
    uncounted = _by_month(entries.uncounted)
    return tuple(
        Month(
            span=clip_span(month, _last_of(month), document=document),
            seconds=seconds[month],
            pta_seconds=pta_seconds[month],
            contacts=tuple(contacts[month]),
            uncounted=tuple(uncounted[month]),
            evidence=evidence_of(each.entry.id for each in counting[month]),
        )
        for month in sorted(seconds)
    )


def _sort_entries(document: Document) -> _Sorted:
    counted, uncounted, visits = [], [], []
    for dated in known_entries(document):
        objections = objections_to(dated, document=document)
        if objections:
            uncounted.append(UncountedEntry(dated.month, objections, dated.entry.id))
        else:
            counted.append(dated)
        if dated.entry.in_billed_visit and not dated.entry.voided:
            visits.append(dated)
    return _Sorted(counted, uncounted, visits)


def _last_of(month: date) -> date:
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def _by_month(items: Iterable[InMonth]) -> defaultdict[date, list[InMonth]]:
    found: defaultdict[date, list[InMonth]] = defaultdict(list)
    for item in items:
        found[item.month].append(item)
    return found
