"""Random time entries: sums that press on the minute thresholds, laid over each other in awkward ways."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from .documents import call, entry, instant, later

SECONDS = (
    30,
    599,
    600,
    601,
    1140,
    1199,
    1200,
    1201,
    1500,
    2399,
    2400,
    3540,
    3599,
    3600,
    4799,
    4800,
    6000,
    7260,
)
LIVE_CONTACTS = (0, 1, 1, 1, 2, 2, 3, 4)
CALL_SECONDS = (30, 59, 60, 61, 300)
AWKWARD_TIMES = ((0, 0), (0, 1), (1, 30), (2, 30), (3, 0), (22, 50), (23, 30), (23, 50), (23, 59))
GAPS = (0, 1, 600, 86_400)


def clock_instant(rng, moment, zone, nasty):
    """The UTC instant of a working hour of a local date, or of one near midnight or a clock change."""
    hour, minute = (rng.randint(8, 16), rng.randint(0, 59))
    if nasty and rng.random() < 0.4:
        hour, minute = rng.choice(AWKWARD_TIMES)
    return instant(datetime.combine(moment, time(hour, minute), ZoneInfo(zone)))


def parts_of(rng, total, count):
    """A total cut into that many lengths of at least one second, fewer when it is too short."""
    cuts = sorted(rng.sample(range(1, total), min(count, total) - 1))
    return [last - first for first, last in zip([0, *cuts], [*cuts, total], strict=True)]


def assistant_parts(rng, total):
    """Lengths for therapist and assistant: all the therapist's, or the assistant near or far from 10 %."""
    share = rng.choice((0, 0, 0, total // 10, total // 10, total // 10 + 1, total // 4, total))
    return total - share, share


def month_entries(rng, moment, zone, nasty):
    """Entries from one date on whose seconds add up to a total near a threshold."""
    total = rng.choice(SECONDS)
    calls = rng.choice(LIVE_CONTACTS)
    therapist, assistant = assistant_parts(rng, total)
    start = clock_instant(rng, moment, zone, nasty)
    entries = []
    for credential, seconds in (("PT", therapist), ("PTA", assistant)):
        lengths = parts_of(rng, seconds, max(1, calls) + rng.randint(0, 2)) if seconds else []
        for length in lengths:
            if calls > 0 and length >= 60:
                entries.append(call(start, length, credential))
                calls -= 1
            else:
                entries.append(entry(start, length, credential, rng.choice(("review", "conversation"))))
            start = later(start, length + rng.choice(GAPS))
    return entries + bystanders(rng, entries)


def bystanders(rng, entries):
    """Entries over the same time that must change nothing: voided, administrative, set-up, other people's."""
    found = []
    for other in rng.sample(entries, min(len(entries), rng.randint(0, 2))):
        start, length = other["started_at"], rng.choice((1, 60, 700, 1800))
        found.append(
            rng.choice(
                (
                    call(start, length, "PT", voided=True),
                    entry(start, length, "PT", "administrative"),
                    entry(start, length, "PTA", "set_up"),
                    call(start, length, "OTHER"),
                    entry(start, length, "PT", "review", in_billed_visit=True, voided=True),
                    dict(other),
                )
            )
        )
    return found


def overlapping_entries(rng, entries):
    """Entries that start around the edges of others and do change what counts."""
    found = []
    for other in rng.sample(entries, min(len(entries), rng.randint(1, 4))):
        edge = rng.choice((other["started_at"], other["ended_at"]))
        found.append(
            entry(
                later(edge, rng.choice((-3600, -600, -61, -60, -59, -1, 0, 1, 30, 60, 300))),
                rng.choice((1, 59, 60, 61, 119, 600, 1800, 3600)),
                rng.choice(("PT", "PT", "PTA", "PTA", "OTHER")),
                rng.choice(("review", "conversation", "conversation", "set_up", "administrative")),
                live_contact=rng.random() < 0.6,
                in_billed_visit=rng.random() < 0.3,
                voided=rng.random() < 0.1,
            )
        )
    return found


def midnight_chain(rng, month_end, zone):
    """Calls around the last midnight of a month, some of which overlap or only touch."""
    midnight = datetime.combine(month_end + timedelta(days=1), time(0), ZoneInfo(zone))
    start = later(instant(midnight), -rng.choice((60, 300, 600, 1800)))
    found = []
    for _ in range(rng.randint(2, 5)):
        length = rng.choice((59, 60, 61, 300, 600, 1800, 3600))
        visit = rng.random() < 0.1
        found.append(call(start, length, rng.choice(("PT", "PT", "PTA")), in_billed_visit=visit))
        start = later(start, length + rng.choice((-120, -60, -1, 0, 0, 1, 300)))
    return found


def short_calls(rng, entries):
    """Calls around the shortest length of a live contact, some partly inside a billed visit."""
    found = []
    for other in rng.sample(entries, min(len(entries), 2)):
        length = rng.choice(CALL_SECONDS)
        start = later(other["ended_at"], rng.choice((-30, 0, 7200)))
        found.append(call(start, length, rng.choice(("PT", "PTA"))))
        if rng.random() < 0.5:
            visit = entry(
                later(start, -600), 600 + rng.choice((0, 1, 2, 60)), "PT", "review", in_billed_visit=True
            )
            found.append(visit)
    return found
