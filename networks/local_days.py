"""The one module that turns instants into local dates: a date belongs to a place, an instant does not."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

OF_THE_MACHINE = frozenset({"localtime", "posixrules", "Factory"})


class UnknownZoneError(ValueError):
    """The name is not an IANA time zone that this machine knows."""


def zone_named(name: str) -> ZoneInfo:
    """The IANA time zone of that name; raises UnknownZoneError for any other name.

    >>> zone_named("America/Chicago").key
    'America/Chicago'
    """
    # "right/..." zones count leap seconds, so their clocks run half a minute off everybody else's.
    if name.startswith("right/"):
        raise UnknownZoneError("Not a civil time zone.")
    # Links of one machine to whatever zone it was given, and the placeholder of a machine without any.
    if name in OF_THE_MACHINE:
        raise UnknownZoneError("Not the zone of a place.")
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise UnknownZoneError("Not an IANA time zone.") from error


def local_date(instant: datetime, zone: ZoneInfo) -> date:
    """The calendar date at that instant (with an offset, usually UTC) on a wall calendar in the zone.

    >>> local_date(datetime(2026, 3, 11, 6, 30, tzinfo=UTC), zone_named("America/Los_Angeles"))
    datetime.date(2026, 3, 10)
    """
    if instant.tzinfo is None:
        raise ValueError("An instant needs an offset; this one has none.")
    return instant.astimezone(zone).date()


def start_of_day(day: date, zone: ZoneInfo) -> datetime:
    """The first instant (UTC) of a local date; where clocks skip midnight, the instant they land on.

    >>> start_of_day(date(2026, 3, 8), zone_named("America/Chicago")).isoformat()
    '2026-03-08T06:00:00+00:00'
    """
    # fold=0 takes the first of two midnights, and reads a skipped midnight with the offset before the skip:
    # both give the instant at which the date begins.
    return datetime.combine(day, time(), tzinfo=zone).astimezone(UTC)


def instant_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The instant (UTC) at which clocks in the zone show a time on a date.

    Where clocks skip that time, the instant as far after midnight as if they had not; where they show
    it twice, the first.

    >>> instant_of(date(2026, 3, 8), time(9), zone_named("America/Chicago")).isoformat()
    '2026-03-08T14:00:00+00:00'
    """
    return datetime.combine(day, at, tzinfo=zone).astimezone(UTC)


def local_time(instant: datetime, zone: ZoneInfo) -> time:
    """The time of day that clocks in the zone show at an instant.

    >>> local_time(datetime(2026, 3, 8, 14, 0, tzinfo=UTC), zone_named("America/Chicago"))
    datetime.time(9, 0)
    """
    if instant.tzinfo is None:
        raise ValueError("An instant needs an offset; this one has none.")
    return instant.astimezone(zone).time()
