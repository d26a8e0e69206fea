"""Work on several practices side by side, each in a process of its own."""

import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from typing import TYPE_CHECKING, cast

from django.db import connections

if TYPE_CHECKING:
    from django.db.backends.postgresql.base import DatabaseWrapper


def in_processes(work: Callable[[str], str], keys: Sequence[str]) -> Iterator[str]:
    """Do `work` for each key at the same time and yield the answers as they come; the first error is raised.

    Each key has its own process even where there are fewer cores: they share the cores until all are done,
    while a queue would leave one core idle at the end.
    """
    if not keys:
        return
    _leave_the_database()
    # Forked: each starts from this process's imports. What the parent holds open does not survive a fork.
    processes = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(max_workers=len(keys), mp_context=processes) as pool:
        for done in as_completed([pool.submit(work, key) for key in keys]):
            yield done.result()


def _leave_the_database() -> None:
    connections.close_all()
    cast("DatabaseWrapper", connections["default"]).close_pool()
