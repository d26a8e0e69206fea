"""Plain building blocks for documents of `decide_billing`: an ordinary episode and its parts."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHICAGO = "America/Chicago"
ORDINARY_PAYER = {
    "coverage": "covered",
    "covered_from": None,
    "covered_codes": None,
    "live_contact_rule": "strict",
    "set_up_date_rule": "set_up",
    "device_date_rule": "last_day",
    "management_date_rule": "last_day",
}


def instant(moment):
    """An aware moment as the contract writes it: UTC, whole seconds."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def local(text, zone=CHICAGO):
    """The UTC instant of a local wall time such as `2026-03-05 10:00` or `2026-03-05 10:00:30`."""
    return instant(datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)))


def later(text, seconds):
    """A UTC instant so many seconds after another."""
    return instant(datetime.fromisoformat(text) + timedelta(seconds=seconds))


def dates_from(first, count, step=1):
    """So many dates from the first one on, as texts."""
    start = date.fromisoformat(first)
    return [(start + timedelta(days=step * number)).isoformat() for number in range(count)]


def span(first, last):
    return {"from": first, "to": last}


def plan(first, last, names_rtm=True):
    return {"from": first, "to": last, "names_rtm": names_rtm}


def excluded(kind, first, last):
    return {"kind": kind, "from": first, "to": last}


def reading(moment, source="patient"):
    return {"at": moment, "source": source}


def noon_readings(dates, zone=CHICAGO, source="patient"):
    """One reading at local noon of each date."""
    noons = [datetime.combine(date.fromisoformat(one), time(12), ZoneInfo(zone)) for one in dates]
    return [reading(instant(noon), source) for noon in noons]


def entry(start, seconds, credential="PT", activity="review", **marks):
    """A time entry from its UTC start; `marks` are `live_contact`, `in_billed_visit`, `voided`."""
    return {
        "started_at": start,
        "ended_at": later(start, seconds),
        "credential": credential,
        "activity": activity,
        "live_contact": marks.get("live_contact", False),
        "in_billed_visit": marks.get("in_billed_visit", False),
        "voided": marks.get("voided", False),
    }


def call(start, seconds, credential="PT", **marks):
    """A conversation with live contact."""
    return entry(start, seconds, credential, "conversation", live_contact=True, **marks)


def setup(completed_on, pt_minutes=12, pta_minutes=0):
    return {"completed_on": completed_on, "pt_minutes": pt_minutes, "pta_minutes": pta_minutes}


def ordinary(payer=None, end=None, start="2026-03-01", discipline="PT", **changes):
    """An episode that begins 2026-03-01 with everything in place, and the keys that differ from it."""
    document = {
        "as_of": "2026-06-15",
        "patient_time_zone": CHICAGO,
        "clinic_time_zone": CHICAGO,
        "episode": {
            "id": "E1",
            "start": start,
            "end": end,
            "discipline": discipline,
            "condition": "musculoskeletal",
        },
        "consent": span("2026-03-02", None),
        "plans_of_care": [plan("2026-03-01", "2026-05-29")],
        "setup": setup("2026-03-02"),
        "setup_already_billed": False,
        "device_determination": True,
        "payer": {**ORDINARY_PAYER, **(payer or {})},
        "exclusions": [],
        "prior_windows": [],
        "readings": noon_readings(dates_from("2026-03-02", 15)),
        "time_entries": [],
    }
    unknown = set(changes) - set(document)
    if unknown:
        raise ValueError(f"not keys of a document: {sorted(unknown)}")
    return {**document, **changes}
