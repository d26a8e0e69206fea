"""Rows 1 to 19 of the fact sheet's edge cases: data days and windows."""

from tests.billing.rules.documents import call, days, entry, reading, year
from tests.billing.rules.scenario import LOWER, REFUSED_FLOOR, SETUP, UPPER, Scenario, with_days

DATA_DAYS = (
    with_days(1, "15 data days", days("2026-03-02", 15), SETUP, LOWER),
    with_days(2, "16 data days", days("2026-03-02", 16), SETUP, UPPER),
    with_days(3, "2 data days", days("2026-03-02", 2), SETUP, LOWER),
    with_days(4, "1 data day", days("2026-03-02", 1), *REFUSED_FLOOR),
    with_days(
        5,
        "no data day, 12 minutes on past data",
        [],
        "98975 x1 2026-03-02 GP pending",
        "98979 x1 2026-03-31 GP held",
        time_entries=[call("2026-03-09"), entry("2026-03-10", 10)],
    ),
    with_days(6, "30 of 30 days", days("2026-03-02", 30), SETUP, UPPER),
    with_days(7, "two replies on one day", days("2026-03-02") * 2, *REFUSED_FLOOR),
    with_days(
        8,
        "23:58 and 00:03 local",
        [reading("2026-03-03T05:58:00"), reading("2026-03-03T06:03:00")],
        SETUP,
        "98985 x1 2026-03-31 GP billable",
    ),
    with_days(
        9,
        "two dates in UTC, one in Los Angeles",
        [reading("2026-03-11T03:00:00"), reading("2026-03-11T06:30:00")],
        "98975 x1 2026-03-02 GP refused",
        "98985 x1 2026-04-08 GP refused",
        patient_time_zone="America/Los_Angeles",
    ),
    with_days(
        10,
        "01:30 and 03:30 on the day the clocks change",
        [reading("2026-03-08T07:30:00"), reading("2026-03-08T08:30:00")],
        "98975 x1 2026-03-02 GP refused",
        "98985 x1 2026-04-06 GP refused",
    ),
    with_days(
        11,
        "from Tokyo, two local dates there, one in Los Angeles",
        [reading("2026-03-11T14:30:00"), reading("2026-03-11T15:30:00")],
        "98975 x1 2026-03-02 GP refused",
        "98985 x1 2026-04-09 GP refused",
        patient_time_zone="America/Los_Angeles",
    ),
    Scenario(
        12,
        "window from 2026-01-31 across February",
        year("2026-01-31", readings=days("2026-01-31", 3)),
        ("98975 x1 2026-01-31 GP billable", "98985 x1 2026-03-01 GP billable"),
    ),
    Scenario(
        13,
        "window from 2028-01-31, a leap year",
        year("2028-01-31", as_of="2028-04-01", readings=days("2028-01-31", 3)),
        ("98975 x1 2028-01-31 GP refused", "98985 x1 2028-02-29 GP refused"),
        "No rule set for 2028 is approved, so the lines are refused.",
    ),
    Scenario(
        14,
        "two windows close in one month",
        year("2026-09-02", as_of="2026-11-01", readings=days("2026-09-02", 3) + days("2026-10-02", 2)),
        (
            "98975 x1 2026-09-02 GP billable",
            "98985 x1 2026-10-01 GP billable",
            "98985 x1 2026-10-31 GP billable",
        ),
    ),
    with_days(
        15,
        "the 16th reply on day 31",
        days("2026-03-02", 15) + days("2026-04-01"),
        SETUP,
        LOWER,
        "98985 x1 2026-04-30 GP refused",
    ),
    with_days(16, "ten past days typed in one sitting", days("2026-03-02") * 10, *REFUSED_FLOOR),
    with_days(
        17,
        "staff types the scores in",
        days("2026-03-02", 20, source="staff"),
        "98975 x1 2026-03-02 GP pending",
    ),
    with_days(19, "only our reminders went out", [], "98975 x1 2026-03-02 GP pending"),
)
