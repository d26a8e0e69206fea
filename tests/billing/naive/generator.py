"""Random documents of `decide_billing` that press on every boundary of section 4 of the contract."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from .changes import CHANGES
from .documents import ORDINARY_PAYER, instant, plan, reading, setup, span
from .edges import completed_on, edge, edges, month_end, plus
from .hand_made import hand_made
from .random_minutes import midnight_chain, month_entries, overlapping_entries, short_calls

__all__ = ["hand_made", "random_document"]

ZONES = ("America/Chicago", "America/New_York", "America/Los_Angeles", "Pacific/Honolulu", "Europe/London")
# Far apart, with half hours, with a clock change of half an hour, and with one at midnight.
FAR_ZONES = (
    "Pacific/Kiritimati",
    "Pacific/Pago_Pago",
    "Asia/Tokyo",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "America/Santiago",
)
# First and last set-up date of a stretch of time, and its weight: the seams between rule sets weigh most.
ERAS = (
    (date(2026, 1, 15), date(2026, 10, 15), 36),
    (date(2026, 2, 20), date(2026, 3, 12), 8),
    (date(2025, 11, 10), date(2026, 1, 14), 22),
    (date(2026, 11, 1), date(2027, 1, 20), 14),
    (date(2022, 1, 1), date(2025, 11, 9), 15),
    (date(2021, 10, 20), date(2022, 1, 14), 5),
)
DAY_COUNTS = (0, 1, 1, 2, 2, 3, 8, 14, 15, 15, 16, 16, 17, 30)
AWKWARD_TIMES = (time(0), time(0, 0, 1), time(1, 30), time(2, 30), time(23, 59, 59), time(12))


def random_document(rng):
    """A valid document: half of them ordinary, half with several awkward things at once."""
    nasty = rng.random() < 0.5
    document = ordinary_start(rng, nasty)
    add_readings(rng, document, nasty)
    add_minutes(rng, document, nasty)
    wanted = rng.choice((0, 1, 1, 2, 2, 3, 5)) if nasty else rng.choice((0, 0, 0, 1, 1))
    for change in rng.sample(CHANGES, wanted):
        change(rng, document)
    document["as_of"] = as_of(rng, document)
    if rng.random() < 0.3:
        add_ids(document)
    if nasty and rng.random() < 0.5:
        disorder(rng, document)
    return document


def ordinary_start(rng, nasty):
    """Everything in place from a random set-up date on; neither readings nor minutes yet."""
    patient_zone = rng.choice(ZONES + FAR_ZONES) if nasty else rng.choice(ZONES)
    clinic_zone = rng.choice(ZONES + FAR_ZONES) if nasty and rng.random() < 0.6 else patient_zone
    first, last, _ = rng.choices(ERAS, [weight for _, _, weight in ERAS])[0]
    completed = plus(first, rng.randint(0, (last - first).days))
    start = plus(completed, -rng.choice((0, 0, 1, 3, 10)))
    return {
        "as_of": completed.isoformat(),
        "patient_time_zone": patient_zone,
        "clinic_time_zone": clinic_zone,
        "episode": {
            "id": f"E{rng.randint(1, 999)}",
            "start": start.isoformat(),
            "end": None,
            "discipline": rng.choice(("PT", "PT", "PT", "OT", "SLP")),
            "condition": "musculoskeletal",
        },
        "consent": span(plus(start, rng.choice((0, 0, 1))).isoformat(), None),
        "plans_of_care": [plan(start.isoformat(), rng.choice((None, plus(start, 180).isoformat())))],
        "setup": setup(completed.isoformat(), rng.randint(5, 20), rng.choice((0, 0, 0, 1, 5))),
        "setup_already_billed": False,
        "device_determination": True,
        "payer": {**ORDINARY_PAYER, "live_contact_rule": rng.choice(("strict", "plain"))},
        "exclusions": [],
        "prior_windows": [],
        "readings": [],
        "time_entries": [],
    }


def add_readings(rng, document, nasty):
    """Readings on an exact number of dates of each of one to three windows, and some that must not count."""
    anchor = plus(completed_on(document), rng.choice((0, 0, 0, 1, 4)))
    zone = ZoneInfo(document["patient_time_zone"])
    chosen = []
    for number in range(rng.randint(1, 3)):
        dates = [plus(anchor, 30 * number + offset) for offset in range(30)]
        count = rng.choice(DAY_COUNTS)
        picked = rng.sample(dates[1:], count - 1) + dates[:1] if count else []
        chosen += [(moment, rng.choice(("patient", "patient", "patient", "caregiver"))) for moment in picked]
    chosen += [(plus(anchor, rng.randint(-5, 95)), "staff") for _ in range(rng.randint(0, 4))]
    if nasty:
        chosen += [
            (plus(anchor, rng.choice((-40, -2, -1, 95, 120))), "patient") for _ in range(rng.randint(0, 2))
        ]
    for moment, source in chosen:
        clock = rng.choice(AWKWARD_TIMES) if nasty else time(rng.randint(7, 21), rng.randint(0, 59))
        at = datetime.combine(moment, clock, zone)
        document["readings"].append(reading(instant(at), source))


def add_minutes(rng, document, nasty):
    """Time entries in up to three months from set-up on, awkwardly laid over each other when nasty."""
    zone = document["clinic_time_zone"]
    entries = document["time_entries"]
    moment = completed_on(document)
    for _ in range(3):
        last = month_end(moment)
        if rng.random() < 0.7:
            day = plus(moment, rng.randint(0, (last - moment).days))
            entries += month_entries(rng, day, zone, nasty)
        if nasty and rng.random() < 0.15:
            entries += midnight_chain(rng, last, zone)
        moment = plus(last, 1)
    if nasty and entries and rng.random() < 0.5:
        entries += overlapping_entries(rng, entries)
    if nasty and entries and rng.random() < 0.3:
        entries += short_calls(rng, entries)


def as_of(rng, document):
    """A decision date: usually after everything, else on, just before or just after an edge."""
    chosen = edges(document)
    if rng.random() < 0.6:
        return plus(chosen[-1], rng.choice((31, 40, 60, 200))).isoformat()
    return edge(rng, document).isoformat()


def add_ids(document):
    """Ids on everything that may carry one."""
    for key, letter in (("readings", "R"), ("time_entries", "T"), ("plans_of_care", "P")):
        document[key] = [{"id": f"{letter}{number}", **one} for number, one in enumerate(document[key])]


def disorder(rng, document):
    """Shuffles the lists and repeats a few of their members."""
    for key in ("readings", "time_entries", "exclusions", "plans_of_care", "prior_windows"):
        items = document[key]
        document[key] = items + [dict(one) for one in rng.sample(items, min(len(items), rng.randint(0, 2)))]
        rng.shuffle(document[key])
