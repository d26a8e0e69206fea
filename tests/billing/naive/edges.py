"""The dates of a document on which something begins or ends."""

import calendar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo


def plus(moment, days):
    return moment + timedelta(days=days)


def month_end(moment):
    return moment.replace(day=calendar.monthrange(moment.year, moment.month)[1])


def completed_on(document):
    """The date around which a document is built: its set-up's, or the episode's start without one."""
    return date.fromisoformat(
        document["setup"]["completed_on"] if document["setup"] else document["episode"]["start"]
    )


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
