"""The measures of the self-audit, by tables: what is counted, and from where on it wants a look."""

from datetime import date, timedelta

import pytest

from billing import self_audit
from billing.marks import histogram
from billing.self_audit import AuditFacts, EntryFacts, MonitoredPatient, Signal

W1, W2, W3 = date(2026, 3, 31), date(2026, 4, 30), date(2026, 5, 30)
MARCH, MAY = date(2026, 3, 31), date(2026, 5, 31)
WELL = MonitoredPatient(True, (W1, W2), (MARCH,), True, False)


def facts(**changes: object) -> AuditFacts:
    """Nothing at all, except what is given."""
    empty = {
        "patients": (),
        "enrollments": {},
        "windows_with_several_devices": 0,
        "window_days": (),
        "month_minutes": (),
        "entries": (),
    }
    return AuditFacts(**(empty | changes))


def patient(**changes: object) -> MonitoredPatient:
    """A patient with nothing to look at, except what is given."""
    return MonitoredPatient(
        **(
            {
                "has_set_up": True,
                "device_dates": (W1, W2),
                "management_dates": (MARCH,),
                "was_evaluated_first": True,
                "monitored_elsewhere": False,
            }
            | changes
        )
    )


SHARES = (
    self_audit.no_prior_relationship,
    self_audit.management_rarely_billed,
    self_audit.missing_components,
    self_audit.several_devices,
    self_audit.shared_patients,
    self_audit.late_entries,
    self_audit.same_length_entries,
    self_audit.short_contacts,
)


@pytest.mark.parametrize("measure", SHARES, ids=lambda each: each.__name__)
def test_nothing_is_no_share_and_quiet(measure) -> None:
    found = measure(facts())
    assert (found.part, found.whole, found.percent, found.signal) == (0, 0, None, Signal.QUIET)


@pytest.mark.parametrize(
    ("changes", "part", "signal"),
    [
        ({}, 0, Signal.QUIET),
        ({"was_evaluated_first": False}, 1, Signal.LOOK),
    ],
)
def test_no_prior_relationship(changes, part, signal) -> None:
    found = self_audit.no_prior_relationship(facts(patients=[patient(**changes), WELL]))
    assert (found.part, found.whole, found.signal) == (part, 2, signal)


@pytest.mark.parametrize(
    ("device", "management", "counts"),
    [
        ((W1,), (), False),
        ((W1, W2), (), True),
        ((W1, W2), (MARCH,), False),
        ((W1, W2, W3), (MARCH,), True),
        ((W1, W2, W3, date(2026, 6, 29)), (MARCH,), True),
        ((W1, W2, W3), (MAY,), True),
        ((W2, W1), (date(2026, 4, 30),), False),
        ((), (), False),
    ],
    ids=[
        "one window",
        "two without",
        "in the first",
        "April and May",
        "third and fourth",
        "only May",
        "unsorted",
        "none",
    ],
)
def test_two_windows_running_without_management(device, management, counts) -> None:
    made = patient(device_dates=device, management_dates=management)
    assert (self_audit.management_rarely_billed(facts(patients=[made])).part == 1) is counts


def test_management_wants_a_look_from_a_quarter_on() -> None:
    without = patient(management_dates=())
    quarter = facts(patients=[without, WELL, WELL, WELL])
    assert self_audit.management_rarely_billed(quarter).signal is Signal.LOOK
    fifth = facts(patients=[without, WELL, WELL, WELL, WELL])
    assert self_audit.management_rarely_billed(fifth).signal is Signal.QUIET


@pytest.mark.parametrize(
    "changes", [{"has_set_up": False}, {"device_dates": ()}, {"management_dates": ()}], ids=str
)
def test_each_of_the_three_parts_can_be_missing(changes) -> None:
    found = self_audit.missing_components(facts(patients=[patient(**changes), WELL]))
    assert (found.part, found.signal) == (1, Signal.LOOK)


def test_missing_parts_are_quiet_below_what_the_report_found() -> None:
    found = self_audit.missing_components(facts(patients=[patient(has_set_up=False), WELL, WELL]))
    assert (found.percent, found.signal) == (33, Signal.QUIET)


def test_several_devices_and_shared_patients_want_a_look_at_once() -> None:
    found = self_audit.several_devices(facts(windows_with_several_devices=1, window_days=(2,) * 500))
    assert (found.part, found.whole, found.signal) == (1, 500, Signal.LOOK)
    shared = self_audit.shared_patients(facts(patients=[patient(monitored_elsewhere=True), WELL]))
    assert shared.signal is Signal.LOOK


@pytest.mark.parametrize(
    ("before", "after", "signal"),
    [
        (4, 9, Signal.QUIET),
        (4, 10, Signal.LOOK),
        (2, 4, Signal.QUIET),
        (10, 10, Signal.QUIET),
        (1, 5, Signal.LOOK),
    ],
    ids=["+125%", "+150%", "too few", "level", "five from one"],
)
def test_enrollment_spike(before: int, after: int, signal: Signal) -> None:
    found = self_audit.enrollment_spike(
        facts(enrollments={date(2025, 12, 1): before, date(2026, 1, 1): after})
    )
    assert found.signal is signal


def test_the_first_month_is_no_spike_and_a_gap_is_none_either() -> None:
    found = self_audit.enrollment_spike(facts(enrollments={date(2026, 1, 1): 50, date(2026, 3, 1): 90}))
    assert (found.month, found.signal) == (None, Signal.QUIET)


@pytest.mark.parametrize(
    ("days", "out"),
    [
        ([2] * 12 + list(range(1, 13)), (2,)),
        ([16] * 12 + list(range(10, 24)), (16,)),
        ([2] * 3, ()),
        (list(range(1, 31)), ()),
        ([9] * 30, ()),
    ],
    ids=["2 days", "16 days", "too few windows", "spread", "not watched"],
)
def test_days_that_heap(days, out) -> None:
    found = self_audit.heap_of_days(facts(window_days=days))
    assert found.standing_out == out
    assert found.signal is (Signal.LOOK if out else Signal.QUIET)


def test_minutes_that_heap() -> None:
    found = self_audit.heap_of_minutes(facts(month_minutes=[10] * 9 + [20] * 9 + [21] * 2 + [40] * 9))
    assert found.standing_out == (10, 20, 40)


def _entry(seconds: int = 300, *, hours: float = 0, live: bool = False) -> EntryFacts:
    return EntryFacts(timedelta(seconds=seconds), timedelta(hours=hours), live)


def test_entries() -> None:
    late = facts(entries=[_entry(hours=24.1)] + [_entry(hours=24)] * 9)
    assert (self_audit.late_entries(late).part, self_audit.late_entries(late).signal) == (1, Signal.LOOK)
    same = facts(entries=[_entry(600)] * 10 + [_entry(60 + each) for each in range(10)])
    assert self_audit.same_length_entries(same).signal is Signal.LOOK
    few = facts(entries=[_entry(600)] * 5)
    assert self_audit.same_length_entries(few).signal is Signal.QUIET
    calls = facts(entries=[_entry(59, live=True), _entry(60, live=True), _entry(30)])
    assert (self_audit.short_contacts(calls).part, self_audit.short_contacts(calls).whole) == (1, 2)


def test_the_drawing_gathers_what_is_larger_and_reads_itself_out() -> None:
    drawn = histogram.draw({2: 4, 16: 1, 90: 2}, watched=(2, 16), last=30, unit="days")
    assert len(drawn.bars) == 31
    assert drawn.words == "7 in all; 4 at exactly 2, 1 at exactly 16 days."
    assert drawn.bars[30].label == "30 days: 2"
    assert max(bar.height for bar in drawn.bars) == drawn.bars[2].height
    assert all(bar.height == 0 for bar in histogram.draw({}, watched=(2,), last=30, unit="days").bars)
