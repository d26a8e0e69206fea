"""Rows 20 to 44 of the fact sheet's edge cases, and 66 and 83: minutes, contacts, the assistant's part."""

from tests.billing.rules.documents import call, calls, days, document, entry
from tests.billing.rules.scenario import LOWER, SETUP, UPPER, Scenario, march, with_minutes

MINUTES = (
    with_minutes(
        20,
        "9:59",
        [call("2026-03-09"), entry("2026-03-10", 7, seconds=59)],
        march("98979", "refused"),
    ),
    with_minutes(21, "10 minutes", [call("2026-03-09"), entry("2026-03-10", 8)], march("98979")),
    with_minutes(22, "19:59", [call("2026-03-09"), entry("2026-03-10", 17, seconds=59)], march("98979")),
    with_minutes(23, "20 minutes", [call("2026-03-09"), entry("2026-03-10", 18)], march("98980")),
    with_minutes(24, "39 minutes", [call("2026-03-09"), entry("2026-03-10", 37)], march("98980")),
    with_minutes(
        25,
        "40 minutes, 2 contacts",
        [*calls(2), entry("2026-03-20", 36)],
        march("98980"),
        march("98981"),
    ),
    with_minutes(
        26,
        "40 minutes, 1 contact",
        [*calls(1), entry("2026-03-20", 38)],
        march("98980"),
        march("98981", "held"),
    ),
    with_minutes(
        27,
        "59 minutes, 2 contacts",
        [*calls(2), entry("2026-03-20", 55)],
        march("98980"),
        march("98981"),
    ),
    with_minutes(
        28,
        "60 minutes, 3 contacts",
        [*calls(3), entry("2026-03-20", 54)],
        march("98980"),
        march("98981", units=2),
    ),
    with_minutes(
        29,
        "80 minutes, 4 contacts",
        [*calls(4), entry("2026-03-20", 72)],
        march("98980"),
        march("98981", units=2),
        march("98981", "held"),
    ),
    with_minutes(30, "25 minutes, no contact", [entry("2026-03-10", 25)], march("98980", "refused")),
    with_minutes(
        31,
        "25 minutes of texting",
        [entry("2026-03-10", 25, activity="conversation")],
        march("98980", "refused"),
    ),
    with_minutes(
        32,
        "a voicemail left",
        [entry("2026-03-09", 2, activity="conversation"), entry("2026-03-10", 23)],
        march("98980", "refused"),
    ),
    with_minutes(
        33, "a call with the caregiver", [call("2026-03-09"), entry("2026-03-10", 23)], march("98980")
    ),
    with_minutes(
        34,
        "an AI voice agent called",
        [call("2026-03-09", credential="OTHER"), entry("2026-03-10", 25)],
        march("98980", "refused"),
    ),
    with_minutes(
        35,
        "25 minutes, 5 by the front desk",
        [call("2026-03-09"), entry("2026-03-10", 18), entry("2026-03-11", 5, credential="OTHER")],
        march("98980"),
    ),
    with_minutes(
        36,
        "22 minutes, 5 by the front desk",
        [call("2026-03-09"), entry("2026-03-10", 15), entry("2026-03-11", 5, credential="OTHER")],
        march("98979"),
    ),
    with_minutes(
        37,
        "22 minutes, 6 of them set-up",
        [call("2026-03-09"), entry("2026-03-10", 14), entry("2026-03-02", 6, activity="set_up")],
        march("98979"),
    ),
    with_minutes(
        38,
        "24 minutes, 8 inside a billed visit",
        [call("2026-03-09"), entry("2026-03-10", 14), entry("2026-03-11", 8, in_billed_visit=True)],
        march("98979"),
    ),
    with_minutes(
        39,
        "both confer for 10 minutes, the therapist works 12 more",
        [
            call("2026-03-09"),
            entry("2026-03-10", 10),
            entry("2026-03-11", 10),
            entry("2026-03-11", 10, credential="PTA"),
        ],
        march("98980"),
    ),
    with_minutes(
        41,
        "20 minutes in April, the only contact in March",
        [call("2026-03-31"), entry("2026-04-10", 20)],
        march("98979", "refused"),
        "98980 x1 2026-04-30 GP refused",
    ),
    with_minutes(
        42,
        "the assistant did 2 of 20 minutes",
        [call("2026-03-09"), entry("2026-03-10", 16), entry("2026-03-11", 2, credential="PTA")],
        march("98980"),
    ),
    with_minutes(
        43,
        "the assistant did 3 of 20 minutes",
        [call("2026-03-09"), entry("2026-03-10", 15), entry("2026-03-11", 3, credential="PTA")],
        march("98980", modifiers="GP CQ"),
    ),
    with_minutes(
        66,
        "two therapists share the month",
        [call("2026-03-09", 10), entry("2026-03-10", 10)],
        march("98980"),
    ),
    with_minutes(
        83,
        "a contact of 45 seconds",
        [call("2026-03-09", 0, seconds=45), entry("2026-03-10", 20)],
        march("98980", "refused"),
    ),
    Scenario(
        40,
        "12 minutes in each of two months",
        document(
            readings=days("2026-03-02", 31),
            time_entries=[
                *(call("2026-03-09"), entry("2026-03-10", 10)),
                *(call("2026-04-09"), entry("2026-04-10", 10)),
            ],
        ),
        (SETUP, UPPER, march("98979"), "98979 x1 2026-04-30 GP billable", "98985 x1 2026-04-30 GP refused"),
    ),
    Scenario(
        44,
        "the assistant ran all of set-up",
        document(
            readings=days("2026-03-02", 5),
            setup={"completed_on": "2026-03-02", "pt_minutes": 0, "pta_minutes": 15},
        ),
        ("98975 x1 2026-03-02 GP CQ billable", LOWER),
    ),
)
