"""The self-audit in words: what was counted, how, and what to do about it; no queries, no rules."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing import self_audit
from billing.marks import histogram
from billing.marks.histogram import Histogram
from billing.self_audit import AuditFacts, Heap, Share, Signal, Spike


@dataclass(frozen=True)
class MeasureView:
    """One measure: its figure, how it is counted, what to do where it wants a look."""

    title: str
    figure: str
    words: str
    tone: str
    how: str
    step: str


@dataclass(frozen=True)
class HeapView:
    """One distribution with its drawing."""

    title: str
    words: str
    tone: str
    how: str
    drawing: Histogram


@dataclass(frozen=True)
class SelfAuditView:
    """The whole page."""

    first: date
    last: date
    measures: Sequence[MeasureView]
    heaps: Sequence[HeapView]
    entries: Sequence[MeasureView]
    is_empty: bool


def self_audit_view(facts: AuditFacts, *, first: date, last: date) -> SelfAuditView:
    """Return the page for what was counted between two dates."""
    return SelfAuditView(
        first=first,
        last=last,
        measures=_measures(facts),
        heaps=[
            _heap(
                "Data days in a window",
                self_audit.heap_of_days(facts),
                last=30,
                unit="days",
                how="Every window that closed in these months, by its number of data days.",
            ),
            _heap(
                "Minutes in a month",
                self_audit.heap_of_minutes(facts),
                last=60,
                unit="minutes",
                how="Every calendar month that closed, by its full minutes; 60 and more stand together.",
            ),
        ],
        entries=_entries(facts),
        is_empty=not (facts.patients or facts.window_days or facts.entries),
    )


def _measures(facts: AuditFacts) -> list[MeasureView]:
    return [
        _share(
            "No prior relationship",
            self_audit.no_prior_relationship(facts),
            noun="patients",
            how="Patients with a line that may be billed or is certified, whose first answer came before their "
            "evaluation or before any plan of care.",
            step="Open each of them and check the evaluation and the plan of care.",
        ),
        _share(
            "Management rarely billed",
            self_audit.management_rarely_billed(facts),
            noun="patients with device supply",
            how="Patients with two device windows running and no management in any month these windows touch.",
            step="Ask whether the answers were looked at; if nobody uses them, end the monitoring.",
        ),
        _spike(self_audit.enrollment_spike(facts)),
        _share(
            "Several devices",
            self_audit.several_devices(facts),
            noun="windows",
            how="Windows for which more than one device code may be billed; there should be none.",
            step="Keep one code for each window and take the other back.",
        ),
        _share(
            "Shared patients",
            self_audit.shared_patients(facts),
            noun="patients",
            how="Patients for whom remote monitoring by another practice is recorded.",
            step="Settle with the other practice who monitors, and record when theirs ended.",
        ),
        _share(
            "One of the three parts is missing",
            self_audit.missing_components(facts),
            noun="patients",
            how="Patients who lack set-up, device supply or management among their lines of these months; the "
            "report of 2024 found 43%.",
            step="Look whether a part was not done, or done and not written down.",
        ),
    ]


def _entries(facts: AuditFacts) -> list[MeasureView]:
    return [
        _share(
            "Written down late",
            self_audit.late_entries(facts),
            noun="time entries",
            how="Entries recorded more than 24 hours after the work ended.",
            step="Write time down the same day; a late entry needs its reason.",
        ),
        _share(
            "The same length",
            self_audit.same_length_entries(facts),
            noun="time entries",
            how="Entries that share the most frequent length to the second.",
            step="Let Daybook time the work, or enter what it took.",
        ),
        _share(
            "Contacts under a minute",
            self_audit.short_contacts(facts),
            noun="live contacts",
            how="Live contacts shorter than 60 seconds; they never count.",
            step="Note such calls as not reached.",
        ),
    ]


def _share(title: str, found: Share, *, noun: str, how: str, step: str) -> MeasureView:
    percent = "" if found.percent is None else f" ({found.percent}%)"
    return _measure(title, f"{found.part} of {found.whole} {noun}{percent}", found.signal, how=how, step=step)


def _spike(found: Spike) -> MeasureView:
    figure = "no month grew from five enrollments on"
    if found.month is not None:
        figure = f"{found.before} to {found.after} in {found.month:%B %Y}"
    return _measure(
        "Enrollment spike",
        figure,
        found.signal,
        how="The largest growth of new monitored episodes from one month to the next; +150% and more is shown.",
        step="Make sure that each of them was evaluated and agreed.",
    )


def _measure(title: str, figure: str, signal: Signal, *, how: str, step: str) -> MeasureView:
    wants = signal is Signal.LOOK
    return MeasureView(
        title=title,
        figure=figure,
        words="look at these" if wants else "nothing stands out",
        tone="attention" if wants else "done",
        how=how,
        step=step if wants else "",
    )


def _heap(title: str, found: Heap, *, last: int, unit: str, how: str) -> HeapView:
    wants = found.signal is Signal.LOOK
    listed = " and ".join(str(each) for each in found.standing_out)
    words = f"exactly {listed} {unit} stand out" if wants else "nothing stands out"
    drawing = histogram.draw(found.counts, watched=found.watched, last=last, unit=unit)
    return HeapView(title, words, "attention" if wants else "done", how, drawing)
