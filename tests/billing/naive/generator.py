"""Random documents of `decide_billing` that press on every boundary of section 4 of the contract."""

import calendar
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .documents import ORDINARY_PAYER, call, excluded, instant, plan, reading, setup, span
from .hand_made import hand_made
from .random_minutes import (
    clock_instant,
    midnight_chain,
    month_entries,
    overlapping_entries,
    short_calls,
)

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
CODES = ("98975", "98977", "98979", "98980", "98981", "98985")


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


def plus(moment, days):
    return moment + timedelta(days=days)


def month_end(moment):
    return moment.replace(day=calendar.monthrange(moment.year, moment.month)[1])


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


def completed_on(document):
    """The date around which a document is built: its set-up's, or the episode's start without one."""
    return date.fromisoformat(
        document["setup"]["completed_on"] if document["setup"] else document["episode"]["start"]
    )


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


def edges(document):
    """The dates on which something begins or ends: set-up, windows, months, entries, and their neighbours."""
    completed = completed_on(document)
    found = {completed, month_end(completed), plus(month_end(completed), 1)}
    found.add(month_end(plus(month_end(completed), 1)))
    zone = ZoneInfo(document["patient_time_zone"])
    instants = [one["at"] for one in document["readings"]]
    instants += [one["started_at"] for one in document["time_entries"]]
    found |= {datetime.fromisoformat(one).astimezone(zone).date() for one in instants}
    if document["readings"]:
        first = min(one["at"] for one in document["readings"])
        anchor = max(completed, datetime.fromisoformat(first).astimezone(zone).date())
        for start in (anchor, plus(anchor, 30), plus(anchor, 60)):
            found |= {start, plus(start, 29)}
    ends = [document["episode"]["end"], document["consent"] and document["consent"]["to"]]
    return sorted(found | {date.fromisoformat(end) for end in ends if end})


def edge(rng, document):
    return plus(rng.choice(edges(document)), rng.choice((-1, 0, 0, 0, 1)))


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


# Changes: each makes one part of the document awkward.


def no_consent(rng, document):
    document["consent"] = None


def consent_edges(rng, document):
    first, last = sorted((edge(rng, document), edge(rng, document)))
    kept = document["consent"] or span(document["episode"]["start"], None)
    document["consent"] = rng.choice(
        (
            {**kept, "to": max(last.isoformat(), kept["from"])},
            span(first.isoformat(), None),
            span(first.isoformat(), last.isoformat()),
        )
    )


def episode_ends(rng, document):
    end = max(edge(rng, document).isoformat(), document["episode"]["start"])
    document["episode"]["end"] = end


def episode_starts_late(rng, document):
    start = edge(rng, document).isoformat()
    if document["episode"]["end"] is None or start <= document["episode"]["end"]:
        document["episode"]["start"] = start


def plan_gap(rng, document):
    first, last = sorted((edge(rng, document), edge(rng, document)))
    plans = [plan(document["episode"]["start"], None)]
    if plans[0]["from"] <= plus(first, -1).isoformat():
        plans[0]["to"] = plus(first, -1).isoformat()
        plans.append(plan(plus(last, 1).isoformat(), rng.choice((None, plus(last, 40).isoformat()))))
        plans.append(plan(first.isoformat(), last.isoformat(), names_rtm=False))
    document["plans_of_care"] = plans


def plan_lapses(rng, document):
    start = document["episode"]["start"]
    document["plans_of_care"] = [plan(start, max(edge(rng, document).isoformat(), start))]


def plan_starts_late(rng, document):
    document["plans_of_care"] = [plan(edge(rng, document).isoformat(), None)]


def plan_without_rtm(rng, document):
    unnamed = [{**one, "names_rtm": False} for one in document["plans_of_care"]]
    document["plans_of_care"] = rng.choice(([], unnamed))


def no_setup(rng, document):
    document["setup"] = None


def setup_moves(rng, document):
    document["setup"] = setup(
        edge(rng, document).isoformat(), rng.choice((9, 18, 20)), rng.choice((0, 1, 2, 3))
    )


def setup_shares(rng, document):
    pt, pta = rng.choice(((9, 1), (18, 2), (27, 3), (90, 10), (89, 11), (8, 1), (0, 0), (0, 12), (12, 0)))
    document["setup"] = setup(completed_on(document).isoformat(), pt, pta)


def already_billed(rng, document):
    document["setup_already_billed"] = True


def no_determination(rng, document):
    document["device_determination"] = False


def coverage(rng, document):
    document["payer"]["coverage"] = rng.choice(("prior_auth", "prior_auth", "unknown", "not_covered"))
    if rng.random() < 0.5:
        covered_from(rng, document)


def covered_from(rng, document):
    document["payer"]["covered_from"] = edge(rng, document).isoformat()


def authorised(rng, document):
    document["payer"]["coverage"] = "prior_auth"
    document["payer"]["covered_from"] = document["episode"]["start"]


def covered_codes(rng, document):
    lists = ([], list(CODES), rng.sample(CODES, 3), rng.sample(CODES, 5), rng.sample(CODES, 5))
    document["payer"]["covered_codes"] = rng.choice(lists)


def exclusion(rng, document):
    first, last = sorted((edge(rng, document), edge(rng, document)))
    if rng.random() < 0.5:
        last = first
    kind = rng.choice(("rpm", "other_rtm", "home_health", "inpatient", "inpatient", "inpatient"))
    document["exclusions"].append(
        excluded(kind, first.isoformat(), rng.choice((last.isoformat(), last.isoformat(), None)))
    )


def inpatient_stay(rng, document):
    first = edge(rng, document)
    document["exclusions"].append(
        excluded("inpatient", first.isoformat(), plus(first, rng.choice((0, 2, 9))).isoformat())
    )


def prior_window(rng, document):
    for _ in range(rng.choice((1, 1, 2))):
        last = plus(completed_on(document), rng.choice((-30, -1, 0, 1, 5, 14, 29, 40)))
        document["prior_windows"].append(span(plus(last, -29).isoformat(), last.isoformat()))


def early_minutes(rng, document):
    """Minutes before the first data day's month, and on the consent's and the episode's edges."""
    day = plus(edge(rng, document), rng.choice((0, -31)))
    document["time_entries"] += month_entries(rng, day, document["clinic_time_zone"], nasty=True)


def overlapping_calls(rng, document):
    start = clock_instant(rng, edge(rng, document), document["clinic_time_zone"], nasty=True)
    document["time_entries"] += overlapping_entries(
        rng, [{"started_at": start, "ended_at": start} for _ in range(3)]
    )
    if rng.random() < 0.2:
        document["time_entries"].append(call(start, rng.choice((86_400, 100_000)), "PTA"))


CHANGES = (
    no_consent,
    consent_edges,
    consent_edges,
    episode_ends,
    episode_ends,
    episode_starts_late,
    plan_gap,
    plan_gap,
    plan_lapses,
    plan_lapses,
    plan_starts_late,
    plan_without_rtm,
    no_setup,
    setup_moves,
    setup_shares,
    setup_shares,
    already_billed,
    no_determination,
    coverage,
    covered_from,
    authorised,
    covered_codes,
    covered_codes,
    exclusion,
    exclusion,
    inpatient_stay,
    prior_window,
    prior_window,
    early_minutes,
    early_minutes,
    overlapping_calls,
    overlapping_calls,
)
