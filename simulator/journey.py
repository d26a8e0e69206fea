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


def queue_backlog(db: sqlite3.Connection, sender: str, *, now: float) -> float:
    """Return how many seconds pass before the sender is free; 0 when rates are not limited."""
    row = db.execute("SELECT free_at FROM paces WHERE sender = ?", (sender,)).fetchone()
    return max(row["free_at"] - now, 0.0) if row else 0.0


def occupy_sender(db: sqlite3.Connection, sender: str, *, segments: int, rate: float, now: float) -> None:
    """Keep the sender busy for as long as `segments` take at `rate` per second."""
    free_at = now + queue_backlog(db, sender, now=now) + segments / rate
    db.execute("INSERT OR REPLACE INTO paces VALUES (?, ?)", (sender, free_at))
