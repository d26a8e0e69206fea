"""Dates and instants, data days (rule 1) and windows (rule 2), date by date."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

ONE_DAY = timedelta(days=1)


def day(text):
    return date.fromisoformat(text)


def covers(span, moment, first="from", last="to"):
    """Whether a date range, both ends included and a null end open, holds a date; no range holds none."""
    if span is None or moment < day(span[first]):
        return False
    return span[last] is None or moment <= day(span[last])


def in_episode(document, moment):
    return covers(document["episode"], moment, "start", "end")


def in_consent(document, moment):
    return covers(document["consent"], moment)


def in_plan(document, moment):
    return any(plan["names_rtm"] and covers(plan, moment) for plan in document["plans_of_care"])


def before_coverage(document, moment):
    covered_from = document["payer"]["covered_from"]
    return covered_from is not None and moment < day(covered_from)


def clip(document):
    """The earliest of episode end and consent end; the end of the calendar when both are open."""
    ends = [document["episode"]["end"]]
    if document["consent"] is not None:
        ends.append(document["consent"]["to"])
    return min([day(end) for end in ends if end is not None], default=date.max)


def epoch(instant):
    return int(datetime.fromisoformat(instant).timestamp())


def local_date(instant, zone):
    return datetime.fromtimestamp(epoch(instant), ZoneInfo(zone)).date()


def entry_date(document, entry):
    return local_date(entry["started_at"], document["clinic_time_zone"])


def is_future(document, moment):
    return moment > day(document["as_of"])


def set_up_date(document):
    """The date of a completed set-up that is not later than `as_of`, or none."""
    if document["setup"] is None:
        return None
    completed = day(document["setup"]["completed_on"])
    return None if is_future(document, completed) else completed


# Data days (1) and windows (2).


def data_days(document):
    found = set()
    for reading in document["readings"]:
        moment = local_date(reading["at"], document["patient_time_zone"])
        if reading["source"] in ("patient", "caregiver") and is_data_day(document, moment):
            found.add(moment)
    return sorted(found)


def is_data_day(document, moment):
    completed = set_up_date(document)
    return (
        not is_future(document, moment)
        and in_episode(document, moment)
        and in_consent(document, moment)
        and in_plan(document, moment)
        and completed is not None
        and moment >= completed
        and not before_coverage(document, moment)
        and not any(covers(exclusion, moment) for exclusion in document["exclusions"])
    )


def all_windows(document, days):
    """The windows worth listing. Window 1 is among them: the day that anchors it lies in it."""
    prior_ends = [day(window["to"]) for window in document["prior_windows"]]
    usable = [moment for moment in days if all(moment > end for end in prior_ends)]
    if not usable:
        return []
    as_of = day(document["as_of"])
    windows = []
    start = usable[0]
    while start <= min(clip(document), as_of):
        dates = [start + number * ONE_DAY for number in range(30)]
        clipped = min(dates[-1], clip(document))
        held = [moment for moment in days if moment in dates]
        is_open = as_of <= clipped
        if held or (is_open and as_of in dates):
            windows.append({"dates": dates, "clipped": clipped, "days": held, "open": is_open})
        start += 30 * ONE_DAY
    return windows
