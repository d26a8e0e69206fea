"""Changes that make one part of a generated document awkward."""

from .documents import call, excluded, plan, setup, span
from .edges import completed_on, edge, plus
from .random_minutes import clock_instant, month_entries, overlapping_entries

CODES = ("98975", "98977", "98979", "98980", "98981", "98985")


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
