"""Cases by hand for data days, windows, device tiers and set-up (rules 1 to 4)."""

from .documents import dates_from, excluded, local, noon_readings, ordinary, plan, reading, setup, span

SET_UP = "98975 2026-03-02 billable"
DEVICE = "98985 2026-03-31 billable"


def days(first, count, step=1):
    return noon_readings(dates_from(first, count, step))


def seam(count, **changes):
    """A window from 2025-12-15 to 2026-01-13 with so many data days."""
    parts = {
        "start": "2025-12-15",
        "consent": span("2025-12-15", None),
        "plans_of_care": [plan("2025-12-15", None)],
        "setup": setup("2025-12-15"),
        "readings": days("2025-12-15", count),
        "as_of": "2026-03-01",
    }
    return ordinary(**{**parts, **changes})


def in_2025(count, **changes):
    """An episode that begins on 2025-09-01, its first window ending 2025-09-30."""
    parts = {
        "start": "2025-09-01",
        "consent": span("2025-09-01", None),
        "plans_of_care": [plan("2025-09-01", None)],
        "setup": setup("2025-09-01"),
        "readings": days("2025-09-01", count),
    }
    return ordinary(**{**parts, **changes})


DAY_CASES = [
    (
        "one second apart around local midnight are two days",
        [SET_UP, DEVICE],
        ordinary(readings=[reading(local("2026-03-02 23:59:59")), reading(local("2026-03-03 00:00:00"))]),
    ),
    (
        "a reading's date is the patient's, not the clinic's",
        [SET_UP, DEVICE],
        ordinary(
            readings=[reading(local("2026-03-02 00:30")), reading(local("2026-03-03 23:30"))],
            clinic_time_zone="Pacific/Kiritimati",
        ),
    ),
    (
        "the 23-hour date is one day",
        ["98975 2026-03-02 billable", "98985 2026-04-06 billable"],
        ordinary(
            readings=[
                reading(local("2026-03-08 01:30")),
                reading(local("2026-03-08 23:59:59")),
                reading(local("2026-03-09 00:00")),
            ]
        ),
    ),
    (
        "a caregiver's day counts and staff's does not",
        ["98975 2026-03-02 refused", "98985 2026-03-31 refused"],
        ordinary(
            readings=noon_readings(["2026-03-02"], source="caregiver")
            + noon_readings(["2026-03-03"], source="staff")
        ),
    ),
    (
        "readings before set-up do not count",
        ["98975 2026-03-10 billable", "98985 2026-04-08 billable"],
        ordinary(setup=setup("2026-03-10")),
    ),
    ("without set-up there is no data day", [], ordinary(setup=None)),
    ("a set-up later than as_of is ignored", [], ordinary(as_of="2026-03-01")),
    (
        "readings before covered_from do not count, and set-up before it is refused",
        ["98975 2026-03-02 refused", "98985 2026-04-08 billable"],
        ordinary({"covered_from": "2026-03-10"}),
    ),
    (
        "both ends of an inpatient stay are removed",
        ["98975 2026-03-02 refused", "98985 2026-03-31 refused"],
        ordinary(
            readings=days("2026-03-02", 3), exclusions=[excluded("inpatient", "2026-03-03", "2026-03-04")]
        ),
    ),
    (
        "the dates beside an inpatient stay count",
        [SET_UP, DEVICE],
        ordinary(
            readings=days("2026-03-02", 4), exclusions=[excluded("inpatient", "2026-03-03", "2026-03-04")]
        ),
    ),
    (
        "inpatient on the date of service refuses nothing",
        [SET_UP, DEVICE],
        ordinary(exclusions=[excluded("inpatient", "2026-03-31", None)]),
    ),
    (
        "rpm on the window's last date refuses the window and the set-up",
        ["98975 2026-03-02 refused", "98985 2026-03-31 refused"],
        ordinary(exclusions=[excluded("rpm", "2026-03-31", "2026-03-31")]),
    ),
    (
        "rpm the day after the window refuses nothing",
        [SET_UP, DEVICE],
        ordinary(exclusions=[excluded("rpm", "2026-04-01", None)]),
    ),
    (
        "rpm in the part of the window that was clipped away still refuses",
        ["98975 2026-03-02 refused", "98985 2026-03-20 refused"],
        ordinary(end="2026-03-20", exclusions=[excluded("rpm", "2026-03-31", "2026-03-31")]),
    ),
    (
        "another practice's RTM in a later window 1 refuses the set-up",
        ["98975 2026-03-02 refused", "98985 2026-05-19 refused"],
        ordinary(
            readings=days("2026-04-20", 3), exclusions=[excluded("other_rtm", "2026-05-19", "2026-05-19")]
        ),
    ),
    (
        "home health on the set-up date only",
        ["98975 2026-03-02 refused", "98985 2026-05-19 billable"],
        ordinary(
            readings=days("2026-04-20", 3), exclusions=[excluded("home_health", "2026-03-02", "2026-03-02")]
        ),
    ),
    (
        "a prior window that ends on the first data day moves the anchor by one",
        [SET_UP, "98985 2026-04-01 billable"],
        ordinary(prior_windows=[span("2026-02-01", "2026-03-02")]),
    ),
    (
        "a prior window that ends the day before moves nothing",
        [SET_UP, DEVICE],
        ordinary(prior_windows=[span("2026-01-31", "2026-03-01")]),
    ),
    (
        "the latest of several prior windows holds",
        [SET_UP, "98985 2026-04-09 billable"],
        ordinary(prior_windows=[span("2026-02-09", "2026-03-10"), span("2026-01-10", "2026-02-08")]),
    ),
    (
        "all data days lie in a prior window: window 1 has not begun",
        ["98975 2026-03-02 pending"],
        ordinary(prior_windows=[span("2026-03-02", "2026-03-31")]),
    ),
    (
        "window 1 can still begin on the consent's last day",
        ["98975 2026-03-02 pending"],
        ordinary(readings=[], consent=span("2026-03-02", "2026-04-20"), as_of="2026-04-20"),
    ),
    (
        "window 1 cannot begin after the consent's last day",
        ["98975 2026-03-02 refused"],
        ordinary(readings=[], consent=span("2026-03-02", "2026-04-20"), as_of="2026-04-21"),
    ),
    (
        "window 1 cannot begin after the episode's end",
        ["98975 2026-03-02 refused"],
        ordinary(readings=[], end="2026-04-20", as_of="2026-04-21"),
    ),
    (
        "a window without a day has no line and the grid runs on",
        [SET_UP, DEVICE, "98985 2026-05-29 billable"],
        ordinary(readings=days("2026-03-02", 2) + days("2026-05-10", 2)),
    ),
    ("the open window around as_of is listed without a line", [SET_UP, DEVICE], ordinary(as_of="2026-04-15")),
    (
        "a window is open on its clipped end",
        [SET_UP, "98985 2026-03-31 pending"],
        ordinary(as_of="2026-03-31"),
    ),
    ("a window is closed the day after its clipped end", [SET_UP, DEVICE], ordinary(as_of="2026-04-01")),
    (
        "consent ends on the last data day: closed the day after",
        [SET_UP, "98985 2026-03-16 billable"],
        ordinary(consent=span("2026-03-02", "2026-03-16"), as_of="2026-03-17"),
    ),
    (
        "the window after the clip does not exist",
        [SET_UP, DEVICE],
        ordinary(readings=days("2026-03-02", 2) + days("2026-04-01", 9), end="2026-03-31"),
    ),
    (
        "a closed window without a day around as_of is not listed",
        [SET_UP, DEVICE],
        ordinary(end="2026-04-10", as_of="2026-04-20"),
    ),
    (
        "the window after the clip by one day exists",
        [SET_UP, DEVICE, "98985 2026-04-01 refused"],
        ordinary(readings=days("2026-03-02", 2) + days("2026-04-01", 9), end="2026-04-01"),
    ),
    (
        "one data day: pending while the window is open",
        ["98975 2026-03-02 pending", "98985 2026-03-31 pending"],
        ordinary(readings=days("2026-03-02", 1), as_of="2026-03-31"),
    ),
    (
        "on the set-up date all is pending",
        ["98975 2026-03-02 pending", "98985 2026-03-31 pending"],
        ordinary(as_of="2026-03-02"),
    ),
    (
        "set-up already billed is refused, the device is not",
        ["98975 2026-03-02 refused", DEVICE],
        ordinary(setup_already_billed=True),
    ),
    (
        "15 days in 2025: below the floor",
        ["98975 2025-09-01 refused", "98977 2025-09-30 refused"],
        in_2025(15),
    ),
    ("16 days in 2025", ["98975 2025-09-01 billable", "98977 2025-09-30 billable"], in_2025(16)),
    (
        "15 days in an open window of 2025 are pending",
        ["98975 2025-09-01 pending", "98977 2025-09-30 pending"],
        in_2025(15, as_of="2025-09-30"),
    ),
    ("seam: 1 day is refused", ["98975 2025-12-15 refused", "98985 2026-01-13 refused"], seam(1)),
    ("seam: 2 days are held", ["98975 2025-12-15 refused", "98985 2026-01-13 held"], seam(2)),
    ("seam: 15 days are held", ["98975 2025-12-15 refused", "98985 2026-01-13 held"], seam(15)),
    ("seam: 16 days stand", ["98975 2025-12-15 billable", "98977 2026-01-13 billable"], seam(16)),
    (
        "seam: clipped at the last day of 2025 it is a window of 2025",
        ["98975 2025-12-15 refused", "98977 2025-12-31 refused"],
        seam(15, end="2025-12-31"),
    ),
    (
        "seam: the plan that lapses with 2025 moves the date of service into 2025",
        ["98975 2025-12-15 refused", "98977 2025-12-31 refused"],
        seam(15, plans_of_care=[plan("2025-12-15", "2025-12-31")]),
    ),
    (
        "seam: set-up in 2025 needs 16 days, a window from 2026-01-01 is not held",
        ["98975 2025-12-15 refused", "98985 2026-01-30 billable"],
        seam(0, readings=days("2026-01-01", 15)),
    ),
]
