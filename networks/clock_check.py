"""Whether this machine's clock agrees with the database's: all hours, days and leases hang on it."""

from datetime import datetime, timedelta

from django.db import connection

from networks import clock

# Time kept by NTP strays by milliseconds; a minute of quiet hours or of a local day is nobody's harm.
MOST_APART = timedelta(seconds=60)


def apart() -> timedelta:
    """Return how far this machine's clock is ahead of the database's (behind: negative); one query."""
    before = clock.machine_now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        theirs: datetime = cursor.fetchone()[0]
    after = clock.machine_now()
    return before + (after - before) / 2 - theirs


def agrees() -> bool:
    """Tell whether both clocks show the same within a minute; one query."""
    return abs(apart()) <= MOST_APART
