"""The billing decision once more, written from the contract alone and as plainly as possible.

Time is held as one dictionary item per second, dates are walked one by one: slow, and easy to check by eye.
Numbers in brackets name the rules of section 4 of the contract. Nothing in this package imports the product.
"""

from datetime import date

from .days import all_windows, clip, data_days, day, set_up_date
from .gates import failing_gates, last_day, modifiers, nearest_rule_set, rule_set
from .minutes import all_months


def decide(document):
    """Decide one document of `decide_billing`; reasons are bare tags, never sentences."""
    days = data_days(document)
    windows = all_windows(document, days)
    months = all_months(document)
    lines = set_up_lines(document, windows)
    lines += [device_line(document, window) for window in windows if window["days"]]
    for month in months:
        lines += management_lines(document, month, days)
    lines.sort(key=lambda line: (line["date_of_service"], line["code"], line["status"]))
    sets = {rule_set(date.fromisoformat(line["date_of_service"])) for line in lines}
    return {
        "episode": document["episode"]["id"],
        "rule_sets": sorted(f"R{year}" for year in sets if year is not None),
        "windows": [shown_window(window) for window in windows],
        "months": [shown_month(month) for month in months],
        "lines": lines,
    }


def status_of(gates, waiting, failures, holds):
    """The first that applies (8), with the tags that speak for it."""
    if gates:
        return "refused", gates
    if waiting:
        return "pending", waiting
    if failures:
        return "refused", failures
    if holds:
        return "held", holds
    return "billable", ["met"]


def a_line(code, units, service, marks, verdict):
    status, reasons = verdict
    return {
        "code": code,
        "units": units,
        "date_of_service": service.isoformat(),
        "modifiers": marks,
        "status": status,
        "reasons": reasons,
    }


def set_up_lines(document, windows):
    service = set_up_date(document)
    if service is None:
        return []
    first = windows[0] if windows else None
    gates = failing_gates(document, "98975", service, first["dates"] if first else [])
    if document["setup_already_billed"]:
        gates.append("gate.already_billed")
    minimum = 2 if nearest_rule_set(service) == 2026 else 16
    missing = len(first["days"] if first else []) < minimum
    as_of = day(document["as_of"])
    may_still_come = first["open"] if first else as_of <= clip(document)
    waiting = []
    if as_of <= service:
        waiting.append("open.date_of_service")
    if missing and may_still_come:
        waiting.append("open.window_1")
    verdict = status_of(gates, waiting, ["set_up.days"] if missing else [], [])
    pt, pta = document["setup"]["pt_minutes"], document["setup"]["pta_minutes"]
    return [a_line("98975", 1, service, modifiers(document, pta, pt + pta), verdict)]


def device_line(document, window):
    service = last_day(document, window["dates"], window["clipped"])
    count = len(window["days"])
    if nearest_rule_set(service) == 2026:
        code, floor = ("98977" if count >= 16 else "98985"), 2
    else:
        code, floor = "98977", 16
    seam = window["dates"][0].year == 2025 and service.year == 2026 and 2 <= count <= 15
    gates = failing_gates(document, code, service, window["dates"])
    verdict = status_of(
        gates,
        ["open.window"] if window["open"] else [],
        ["device.days"] if count < floor else [],
        ["device.seam"] if seam else [],
    )
    return a_line(code, 1, service, modifiers(document, 0, 0), verdict)


def management_codes(service, minutes):
    """The codes and units of a month's minutes, and whether they are below the floor (7)."""
    if minutes >= 20:
        more = (minutes - 20) // 20
        return [("98980", 1)] + ([("98981", more)] if more else []), False
    if nearest_rule_set(service) == 2026:
        return [("98979", 1)], minutes < 10
    return [("98980", 1)], True


def management_lines(document, month, days):
    service = last_day(document, month["dates"], month["clipped"])
    codes, below = management_codes(service, month["minutes"])
    waiting = ["open.month"] if month["open"] else []
    failures = ["management.minutes"] if below else []
    if month["live_contacts"] == 0:
        failures.append("management.live_contact")
    holds = [] if any(moment in month["dates"] for moment in days) else ["management.no_data_day"]
    marks = modifiers(document, month["pta_seconds"], month["seconds"])
    lines = []
    for code, units in codes:
        verdict = status_of(failing_gates(document, code, service, month["dates"]), waiting, failures, holds)
        if code == "98981" and verdict[0] == "billable":
            lines += add_on_lines(document, month, a_line(code, units, service, marks, verdict))
        else:
            lines.append(a_line(code, units, service, marks, verdict))
    return lines


def add_on_lines(document, month, line):
    """Split the add-on's units into those that stand and those that a person must decide (7)."""
    standing = min(line["units"], 2)
    if document["payer"]["live_contact_rule"] == "strict":
        standing = min(standing, month["live_contacts"] - 1)
    held = line["units"] - standing
    parts = []
    if standing:
        parts.append({**line, "units": standing})
    if held:
        parts.append({**line, "units": held, "status": "held", "reasons": ["add_on.held"]})
    return parts


# What is shown.


def shown_window(window):
    return {
        "from": window["dates"][0].isoformat(),
        "to": window["dates"][-1].isoformat(),
        "clipped_to": window["clipped"].isoformat(),
        "days": [moment.isoformat() for moment in window["days"]],
        "state": "open" if window["open"] else "closed",
    }


def shown_month(month):
    return {
        "month": month["month"],
        "seconds": month["seconds"],
        "minutes": month["minutes"],
        "pta_minutes": month["pta_seconds"] // 60,
        "live_contacts": month["live_contacts"],
        "state": "open" if month["open"] else "closed",
    }
