"""Which time counts: the entries that may, the seconds that do, each second once."""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate

from billing.document import Activity, Credential, Discipline, Document, TimeEntry
from networks.local_days import local_date

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
SECOND = timedelta(seconds=1)

# Reviewing data and talking with the patient is management; set-up is 98975, office work none (S24, S66).
COUNTED_ACTIVITIES = frozenset({Activity.REVIEW, Activity.CONVERSATION})


@dataclass(frozen=True, slots=True)
class DatedEntry:
    """A time entry with its date in the clinic's zone and its bounds in seconds since 1970 (end excluded)."""

    entry: TimeEntry
    day: date
    start: int
    end: int

    @property
    def month(self) -> date:
        """The first date of the entry's calendar month."""
        return self.day.replace(day=1)


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
    return DatedEntry(entry, day, (entry.started_at - EPOCH) // SECOND, (entry.ended_at - EPOCH) // SECOND)


def objections_to(dated: DatedEntry, *, document: Document) -> tuple[str, ...]:
    """Why the entry does not count; empty when it does."""
    entry, consent, covered_from = dated.entry, document.consent, document.payer.covered_from
    tests = {
        "voided": not entry.voided,
        "inside a billed visit": not entry.in_billed_visit,
        "by neither therapist nor assistant": _is_therapists_or_assistants(entry, document=document),
        f"{entry.activity.value.replace('_', '-')} time": entry.activity in COUNTED_ACTIVITIES,
        "outside the episode of care": document.episode.dates.holds(dated.day),
        "outside the consent": consent is not None and consent.holds(dated.day),
        "before the payer's coverage began": covered_from is None or covered_from <= dated.day,
    }
    return tuple(objection for objection, is_passed in tests.items() if not is_passed)


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
    starting: dict[int, list[DatedEntry]] = defaultdict(list)
    ending: dict[int, list[DatedEntry]] = defaultdict(list)
    for dated in (*entries, *visits):
        starting[dated.start].append(dated)
        ending[dated.end].append(dated)
    under_way = _UnderWay()
    previous = 0
    for instant in sorted(starting.keys() | ending.keys()):
        if under_way.counts:
            yield Stretch(under_way.earliest_month, instant - previous, under_way.by_therapist)
        under_way.change(starting[instant], by=1)
        under_way.change(ending[instant], by=-1)
        previous = instant


class _UnderWay:
    """What covers the present second: visits, therapists' entries, and entries by month."""

    def __init__(self) -> None:
        self._visits = 0
        self._therapists = 0
        self._months: Counter[date] = Counter()

    def change(self, entries: Iterable[DatedEntry], *, by: int) -> None:
        for dated in entries:
            if dated.entry.in_billed_visit:
                self._visits += by
                continue
            self._months[dated.month] += by
            self._therapists += by * (dated.entry.credential is Credential.PT)
            if not self._months[dated.month]:
                del self._months[dated.month]

    @property
    def counts(self) -> bool:
        return bool(self._months) and not self._visits

    @property
    def earliest_month(self) -> date:
        return min(self._months)

    @property
    def by_therapist(self) -> bool:
        return self._therapists > 0
