"""Readers that die of one text, one process a turn; run as

    python -m tests.faults.dying_reader PRACTICE_ID WORDS TURNS SECONDS

The product's own functions run unchanged; a SIGKILL to itself meets whoever looks at a text of those words, alone
or among others. A turn comes so many seconds after the one before. Prints what each turn came to.
"""

import json
import os
import sys
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import django

from tests.faults.dying_sender import die


def read_once(practice_id: UUID, words: str, *, later: timedelta) -> dict[str, int]:
    """Read what waits as the worker does, and die at the words."""
    from checkins.services import batch_reading, reading
    from networks import clock

    def deadly(rows: list[Any]) -> list[Any]:
        if any(row.message.body == words for row in rows):
            die()
        return rows

    lone_rows: Callable[..., list[Any]] = batch_reading._lone_rows
    understand = reading.understanding.understand
    batch_reading._lone_rows = lambda *args, **more: deadly(lone_rows(*args, **more))
    reading.understanding.understand = lambda row, *args, **more: understand(deadly([row])[0], *args, **more)
    return reading.read_pending(practice_id, now=lambda: clock.now() + later)


def main() -> None:
    """Fork one reader a turn, one after the other."""
    practice_id, words = UUID(sys.argv[1]), sys.argv[2]
    between = timedelta(seconds=float(sys.argv[4]))
    django.setup()
    import checkins.services.reading  # noqa: F401 - once, before the forks

    for turn in range(int(sys.argv[3])):
        child = os.fork()
        if child == 0:
            sys.stdout.write(json.dumps(read_once(practice_id, words, later=turn * between)) + "\n")
            sys.stdout.flush()
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            sys.stdout.write("died\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
