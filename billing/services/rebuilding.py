"""Making derived rows again from the facts: on an untouched database nothing changes."""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from billing.services import decisions
from billing.services.rereading import read_again
from networks.scoping import practice_scope


def rebuild(practice_ids: Iterable[UUID], *, now: datetime) -> dict[str, int]:
    """Make the derived rows of these practices again; return how many rows changed, by table.

    Each practice in its own scope and transaction, so that others go on working meanwhile.
    """
    changed: Counter[str] = Counter()
    for practice_id in practice_ids:
        with practice_scope(practice_id):
            changed.update(read_again(practice_id))
            changed.update(decisions.recreate(practice_id, now=now).rows)
    return dict(changed)
