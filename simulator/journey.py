"""A text's way from acceptance to the phone: the statuses it passes, and when."""

import sqlite3
from dataclasses import dataclass

from simulator.faults import chance
from simulator.messages import Message
from simulator.tuning import Tuning

# Outcomes a phone can be set to, with the statuses after the first and the error code when none is given.
OUTCOMES: dict[str, tuple[tuple[str, ...], int | None]] = {
    "delivered": (("sending", "sent", "delivered"), None),
    "undelivered": (("sending", "sent", "undelivered"), 30003),
    "failed": (("failed",), 30008),
    "sent": (("sending", "sent"), None),  # the carrier never says more
    "off": ((), 30001),  # waits in the queue until the validity period runs out
    "landline": (("sending", "sent", "undelivered"), 30006),
    "refused": ((), 21211),
}


@dataclass(frozen=True)
class Step:
    """One status, due at an instant."""

    due: float
    status: str
    code: int | None = None


def plan_journey(
    message: Message, *, start: float, outcome: str, code: int | None, tuning: Tuning
) -> list[Step]:
    """Return the statuses after the first; together they take `delay_min` to `delay_max` seconds."""
    statuses, default_code = OUTCOMES[outcome]
    if message.status in {"accepted", "scheduled"}:
        statuses = ("queued", *statuses)
    span = tuning.delay_min + (tuning.delay_max - tuning.delay_min) * chance("span", message.sid)
    steps = [
        Step(
            due=start + span * (index + 1) / len(statuses),
            status=status,
            code=(code or default_code) if status in {"undelivered", "failed"} else None,
        )
        for index, status in enumerate(statuses)
    ]
    if outcome == "off":
        steps.append(Step(due=start + message.validity, status="failed", code=code or default_code))
    return steps


def queue_backlog(db: sqlite3.Connection, sender: str, *, tuning: Tuning, now: float) -> float:
    """Return how many seconds of texts wait at the sender's rate, 0 when rates are not limited."""
    if not tuning.segments_per_second:
        return 0.0
    row = db.execute(
        "SELECT coalesce(sum(messages.segments), 0) AS waiting"
        " FROM jobs JOIN messages ON messages.sid = jobs.sid"
        " WHERE jobs.kind = 'step' AND json_extract(jobs.data, '$.status') IN ('sending', 'failed')"
        " AND json_extract(jobs.data, '$.sender') = ? AND jobs.due > ?",
        (sender, now),
    ).fetchone()
    return float(row["waiting"]) / tuning.segments_per_second
