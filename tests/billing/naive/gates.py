"""Rule sets, dates of service (rule 8), modifiers (9) and the gates that refuse a line (1, 10)."""

from fractions import Fraction

from .days import before_coverage, covers, in_consent, in_episode, in_plan

THERAPY = {"PT": "GP", "OT": "GO", "SLP": "GN"}
ASSISTANT = {"PT": "CQ", "OT": "CO", "SLP": None}
REFUSING_EXCLUSIONS = ("home_health", "rpm", "other_rtm")


def rule_set(service):
    """The approved rule set of a date of service, R2022 to R2026, or none (10)."""
    return service.year if 2022 <= service.year <= 2026 else None


def nearest_rule_set(service):
    return min(max(service.year, 2022), 2026)


def last_day(document, dates, clipped):
    """The clipped end, or where no plan covers it the latest earlier date that one covers (8)."""
    for moment in reversed(dates):
        if moment <= clipped and in_plan(document, moment):
            return moment
    return clipped


def modifiers(document, pta_time, all_time):
    discipline = document["episode"]["discipline"]
    found = [THERAPY[discipline]]
    mostly = all_time > 0 and Fraction(pta_time, all_time) > Fraction(1, 10)
    if mostly and ASSISTANT[discipline] is not None:
        found.append(ASSISTANT[discipline])
    return found


def payer_covers(document, service):
    payer = document["payer"]
    if payer["coverage"] not in ("covered", "prior_auth") or before_coverage(document, service):
        return False
    return payer["coverage"] == "covered" or payer["covered_from"] is not None


def code_is_covered(document, code):
    listed = document["payer"]["covered_codes"]
    needed = [code, "98980"] if code == "98981" else [code]
    return listed is None or all(one in listed for one in needed)


def failing_gates(document, code, service, dates):
    """The gates that refuse a line; `dates` are all dates of its window or month, unclipped."""
    touched = [service, *dates]
    excluded = any(
        exclusion["kind"] in REFUSING_EXCLUSIONS and any(covers(exclusion, moment) for moment in touched)
        for exclusion in document["exclusions"]
    )
    gates = {
        "gate.exclusion": not excluded,
        "gate.device_determination": document["device_determination"],
        "gate.payer": payer_covers(document, service),
        "gate.covered_codes": code_is_covered(document, code),
        "gate.episode": in_episode(document, service),
        "gate.consent": in_consent(document, service),
        "gate.plan_of_care": in_plan(document, service),
        "gate.rule_set": rule_set(service) is not None,
    }
    return [gate for gate, passed in gates.items() if not passed]
