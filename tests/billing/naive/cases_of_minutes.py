"""Cases by hand for management time, add-on units and modifiers (rules 5, 7 and 9)."""

from .cases_of_days import DEVICE, SET_UP, in_2025
from .documents import call, entry, local, ordinary, setup, span

FIRST = local("2026-03-05 09:00")
SECOND = local("2026-03-05 11:00")
THIRD = local("2026-03-05 13:00")
LATE = local("2026-03-31 23:50")
MIDNIGHT = local("2026-04-01 00:00")


def timed(*entries, payer=None, **changes):
    return ordinary(payer, time_entries=list(entries), **changes)


def of_march(*management):
    """The lines of March in their order: management codes sort before the device code."""
    return [SET_UP, *(f"{code} 2026-03-31 {status}" for code, status in management), DEVICE]


def of_march_and_april(march, april):
    return [SET_UP, march, DEVICE, april]


def in_september(seconds):
    return in_2025(16, time_entries=[call(local("2025-09-05 09:00"), seconds)])


MINUTE_CASES = [
    ("9:59", of_march(("98979", "refused")), timed(call(FIRST, 599))),
    ("10:00", of_march(("98979", "billable")), timed(call(FIRST, 600))),
    ("19:59", of_march(("98979", "billable")), timed(call(FIRST, 1199))),
    ("20:00", of_march(("98980", "billable")), timed(call(FIRST, 1200))),
    (
        "39:59 has no add-on",
        of_march(("98980", "billable")),
        timed(call(FIRST, 1200), call(SECOND, 1199)),
    ),
    (
        "59:59 has one add-on unit",
        of_march(("98980", "billable"), ("98981", "billable")),
        timed(call(FIRST, 1200), call(SECOND, 2399)),
    ),
    (
        "60 minutes, two contacts, strict: one unit stands and one is held",
        of_march(("98980", "billable"), ("98981", "billable"), ("98981", "held")),
        timed(call(FIRST, 1200), call(SECOND, 2400)),
    ),
    (
        "80 minutes, plain: two units stand and one is held",
        of_march(("98980", "billable"), ("98981x2", "billable"), ("98981", "held")),
        timed(call(FIRST, 4800), payer={"live_contact_rule": "plain"}),
    ),
    (
        "80 minutes while the month is open: one line of all units",
        [SET_UP, "98980 2026-03-31 pending", "98981x3 2026-03-31 pending", "98985 2026-03-31 pending"],
        timed(call(FIRST, 4800), as_of="2026-03-31"),
    ),
    (
        "80 minutes without a live contact: one refused line of all units",
        of_march(("98980", "refused"), ("98981x3", "refused")),
        timed(entry(FIRST, 4800)),
    ),
    (
        "80 minutes in a month without a data day: one held line of all units",
        [SET_UP, DEVICE, "98980 2026-04-30 held", "98981x3 2026-04-30 held"],
        timed(call(local("2026-04-07 09:00"), 4800)),
    ),
    (
        "a data day of the month that lies in a prior window is still a data day",
        ["98975 2026-03-02 pending", "98979 2026-03-31 billable"],
        timed(call(FIRST, 600), prior_windows=[span("2026-03-02", "2026-03-31")]),
    ),
    (
        "19:59 in 2025 is below the floor",
        ["98975 2025-09-01 billable", "98977 2025-09-30 billable", "98980 2025-09-30 refused"],
        in_september(1199),
    ),
    (
        "20:00 in 2025",
        ["98975 2025-09-01 billable", "98977 2025-09-30 billable", "98980 2025-09-30 billable"],
        in_september(1200),
    ),
    (
        "an entry belongs to the month in which it started",
        of_march(("98980", "billable")),
        timed(call(LATE, 1200)),
    ),
    (
        "a second of two months counts in the earlier one, as the therapist's",
        of_march_and_april("98980 2026-03-31 billable CQ", "98979 2026-04-30 held"),
        timed(call(LATE, 1200, "PTA"), entry(MIDNIGHT, 600), call(local("2026-04-02 09:00"), 600)),
    ),
    (
        "the therapist's share of a second wins: exactly 10 % is the assistant's",
        of_march(("98980", "billable")),
        timed(call(FIRST, 1800, "PTA"), entry(FIRST, 1620)),
    ),
    (
        "one second more is the assistant's",
        [SET_UP, "98980 2026-03-31 billable CQ", DEVICE],
        timed(call(FIRST, 1800, "PTA"), entry(FIRST, 1619)),
    ),
    (
        "a billed visit of the front desk takes its seconds away",
        of_march(("98979", "billable")),
        timed(call(FIRST, 1200), entry(FIRST, 1, "OTHER", "administrative", in_billed_visit=True)),
    ),
    (
        "a voided billed visit takes nothing away",
        of_march(("98980", "billable")),
        timed(call(FIRST, 1200), entry(FIRST, 600, in_billed_visit=True, voided=True)),
    ),
    (
        "a billed visit that only touches takes nothing away",
        of_march(("98980", "billable")),
        timed(call(FIRST, 1200), entry(local("2026-03-05 08:50"), 600, in_billed_visit=True)),
    ),
    (
        "a month without a counted second is not listed",
        of_march(),
        timed(call(FIRST, 600), entry(FIRST, 600, in_billed_visit=True)),
    ),
    (
        "time before and after consent does not count",
        [SET_UP, "98979 2026-03-20 billable", "98985 2026-03-20 billable"],
        timed(
            call(local("2026-03-01 09:00"), 600),
            call(local("2026-03-20 23:55"), 600),
            call(local("2026-03-21 00:05"), 600),
            consent=span("2026-03-02", "2026-03-20"),
        ),
    ),
    (
        "time before covered_from does not count",
        ["98975 2026-03-02 refused", "98979 2026-03-31 refused", "98985 2026-04-05 billable"],
        timed(
            call(local("2026-03-06 23:59:59"), 600),
            call(local("2026-03-07 00:30"), 599),
            payer={"covered_from": "2026-03-07"},
        ),
    ),
    (
        "an entry's date is the clinic's, a reading's the patient's",
        [SET_UP, "98979 2026-03-31 billable", DEVICE],
        timed(call(local("2026-03-31 23:00", "Pacific/Honolulu"), 600), clinic_time_zone="Pacific/Honolulu"),
    ),
    (
        "an entry later than as_of is ignored, on as_of it is not",
        [SET_UP, "98979 2026-03-31 pending", "98985 2026-03-31 pending"],
        timed(
            call(local("2026-03-10 23:59:59"), 600), call(local("2026-03-11 00:00"), 600), as_of="2026-03-10"
        ),
    ),
    ("set-up shared 9 to 1: exactly 10 %", of_march(), ordinary(setup=setup("2026-03-02", 9, 1))),
    (
        "set-up shared 89 to 11: above 10 %",
        [f"{SET_UP} CQ", DEVICE],
        ordinary(setup=setup("2026-03-02", 89, 11)),
    ),
    ("set-up without minutes", of_march(), ordinary(setup=setup("2026-03-02", 0, 0))),
    (
        "occupational therapy's assistant",
        [f"{SET_UP} CO", "98979 2026-03-31 billable CO", DEVICE],
        timed(call(FIRST, 600, "PTA"), setup=setup("2026-03-02", 0, 5), discipline="OT"),
    ),
    (
        "speech therapy has no assistant's modifier",
        of_march(("98979", "billable")),
        timed(call(FIRST, 600), setup=setup("2026-03-02", 0, 5), discipline="SLP"),
    ),
    (
        "modifiers stand whatever the status",
        [SET_UP, "98979 2026-03-31 refused CQ", DEVICE],
        timed(call(FIRST, 599, "PTA")),
    ),
    (
        "voided entries do not count",
        of_march(("98979", "refused")),
        timed(call(FIRST, 1200, voided=True), entry(SECOND, 600)),
    ),
    (
        "time before the episode does not count",
        [SET_UP, "98979 2026-03-31 refused", DEVICE],
        timed(
            call(local("2026-03-01 23:50"), 1200),
            call(local("2026-03-02 00:15"), 599),
            start="2026-03-02",
            consent=span("2026-03-01", None),
        ),
    ),
    (
        "a billed visit dated later than as_of takes nothing from the day before",
        [SET_UP, "98980 2026-03-31 pending", "98985 2026-03-31 pending"],
        timed(
            call(local("2026-03-10 23:50"), 1200),
            entry(local("2026-03-11 00:00"), 600, in_billed_visit=True),
            as_of="2026-03-10",
        ),
    ),
    (
        "duplicates of entries and calls change nothing",
        of_march(("98979", "billable")),
        timed(call(FIRST, 600), call(FIRST, 600), call(FIRST, 600)),
    ),
]
