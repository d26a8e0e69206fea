"""Which time counts: the entries that may, the seconds that do, each second once."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from operator import itemgetter

from billing.document import Activity, Credential, Discipline, Document, TimeEntry
from networks.local_days import local_date

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)

# Reviewing data and talking with the patient is management; set-up is 98975, office work none (S24, S66).
COUNTED_ACTIVITIES = frozenset({Activity.REVIEW, Activity.CONVERSATION})


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """A time entry with its date in the clinic's zone, the first date of its month, and its bounds.

    The bounds are seconds since 1970; the end is excluded.
    """

    entry: TimeEntry
    day: date
    month: date
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Stretch:
    """Seconds in a row that count, all in one month (its first date) and all the therapist's or all not."""

    month: date
    seconds: int
    by_therapist: bool


def known_entries(document: Document) -> tuple[DatedEntry, ...]:
    """The entries dated up to `as_of`, voided ones included, in the order of their start and end."""
    dated = [_dated(entry, document=document) for entry in document.time_entries]
    known = [each for each in dated if each.day <= document.as_of]
    return tuple(sorted(known, key=lambda each: (each.start, each.end, each.entry.id or "")))


def _dated(entry: TimeEntry, *, document: Document) -> DatedEntry:
    day = local_date(entry.started_at, document.clinic_time_zone)
    start, end = (entry.started_at - EPOCH) // SECOND, (entry.ended_at - EPOCH) // SECOND
    return DatedEntry(entry, day, day.replace(day=1), start, end)


def objections_to(dated: DatedEntry, *, document: Document) -> tuple[str, ...]:
    """Why the entry does not count; empty when it does."""
    entry, consent, covered_from = dated.entry, document.consent, document.payer.covered_from
    objections = []
    if entry.voided:
        objections.append("voided")
    if entry.in_billed_visit:
        objections.append("inside a billed visit")
    if not _is_therapists_or_assistants(entry, document=document):
        objections.append("by neither therapist nor assistant")
    if entry.activity not in COUNTED_ACTIVITIES:
        objections.append(f"{entry.activity.value.replace('_', '-')} time")
    if not document.episode.dates.holds(dated.day):
        objections.append("outside the episode of care")
    if consent is None or not consent.holds(dated.day):
        objections.append("outside the consent")
    if covered_from is not None and dated.day < covered_from:
        objections.append("before the payer's coverage began")
    return tuple(objections)


def _is_therapists_or_assistants(entry: TimeEntry, *, document: Document) -> bool:
    if entry.credential is Credential.PTA:
        # Medicare knows assistants of PT and OT only (S22), so for speech-language pathology they are others.
        return document.episode.discipline is not Discipline.SLP
    return entry.credential is Credential.PT


class VisitTime:
    """The seconds inside billed visits, asked for in O(log n)."""

    def __init__(self, visits: Iterable[DatedEntry]) -> None:
        self._starts: list[int] = []
        self._ends: list[int] = []
        for visit in sorted(visits, key=lambda each: each.start):
            if self._ends and visit.start <= self._ends[-1]:
                self._ends[-1] = max(self._ends[-1], visit.end)
            else:
                self._starts.append(visit.start)
                self._ends.append(visit.end)
        lengths = (end - start for start, end in zip(self._starts, self._ends, strict=True))
        self._before = list(accumulate(lengths, initial=0))

    def seconds_outside(self, dated: DatedEntry) -> int:
        """The entry's seconds that no billed visit covers."""
        return dated.end - dated.start - (self._covered_to(dated.end) - self._covered_to(dated.start))

    def _covered_to(self, instant: int) -> int:
        position = bisect_right(self._starts, instant) - 1
        if position < 0:
            return 0
        return self._before[position] + min(instant, self._ends[position]) - self._starts[position]


def counted_stretches(entries: Iterable[DatedEntry], *, visits: Iterable[DatedEntry]) -> Iterator[Stretch]:
    """The seconds that counted entries cover and billed visits do not, each once.

    A second that several entries cover falls in the earliest of their months, and is the therapist's if
    one of them is. One pass over the sorted bounds: O(n log n).
    """
    bounds = [
        (at, step, each) for each in (*entries, *visits) for at, step in ((each.start, 1), (each.end, -1))
    ]
    under_way = _UnderWay()
    previous = 0
    for instant, step, dated in sorted(bounds, key=itemgetter(0)):
        if instant > previous and under_way.counts:
            yield Stretch(min(under_way.months), instant - previous, under_way.therapists > 0)
        under_way.change(dated, by=step)
        previous = instant


@dataclass(slots=True)
class _UnderWay:
    """What covers the present second: visits, therapists' entries, and counted entries by month."""

    visits: int = 0
    therapists: int = 0
    months: Counter[date] = field(default_factory=Counter)

    @property
    def counts(self) -> bool:
        return bool(self.months) and not self.visits

    def change(self, dated: DatedEntry, *, by: int) -> None:
        if dated.entry.in_billed_visit:
            self.visits += by
            return
        if dated.entry.credential is Credential.PT:
            self.therapists += by
        self.months[dated.month] += by
        if not self.months[dated.month]:
            del self.months[dated.month]
