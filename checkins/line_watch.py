"""Is a line silent when it should not be? Decided from counts of one practice's last hours."""

from dataclasses import dataclass
from enum import StrEnum

# How much must have gone out before silence means something; this product's policy, 2026.
_ENOUGH_SENT = 5
_ENOUGH_ASKED = 20
_USUAL_SHARE = 0.3
_STUCK_SECONDS = 10 * 60


class Fault(StrEnum):
    """What is wrong with a line."""

    TEXTS_STUCK = "texts_stuck"
    NO_STATUSES = "no_statuses"
    NO_REPLIES = "no_replies"


@dataclass(frozen=True)
class Traffic:
    """Counts of one practice: texts that left over half an hour ago and within three hours, and what came back."""

    oldest_due_seconds: float = 0.0
    may_send: bool = True
    sent: int = 0
    statuses: int = 0
    asked: int = 0
    replies: int = 0
    usual_share: float = 0.0


def faults(traffic: Traffic) -> dict[Fault, int]:
    """Return what is wrong, each with its figure: seconds for stuck texts, else how many texts got nothing back.

    >>> faults(Traffic(sent=12, statuses=0))
    {<Fault.NO_STATUSES: 'no_statuses'>: 12}
    """
    found = {}
    if traffic.may_send and traffic.oldest_due_seconds > _STUCK_SECONDS:
        found[Fault.TEXTS_STUCK] = int(traffic.oldest_due_seconds)
    if traffic.sent >= _ENOUGH_SENT and traffic.statuses == 0:
        found[Fault.NO_STATUSES] = traffic.sent
    if traffic.asked >= _ENOUGH_ASKED and traffic.replies == 0 and traffic.usual_share >= _USUAL_SHARE:
        found[Fault.NO_REPLIES] = traffic.asked
    return found
