"""Management time (rule 5) and live contacts (rule 6), second by second."""

import calendar
from collections import Counter
from datetime import date

from .days import before_coverage, clip, day, entry_date, epoch, in_consent, in_episode, is_future


def month_of(moment):
    return f"{moment.year:04}-{moment.month:02}"


def seconds_of(entry):
    return range(epoch(entry["started_at"]), epoch(entry["ended_at"]))


def credential_of(document, entry):
    if document["episode"]["discipline"] == "SLP" and entry["credential"] == "PTA":
        return "OTHER"
    return entry["credential"]


def is_counted(document, entry):
    moment = entry_date(document, entry)
    return (
        credential_of(document, entry) in ("PT", "PTA")
        and entry["activity"] in ("review", "conversation")
        and not entry["voided"]
        and not entry["in_billed_visit"]
        and in_consent(document, moment)
        and in_episode(document, moment)
        and not before_coverage(document, moment)
    )


def month_of_entry(document, entry):
    return month_of(entry_date(document, entry))


def counted_seconds(document, entries):
    """Every second that counts with the earliest of its months, and all seconds of the therapist."""
    counted = [entry for entry in entries if is_counted(document, entry)]
    months = {}
    therapist = set()
    # The latest month comes first, so that an earlier one writes over it.
    for entry in sorted(counted, key=lambda entry: month_of_entry(document, entry), reverse=True):
        month = month_of_entry(document, entry)
        for second in seconds_of(entry):
            months[second] = month
        if entry["credential"] == "PT":
            therapist.update(seconds_of(entry))
    for entry in entries:
        if entry["in_billed_visit"] and not entry["voided"]:
            for second in seconds_of(entry):
                months.pop(second, None)
    return months, therapist


def all_months(document):
    entries = [
        entry for entry in document["time_entries"] if not is_future(document, entry_date(document, entry))
    ]
    seconds, therapist = counted_seconds(document, entries)
    contacts = contact_months(document, entries, seconds)
    every = Counter(seconds.values())
    assistant = Counter(month for second, month in seconds.items() if second not in therapist)
    return [
        a_month(document, month, every[month], assistant[month], contacts.count(month))
        for month in sorted(every)
    ]


def a_month(document, month, seconds, pta_seconds, live_contacts):
    year, number = int(month[:4]), int(month[5:])
    length = calendar.monthrange(year, number)[1]
    dates = [date(year, number, one) for one in range(1, length + 1)]
    clipped = min(dates[-1], clip(document))
    return {
        "month": month,
        "dates": dates,
        "clipped": clipped,
        "open": day(document["as_of"]) <= clipped,
        "seconds": seconds,
        "pta_seconds": pta_seconds,
        "minutes": seconds // 60,
        "live_contacts": live_contacts,
    }


def contact_months(document, entries, seconds):
    """One month per live contact: calls that overlap, also in a chain, are one, in the month of the first."""
    contacts = [
        entry
        for entry in entries
        if is_counted(document, entry)
        and entry["live_contact"]
        and entry["activity"] == "conversation"
        and sum(1 for second in seconds_of(entry) if second in seconds) >= 60
    ]
    contacts.sort(key=lambda entry: entry["started_at"])
    months = []
    chain_end = None
    for entry in contacts:
        span = seconds_of(entry)
        if chain_end is not None and span.start < chain_end:
            chain_end = max(chain_end, span.stop)
        else:
            chain_end = span.stop
            months.append(month_of_entry(document, entry))
    return months
