"""Cases by hand for dates of service, gates, rule sets and the order of statuses (rules 8 and 10)."""

from .cases_of_days import DEVICE, SET_UP, days, seam
from .cases_of_minutes import FIRST, timed
from .documents import call, dates_from, entry, excluded, local, noon_readings, ordinary, plan, setup, span

FIRST_CALLS = (call(FIRST, 1200), call(local("2026-03-06 09:00"), 1200))
ALL_MARCH = [
    SET_UP,
    "98980 2026-03-31 billable",
    "98981 2026-03-31 billable",
    DEVICE,
]


def march(**statuses):
    """The lines of March with 40 minutes and two contacts, billable but for the codes given."""
    return [
        line.replace("billable", statuses.get(f"c{line.split(' ')[0]}", "billable")) for line in ALL_MARCH
    ]


REFUSED = {"c98975": "refused", "c98980": "refused", "c98981": "refused", "c98985": "refused"}


def begun(first, count, **changes):
    """An episode, consent and plan from one date on, with so many data days from it on."""
    parts = {
        "start": first,
        "consent": span(first, None),
        "plans_of_care": [plan(first, None)],
        "setup": setup(first),
        "readings": noon_readings(dates_from(first, count)),
        "as_of": "2027-06-01",
    }
    return ordinary(**{**parts, **changes})


GATE_CASES = [
    ("all gates pass", march(), timed(*FIRST_CALLS)),
    ("no device determination", march(**REFUSED), timed(*FIRST_CALLS, device_determination=False)),
    ("payer's policy not covered", march(**REFUSED), timed(*FIRST_CALLS, payer={"coverage": "not_covered"})),
    (
        "prior authorisation without a date",
        march(**REFUSED),
        timed(*FIRST_CALLS, payer={"coverage": "prior_auth"}),
    ),
    (
        "prior authorisation from the set-up date",
        march(),
        timed(*FIRST_CALLS, payer={"coverage": "prior_auth", "covered_from": "2026-03-02"}),
    ),
    (
        "unknown coverage with a date stays refused",
        march(**REFUSED),
        timed(*FIRST_CALLS, payer={"coverage": "unknown", "covered_from": "2026-03-02"}),
    ),
    ("no code is covered", march(**REFUSED), timed(*FIRST_CALLS, payer={"covered_codes": []})),
    (
        "the add-on needs its base among the covered codes",
        march(c98980="refused", c98981="refused"),
        timed(*FIRST_CALLS, payer={"covered_codes": ["98975", "98981", "98985"]}),
    ),
    (
        "the base stands without the add-on among the covered codes",
        march(c98981="refused", c98985="refused"),
        timed(*FIRST_CALLS, payer={"covered_codes": ["98975", "98977", "98979", "98980"]}),
    ),
    (
        "consent was never given",
        ["98975 2026-03-02 refused"],
        timed(*FIRST_CALLS, consent=None),
    ),
    (
        "set-up before consent",
        ["98975 2026-03-02 refused", "98985 2026-04-01 billable"],
        ordinary(consent=span("2026-03-03", None)),
    ),
    (
        "set-up before the episode",
        ["98975 2026-02-27 refused", "98985 2026-03-31 billable"],
        ordinary(setup=setup("2026-02-27")),
    ),
    (
        "set-up before the plan of care",
        ["98975 2026-03-02 refused", "98985 2026-04-01 billable"],
        ordinary(plans_of_care=[plan("2026-03-03", None)]),
    ),
    (
        "a plan that does not name RTM covers nothing",
        ["98975 2026-03-02 refused", "98980 2026-03-31 refused", "98981 2026-03-31 refused"],
        timed(*FIRST_CALLS, plans_of_care=[plan("2026-03-01", None, names_rtm=False)]),
    ),
    (
        "a lapsed plan moves the date of service, not the closing: pending",
        [SET_UP, "98979 2026-03-20 pending", "98985 2026-03-20 pending"],
        timed(call(FIRST, 600), plans_of_care=[plan("2026-03-01", "2026-03-20")], as_of="2026-03-31"),
    ),
    (
        "a lapsed plan moves the date of service, not the closing: closed",
        [SET_UP, "98979 2026-03-20 billable", "98985 2026-03-20 billable"],
        timed(call(FIRST, 600), plans_of_care=[plan("2026-03-01", "2026-03-20")], as_of="2026-04-01"),
    ),
    (
        "a gap in the plans at the window's end, another plan after it",
        [SET_UP, "98985 2026-03-30 billable"],
        ordinary(plans_of_care=[plan("2026-03-01", "2026-03-30"), plan("2026-04-01", None)]),
    ),
    (
        "the date of service of a month may fall before consent, which refuses it",
        ["98979 2026-03-05 refused", "98975 2026-03-10 refused"],
        timed(
            call(local("2026-03-12 09:00"), 600),
            setup=setup("2026-03-10"),
            consent=span("2026-03-10", None),
            plans_of_care=[plan("2026-03-01", "2026-03-05"), plan("2026-04-01", None)],
            readings=[],
        ),
    ),
    (
        "no plan covers any date of the month: the clipped end, refused",
        [SET_UP, DEVICE, "98979 2026-04-30 refused"],
        timed(call(local("2026-04-07 09:00"), 600), plans_of_care=[plan("2026-03-01", "2026-03-31")]),
    ),
    (
        "a month is clipped at the episode's end and open on it",
        [SET_UP, "98979 2026-03-20 pending", "98985 2026-03-20 pending"],
        timed(
            call(FIRST, 600), end="2026-03-20", consent=span("2026-03-02", "2026-03-25"), as_of="2026-03-20"
        ),
    ),
    (
        "a month is closed the day after the episode's end",
        [SET_UP, "98979 2026-03-20 billable", "98985 2026-03-20 billable"],
        timed(
            call(FIRST, 600), end="2026-03-20", consent=span("2026-03-02", "2026-03-25"), as_of="2026-03-21"
        ),
    ),
    (
        "rpm on the month's last date refuses the month, the window ended before",
        ["98975 2026-02-25 billable", "98985 2026-03-26 billable", "98979 2026-03-31 refused"],
        begun(
            "2026-02-25",
            15,
            time_entries=[call(FIRST, 600)],
            exclusions=[excluded("rpm", "2026-03-31", "2026-03-31")],
        ),
    ),
    (
        "rpm on the month's first date refuses the month and not the window that begins later",
        [SET_UP, "98979 2026-03-31 refused", DEVICE],
        timed(call(FIRST, 600), exclusions=[excluded("rpm", "2026-02-01", "2026-03-01")]),
    ),
    (
        "a gate speaks before the window closes",
        ["98975 2026-03-02 refused", "98985 2026-03-31 refused"],
        ordinary(as_of="2026-03-20", device_determination=False),
    ),
    (
        "below the floor and open is pending, not refused",
        [SET_UP, "98979 2026-03-31 pending", "98985 2026-03-31 pending"],
        timed(call(FIRST, 30), as_of="2026-03-31"),
    ),
    (
        "no live contact and no data day: refused before held",
        [SET_UP, DEVICE, "98979 2026-04-30 refused"],
        timed(call(local("2026-04-07 09:00"), 59), entry(local("2026-04-08 09:00"), 599)),
    ),
    (
        "the last date of 2026 has a rule set",
        ["98975 2026-12-02 billable", "98985 2026-12-31 billable"],
        begun("2026-12-02", 15),
    ),
    (
        "the first date of 2027 has none, the codes are those of 2026",
        ["98975 2026-12-03 billable", "98985 2027-01-01 refused"],
        begun("2026-12-03", 15),
    ),
    (
        "minutes in January 2027",
        ["98975 2026-12-03 billable", "98977 2027-01-01 refused", "98979 2027-01-31 refused"],
        begun("2026-12-03", 16, time_entries=[call(local("2027-01-05 09:00"), 600)]),
    ),
    (
        "a window into 2027 clipped in 2026",
        ["98975 2026-12-20 billable", "98985 2026-12-31 billable"],
        begun("2026-12-20", 12, end="2026-12-31"),
    ),
    (
        "2021 has no rule set, the codes are those of 2022",
        ["98975 2021-12-01 refused", "98977 2021-12-30 refused", "98980 2021-12-31 refused"],
        begun("2021-12-01", 15, time_entries=[call(local("2021-12-06 09:00"), 600)]),
    ),
    (
        "a window of 2021 with its date of service in 2022",
        ["98975 2021-12-03 refused", "98977 2022-01-01 billable"],
        begun("2021-12-03", 16),
    ),
    (
        "December's 19 minutes fall under 2025, January's under 2026",
        [
            "98975 2025-12-15 billable",
            "98980 2025-12-31 refused",
            "98977 2026-01-13 billable",
            "98979 2026-01-31 held",
        ],
        seam(
            0,
            readings=days("2025-12-15", 16),
            time_entries=[call(local("2025-12-20 09:00"), 1140), call(local("2026-01-20 09:00"), 1140)],
        ),
    ),
]
