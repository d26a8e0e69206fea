"""Rows 46 to 86 of the fact sheet's edge cases: the turn of the year, episodes, consent, plans, payers."""

from typing import Any

from tests.billing.rules.documents import call, days, document, entry, year
from tests.billing.rules.scenario import FIVE_DAYS, LOWER, SETUP, UPPER, Scenario, march, with_days

TWENTY_MINUTES = [call("2026-03-09"), entry("2026-03-10", 18)]
SEAM = "2025-12-29"


def _refused(row: int, title: str, differs: str = "", **changes: Any) -> Scenario:
    """Everything reached, everything refused by a gate."""
    made = document(readings=FIVE_DAYS, time_entries=TWENTY_MINUTES, **changes)
    lines = ("98975 x1 2026-03-02 GP refused", march("98980", "refused"), "98985 x1 2026-03-31 GP refused")
    return Scenario(row, title, made, lines, differs)


def _ended(row: int, title: str, end: str, count: int, code: str, differs: str = "") -> Scenario:
    """Data for 25 dates, an episode that ends on the way, 14 minutes with a contact."""
    made = document(
        episode={"end": end},
        readings=days("2026-03-02", count) + days("2026-03-22", 5),
        time_entries=[call("2026-03-09"), entry("2026-03-10", 12)],
    )
    return Scenario(
        row, title, made, (SETUP, f"{code} x1 {end} GP billable", f"98979 x1 {end} GP billable"), differs
    )


TURN_OF_THE_YEAR = (
    Scenario(
        46,
        "November 2025: 15 days, 18 minutes",
        year(
            "2025-11-01",
            readings=days("2025-11-01", 15),
            time_entries=[call("2025-11-05"), entry("2025-11-06", 16)],
        ),
        (
            "98975 x1 2025-11-01 GP refused",
            "98977 x1 2025-11-30 GP refused",
            "98980 x1 2025-11-30 GP refused",
        ),
    ),
    Scenario(
        47,
        "November 2025: 16 days, 20 minutes",
        year(
            "2025-11-01",
            readings=days("2025-11-01", 16),
            time_entries=[call("2025-11-05"), entry("2025-11-06", 18)],
        ),
        (
            "98975 x1 2025-11-01 GP billable",
            "98977 x1 2025-11-30 GP billable",
            "98980 x1 2025-11-30 GP billable",
        ),
    ),
    Scenario(
        48,
        "window across the turn to 2026, 16 days",
        year(SEAM, readings=days(SEAM, 16), setup_already_billed=True),
        ("98975 x1 2025-12-29 GP refused", "98977 x1 2026-01-27 GP billable"),
    ),
    Scenario(
        49,
        "the same window, 9 days, 8 in January",
        year(SEAM, readings=days(SEAM) + days("2026-01-02", 8)),
        ("98975 x1 2025-12-29 GP refused", "98985 x1 2026-01-27 GP held"),
    ),
    Scenario(
        50,
        "the same window, 3 days, 1 in January",
        year(SEAM, readings=days(SEAM, 2) + days("2026-01-02")),
        ("98975 x1 2025-12-29 GP refused", "98985 x1 2026-01-27 GP held"),
    ),
    Scenario(
        51,
        "window 2025-11-03 to 2025-12-02, 10 days",
        year("2025-11-03", readings=days("2025-11-03", 10)),
        ("98975 x1 2025-11-03 GP refused", "98977 x1 2025-12-02 GP refused"),
    ),
    Scenario(
        52,
        "set-up on 2025-12-10, 10 days by 2026-01-08",
        year("2025-12-10", readings=days("2025-12-10", 10)),
        ("98975 x1 2025-12-10 GP refused", "98985 x1 2026-01-08 GP held"),
    ),
    Scenario(
        53,
        "15 minutes in December, 15 in January",
        year(
            "2025-12-01",
            readings=days("2025-12-01", 40),
            time_entries=[
                *(call("2025-12-09"), entry("2025-12-10", 13)),
                *(call("2026-01-08"), entry("2026-01-09", 13)),
            ],
        ),
        (
            "98975 x1 2025-12-01 GP billable",
            "98977 x1 2025-12-30 GP billable",
            "98980 x1 2025-12-31 GP refused",
            "98985 x1 2026-01-29 GP held",
            "98979 x1 2026-01-31 GP billable",
        ),
    ),
)

EPISODES = (
    _ended(54, "discharge on day 20, 12 days", "2026-03-21", 12, "98985"),
    _ended(55, "discharge on day 20, 17 days", "2026-03-21", 17, "98977"),
    Scenario(
        56,
        "discharged, a new episode in June",
        year(
            "2026-06-01",
            as_of="2026-07-15",
            prior_windows=[{"from": "2026-03-02", "to": "2026-03-31"}],
            readings=days("2026-06-02", 2),
        ),
        ("98975 x1 2026-06-01 GP billable", "98985 x1 2026-07-01 GP billable"),
    ),
    Scenario(
        57,
        "a new episode inside the earlier billed window",
        year(
            "2026-03-25",
            prior_windows=[{"from": "2026-03-02", "to": "2026-03-31"}],
            readings=days("2026-03-25", 12),
        ),
        ("98975 x1 2026-03-25 GP billable", "98985 x1 2026-04-30 GP billable"),
    ),
    with_days(
        58,
        "a second body part, set-up already billed",
        FIVE_DAYS,
        "98975 x1 2026-03-02 GP refused",
        LOWER,
        setup_already_billed=True,
    ),
    with_days(
        59,
        "the app swapped for a sensor, set-up already billed",
        days("2026-03-02", 16),
        "98975 x1 2026-03-02 GP refused",
        UPPER,
        setup_already_billed=True,
    ),
    _ended(
        79,
        "the patient dies on 2026-03-12",
        "2026-03-12",
        5,
        "98985",
        "The date of service is the end of the episode, and no review is asked for.",
    ),
)

GATES = (
    _refused(
        60,
        "a second practice bills RTM",
        exclusions=[{"kind": "other_rtm", "from": "2026-03-20", "to": "2026-04-18"}],
    ),
    _refused(
        62, "a cardiologist runs RPM", exclusions=[{"kind": "rpm", "from": "2026-03-15", "to": "2026-03-31"}]
    ),
    Scenario(
        67,
        "consent on 2026-03-05, data from 2026-03-02",
        document(
            consent={"from": "2026-03-05", "to": None},
            setup={"completed_on": "2026-03-05", "pt_minutes": 12, "pta_minutes": 0},
            readings=FIVE_DAYS,
        ),
        ("98975 x1 2026-03-05 GP billable", "98985 x1 2026-04-03 GP billable"),
        "Set-up comes with the consent here: a set-up before it is refused for its date of service.",
    ),
    with_days(
        68,
        "consent withdrawn on 2026-03-18",
        days("2026-03-02", 10) + days("2026-03-19", 5),
        SETUP,
        "98985 x1 2026-03-18 GP billable",
        consent={"from": "2026-03-02", "to": "2026-03-18"},
    ),
    with_days(
        69,
        "STOP on 2026-03-18, answers in the app go on: consent ends until asked",
        days("2026-03-02", 30),
        SETUP,
        "98977 x1 2026-03-18 GP billable",
        consent={"from": "2026-03-02", "to": "2026-03-18"},
    ),
    with_days(
        70,
        "certification lapsed from 2026-03-15 to 2026-03-20",
        days("2026-03-02", 20),
        SETUP,
        LOWER,
        plans_of_care=[
            {"from": "2026-03-01", "to": "2026-03-14", "names_rtm": True},
            {"from": "2026-03-21", "to": None, "names_rtm": True},
        ],
    ),
    with_days(
        71,
        "the plan never names RTM",
        FIVE_DAYS,
        "98975 x1 2026-03-02 GP refused",
        march("98980", "refused"),
        time_entries=TWENTY_MINUTES,
        plans_of_care=[{"from": "2026-03-01", "to": None, "names_rtm": False}],
    ),
    with_days(
        72,
        "no evaluation, so no plan of care",
        FIVE_DAYS,
        "98975 x1 2026-03-02 GP refused",
        march("98980", "refused"),
        time_entries=TWENTY_MINUTES,
        plans_of_care=[],
    ),
    _refused(73, "no device determination", device_determination=False),
    _refused(74, "the payer's policy is unknown", payer={"coverage": "unknown"}),
    Scenario(
        75,
        "authorization from 2026-03-15",
        document(
            payer={"coverage": "prior_auth", "covered_from": "2026-03-15"},
            readings=days("2026-03-02", 20),
            time_entries=[entry("2026-03-10", 30), call("2026-03-20", 10)],
        ),
        (
            "98975 x1 2026-03-02 GP refused",
            "98979 x1 2026-03-31 GP billable",
            "98985 x1 2026-04-13 GP billable",
        ),
    ),
    Scenario(
        76,
        "the second payer's half: covered from 2026-03-16",
        document(payer={"covered_from": "2026-03-16"}, readings=days("2026-03-02", 20)),
        ("98975 x1 2026-03-02 GP refused", "98985 x1 2026-04-14 GP billable"),
    ),
    _refused(
        77,
        "a home-health plan opens on 2026-03-10",
        "Home health refuses every line whose window or month it touches, earlier days too.",
        exclusions=[{"kind": "home_health", "from": "2026-03-10", "to": None}],
    ),
    with_days(
        78,
        "inpatient from 2026-03-10 to 2026-03-14",
        days("2026-03-02", 16),
        SETUP,
        LOWER,
        exclusions=[{"kind": "inpatient", "from": "2026-03-10", "to": "2026-03-14"}],
    ),
    with_days(82, "day 16 was a duplicate", days("2026-03-02", 15) + days("2026-03-16"), SETUP, LOWER),
    with_days(84, "set-up taught by video, 2 data days", days("2026-03-02", 2), SETUP, LOWER),
    Scenario(
        86,
        "window closes on 2027-01-17",
        year("2026-12-19", as_of="2027-02-01", readings=days("2026-12-19", 16)),
        ("98975 x1 2026-12-19 GP billable", "98977 x1 2027-01-17 GP refused"),
    ),
)

SCENARIOS_OF_CARE = (*TURN_OF_THE_YEAR, *EPISODES, *GATES)
