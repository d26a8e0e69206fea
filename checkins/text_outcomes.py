"""What became of a text out, and why it did not arrive: each text has exactly one outcome."""

from enum import StrEnum

from checkins.statuses import (
    BAD_NUMBER,
    BLOCKED,
    DAILY_LIMIT,
    FILTERED,
    OPTED_OUT,
    OUR_BUG,
    OUT_OF_REACH,
    RANKS,
    SENDER_SET_UP,
    TRANSIENT,
    rank,
)


class Outcome(StrEnum):
    """Where a text out ended, or stands."""

    DELIVERED = "delivered"
    SENT = "sent"
    FAILED = "failed"
    NOT_SENT = "not_sent"
    UNCLEAR = "unclear"
    WAITING = "waiting"


class Cause(StrEnum):
    """Why the carrier refused or lost a text."""

    OPTED_OUT = "opted_out"
    BAD_NUMBER = "bad_number"
    BLOCKED = "blocked"
    OUT_OF_REACH = "out_of_reach"
    FILTERED = "filtered"
    SET_UP = "set_up"
    DAILY_LIMIT = "daily_limit"
    CARRIER = "carrier"
    DAYBOOK = "daybook"
    UNKNOWN = "unknown"


_CODES: tuple[tuple[frozenset[int], Cause], ...] = (
    (OPTED_OUT, Cause.OPTED_OUT),
    (BAD_NUMBER, Cause.BAD_NUMBER),
    (BLOCKED, Cause.BLOCKED),
    (OUT_OF_REACH, Cause.OUT_OF_REACH),
    (FILTERED, Cause.FILTERED),
    (SENDER_SET_UP, Cause.SET_UP),
    (DAILY_LIMIT, Cause.DAILY_LIMIT),
    (TRANSIENT, Cause.CARRIER),
    (OUR_BUG, Cause.DAYBOOK),
)


def outcome_of(state: str, status: str, *, reason: str = "") -> Outcome:
    """Return a text's outcome from its state in the outbox and the carrier's latest word.

    What nobody could find out is never counted as sent.

    >>> outcome_of("sent", "undelivered").value
    'failed'
    >>> outcome_of("skipped", "", reason="outcome_unknown").value
    'unclear'
    """
    if state in ("pending", "claimed"):
        return Outcome.WAITING
    if state == "skipped":
        return Outcome.UNCLEAR if reason == "outcome_unknown" else Outcome.NOT_SENT
    # The carrier's final word settles it, whatever we thought of the call.
    if rank(status) >= RANKS["delivered"]:
        return Outcome.DELIVERED
    if state == "failed" or rank(status) == RANKS["failed"]:
        return Outcome.FAILED
    return Outcome.SENT if state == "sent" else Outcome.UNCLEAR


def cause_of(error_code: str) -> Cause:
    """Return why a text failed from the carrier's error code; unknown for no code or one nobody knows.

    >>> cause_of("30003").value
    'out_of_reach'
    """
    code = int(error_code) if error_code.isdecimal() else 0
    return next((cause for codes, cause in _CODES if code in codes), Cause.UNKNOWN)
