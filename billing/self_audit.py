"""What an auditor would look at first, counted for the practice: five measures, and numbers that heap.

The measures follow those by which the inspector general of HHS sorted practices that bill remote monitoring
(OEI-02-23-00260 of 2024 and OEI-02-23-00261 of 2025, as told in S25 to S28). They are signs to look at, no
findings: each has good explanations.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from statistics import mean

from billing.code_set import WINDOW_DATES

# In the snapshot of 2025, practices with more than this much growth in a month stood out (S28).
SPIKE = 1.5
# Below this many enrollments a jump is noise; below this many windows or months a heap is (our choice).
LEAST_ENROLLMENTS = 5
LEAST_VALUES = 20
# A value this many times as frequent as its neighbours is a heap (our choice).
HEAP_RATIO = 3.0
# Two device windows running without management in them (our flag for "management rarely billed", S28).
RUN_WITHOUT_MANAGEMENT = 2
# An entry made later than this after the work was done is late (our choice: the next working day).
LATE = timedelta(hours=24)
SHORT_CALL = timedelta(seconds=60)


class Signal(StrEnum):
    """Whether a measure wants a look."""

    QUIET = "quiet"
    LOOK = "look"


@dataclass(frozen=True, slots=True)
class MonitoredPatient:
    """One patient with a billable or certified line: what was billed, and what came before."""

    has_set_up: bool
    device_dates: tuple[date, ...]
    management_dates: tuple[date, ...]
    was_evaluated_first: bool
    monitored_elsewhere: bool


@dataclass(frozen=True, slots=True)
class EntryFacts:
    """One time entry that stands: how long, how much later it was written down, and whether it was a call."""

    length: timedelta
    delay: timedelta
    is_live_contact: bool


@dataclass(frozen=True, slots=True)
class AuditFacts:
    """Everything counted, over one span of dates."""

    patients: Sequence[MonitoredPatient]
    enrollments: Mapping[date, int]
    windows_with_several_devices: int
    window_days: Sequence[int]
    month_minutes: Sequence[int]
    entries: Sequence[EntryFacts]


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and whether that wants a look."""

    part: int
    whole: int
    signal: Signal

    @property
    def percent(self) -> int | None:
        """The share in whole percent, rounded down; None of nothing."""
        return None if self.whole == 0 else self.part * 100 // self.whole


@dataclass(frozen=True, slots=True)
class Spike:
    """The largest growth of enrollments from one month to the next; `month` is the later one's first date."""

    month: date | None
    before: int
    after: int
    signal: Signal


@dataclass(frozen=True, slots=True)
class Heap:
    """How often each value came, and the watched values that stand out from their neighbours."""

    counts: Mapping[int, int]
    watched: tuple[int, ...]
    standing_out: tuple[int, ...]

    @property
    def signal(self) -> Signal:
        """Whether any watched value stands out."""
        return _look(bool(self.standing_out))


def _look(wanted: bool) -> Signal:
    return Signal.LOOK if wanted else Signal.QUIET


def no_prior_relationship(facts: AuditFacts) -> Share:
    """Patients monitored before an evaluation and a plan of care; one is enough for a look."""
    part = sum(not each.was_evaluated_first for each in facts.patients)
    return Share(part, len(facts.patients), _look(part > 0))


def management_rarely_billed(facts: AuditFacts) -> Share:
    """Patients with device supply who had two windows running with no management in them.

    A look is due from a quarter of them on (in the snapshot, practices with over 75 % stood out; S28).
    """
    supplied = [each for each in facts.patients if each.device_dates]
    part = sum(_longest_run(each) >= RUN_WITHOUT_MANAGEMENT for each in supplied)
    return Share(part, len(supplied), _look(part * 4 >= len(supplied) > 0))


def missing_components(facts: AuditFacts) -> Share:
    """Patients who lack one of set-up, device and management (43 % in the report of 2024; S25, S26)."""
    part = sum(
        not (each.has_set_up and each.device_dates and each.management_dates) for each in facts.patients
    )
    return Share(part, len(facts.patients), _look(part * 100 >= 43 * len(facts.patients) > 0))


def several_devices(facts: AuditFacts) -> Share:
    """Windows for which more than one device code stands; one is enough for a look."""
    part = facts.windows_with_several_devices
    return Share(part, len(facts.window_days), _look(part > 0))


def shared_patients(facts: AuditFacts) -> Share:
    """Patients known to be monitored by another practice too; one is enough for a look."""
    part = sum(each.monitored_elsewhere for each in facts.patients)
    return Share(part, len(facts.patients), _look(part > 0))


def enrollment_spike(facts: AuditFacts) -> Spike:
    """The month that grew most over the month before; a look from +150 % on and five enrollments.

    >>> facts = AuditFacts((), {date(2026, 1, 1): 4, date(2026, 2, 1): 10}, 0, (), (), ())
    >>> enrollment_spike(facts).signal
    <Signal.LOOK: 'look'>
    """
    found = Spike(None, 0, 0, Signal.QUIET)
    largest = 0.0
    for month, after in sorted(facts.enrollments.items()):
        before = facts.enrollments.get((month - timedelta(days=1)).replace(day=1), 0)
        growth = (after - before) / max(before, 1)
        if after >= LEAST_ENROLLMENTS and before and growth > largest:
            largest = growth
            found = Spike(month, before, after, _look(growth >= SPIKE))
    return found


def heap_of_days(facts: AuditFacts) -> Heap:
    """Data days of closed windows; exactly 2 and exactly 16 are watched (the floors of 2026)."""
    return _heap(facts.window_days, watched=(2, 16))


def heap_of_minutes(facts: AuditFacts) -> Heap:
    """Minutes of closed months; exactly 10, 20 and 40 are watched (the floors of 2026)."""
    return _heap(facts.month_minutes, watched=(10, 20, 40))


def late_entries(facts: AuditFacts) -> Share:
    """Entries written down more than a day after the work; a look from a tenth on."""
    part = sum(each.delay > LATE for each in facts.entries)
    return Share(part, len(facts.entries), _look(part * 10 >= len(facts.entries) > 0))


def same_length_entries(facts: AuditFacts) -> Share:
    """Entries of the most frequent length to the second; a look from half on, among twenty or more."""
    lengths = Counter(each.length for each in facts.entries)
    part = max(lengths.values(), default=0)
    return Share(
        part, len(facts.entries), _look(len(facts.entries) >= LEAST_VALUES and part * 2 >= len(facts.entries))
    )


def short_contacts(facts: AuditFacts) -> Share:
    """Live contacts under a minute, which never count; a look from a tenth on."""
    contacts = [each for each in facts.entries if each.is_live_contact]
    part = sum(each.length < SHORT_CALL for each in contacts)
    return Share(part, len(contacts), _look(part * 10 >= len(contacts) > 0))


def _heap(values: Sequence[int], *, watched: tuple[int, ...]) -> Heap:
    counts = Counter(values)
    out = tuple(each for each in watched if len(values) >= LEAST_VALUES and _stands_out(each, counts=counts))
    return Heap(counts, watched, out)


def _stands_out(value: int, *, counts: Counter[int]) -> bool:
    neighbours = mean(counts[value + step] for step in (-2, -1, 1, 2))
    return counts[value] >= HEAP_RATIO * max(neighbours, 1)


def _longest_run(patient: MonitoredPatient) -> int:
    """How many windows running had no management dated in a month that the window touches."""
    managed = {each.replace(day=1) for each in patient.management_dates}
    longest = run = 0
    for end in sorted(patient.device_dates):
        months = {end.replace(day=1), (end - timedelta(days=WINDOW_DATES - 1)).replace(day=1)}
        run = 0 if months & managed else run + 1
        longest = max(longest, run)
    return longest
