"""Cases by hand for live contacts (rule 6)."""

from .cases_of_minutes import FIRST, LATE, MIDNIGHT, SECOND, of_march, of_march_and_april, timed
from .documents import call, dates_from, entry, local, noon_readings

CONTACT_CASES = [
    (
        "a call of 59 seconds is no live contact",
        of_march(("98980", "refused")),
        timed(call(FIRST, 59), entry(SECOND, 1200)),
    ),
    (
        "a call of 60 seconds is one",
        of_march(("98980", "billable")),
        timed(call(FIRST, 60), entry(SECOND, 1200)),
    ),
    (
        "a call with 59 seconds outside a billed visit is no live contact",
        of_march(("98980", "refused")),
        timed(call(FIRST, 600), entry(FIRST, 541, in_billed_visit=True), entry(SECOND, 1200)),
    ),
    (
        "a call with 60 seconds outside a billed visit is one",
        of_march(("98980", "billable")),
        timed(call(FIRST, 600), entry(FIRST, 540, in_billed_visit=True), entry(SECOND, 1200)),
    ),
    (
        "live contact needs a conversation, and a conversation the mark",
        of_march(("98979", "refused")),
        timed(entry(FIRST, 600, live_contact=True), entry(SECOND, 300, activity="conversation")),
    ),
    (
        "a PTA's entry counts for nothing in speech therapy",
        of_march(("98979", "refused")),
        timed(call(FIRST, 600, "PTA"), entry(SECOND, 600), discipline="SLP"),
    ),
    (
        "calls that touch are two contacts",
        of_march(("98980", "billable"), ("98981", "billable")),
        timed(call(FIRST, 1800), call(local("2026-03-05 09:30"), 600)),
    ),
    (
        "calls that overlap by a second are one contact",
        of_march(("98980", "billable"), ("98981", "held")),
        timed(call(FIRST, 1801), call(local("2026-03-05 09:30"), 600)),
    ),
    (
        "a chain of calls is one contact, whose first and last do not meet",
        of_march(("98980", "billable"), ("98981", "held")),
        timed(call(FIRST, 1200), call(local("2026-03-05 09:19"), 120), call(local("2026-03-05 09:20"), 1200)),
    ),
    (
        "a chain of calls over the month's end leaves the new month without contact",
        of_march_and_april("98979 2026-03-31 billable", "98979 2026-04-30 refused"),
        timed(call(LATE, 660), call(MIDNIGHT, 1200)),
    ),
    (
        "a long call and two short ones inside it are one contact",
        of_march(("98980", "billable"), ("98981", "held")),
        timed(call(FIRST, 2400), call(local("2026-03-05 09:05"), 60), call(local("2026-03-05 09:20"), 60)),
    ),
    (
        "a call whose seconds all count in March is still the contact of April, where it started",
        [
            *of_march(("98980", "refused"), ("98981x2", "refused")),
            "98979 2026-04-30 billable",
            "98985 2026-04-30 refused",
        ],
        timed(
            entry(local("2026-03-31 23:30"), 3600),
            call(local("2026-04-01 00:05"), 600),
            entry(local("2026-04-02 09:00"), 600),
            readings=noon_readings([*dates_from("2026-03-02", 15), "2026-04-01"]),
        ),
    ),
]
