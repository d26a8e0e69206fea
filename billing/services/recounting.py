"""The nightly recount: every kept window, month and line must equal what the facts give again."""

import logging
from datetime import datetime
from uuid import UUID

from billing.models import EpisodeDecision
from billing.selectors.recount import windows_that_cannot_be
from billing.services import decisions
from billing.services.rules_in_force import rules_in_force

_LOG = logging.getLogger(__name__)
_ROUNDS = 1_000


def recount(practice_id: UUID, *, now: datetime) -> dict[str, int]:
    """Count a practice's episodes again; return how many rows differed, by table, and raise the alarm for any.

    What was touched and what older rules decided is brought up to date first: only drift is an alarm. Rows
    that differ are put right on the way.
    """
    for _ in range(_ROUNDS):
        if not decisions.refresh_touched(practice_id, now=now):
            break
    outdated = EpisodeDecision.objects.filter(practice_id=practice_id).exclude(engine=rules_in_force().engine)
    ids = list(outdated.order_by("episode_id").values_list("episode_id", flat=True))
    for batch in decisions.in_batches(ids):
        decisions.refresh(batch, practice_id=practice_id, now=now)
    impossible = windows_that_cannot_be(practice_id)
    changes = decisions.recreate(practice_id, now=now)
    differing = {table: rows for table, rows in changes.rows.items() if rows}
    if impossible:
        differing["windows above their monitoring days"] = len(impossible)
    if differing:
        _LOG.error(
            "The nightly recount differs from what was kept in practice %s: %s",
            practice_id,
            ", ".join(f"{table} {rows}" for table, rows in sorted(differing.items())),
        )
    return differing
