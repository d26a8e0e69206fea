"""The one place that reads the wall clock; everything else takes `now` as an argument.

On one machine with invented data the clock may be moved forward (DEMO_CLOCK_FILE): every process reads how
far it is ahead from that file. Sessions keep to the machine's own clock, leases to the database's.
"""

import os
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from django.conf import settings

_NOT_AHEAD = timedelta(0)


def now() -> datetime:
    """Return the present instant in UTC, for edges to read once and hand down."""
    return machine_now() + _ahead()


def machine_now() -> datetime:
    """Return the machine's own instant in UTC, which no demonstration moves."""
    return datetime.now(UTC)


def may_move() -> bool:
    """Tell whether this clock may be moved forward: never in production, which refuses the setting."""
    return bool(settings.DEMO_CLOCK_FILE)


def move(by: timedelta) -> datetime:
    """Move the clock forward for every process and return the new instant; ValueError for moving back."""
    if not may_move() or by < _NOT_AHEAD:
        raise ValueError("Only the clock of a demonstration moves, and only forward.")
    file = Path(settings.DEMO_CLOCK_FILE)
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = file.with_suffix(f".{os.getpid()}")
    fresh.write_text(str(int((_ahead() + by).total_seconds())))
    fresh.replace(file)
    return now()


def _ahead() -> timedelta:
    if not may_move():
        return _NOT_AHEAD
    try:
        # Every move puts a new file in the old one's place: looking which it is costs a tenth of reading it.
        found = os.stat(settings.DEMO_CLOCK_FILE)
    except FileNotFoundError:
        return _NOT_AHEAD
    return _read(settings.DEMO_CLOCK_FILE, found.st_ino, found.st_mtime_ns)


@lru_cache(maxsize=1)
def _read(file: str, _inode: int, _changed: int) -> timedelta:
    return timedelta(seconds=int(Path(file).read_text()))
