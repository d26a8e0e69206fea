"""The carrier's words for where a text is, and their order: a later word never gives way to an earlier one."""

# Ranks after the message life cycle of the carrier's API document (2026-04). Among final words,
# delivered outranks failed: a carrier that saw the text arrive knows better than one that gave up.
RANKS: dict[str, int] = {
    "scheduled": 5,
    "accepted": 10,
    "queued": 20,
    "sending": 30,
    "sent": 40,
    "partially_delivered": 45,
    "failed": 50,
    "undelivered": 50,
    "canceled": 50,
    "delivered": 55,
    "read": 60,
}
_UNKNOWN_WORD = 1


def rank(status: str) -> int:
    """Return a status's rank; a word nobody knows ranks lowest, so that it is noted and moves nothing.

    >>> rank("delivered") > rank("sent") > rank("surprise")
    True
    """
    return RANKS.get(status, _UNKNOWN_WORD)


def is_final(status: str) -> bool:
    """Tell whether nothing better is to be expected after this word."""
    return rank(status) >= RANKS["failed"]


# The carrier's default keywords, exact single words in any case: it answers these itself and, after a
# stop, refuses our texts with error 21610 (Twilio support 223134027, 2026).
CARRIER_STOP = frozenset({"stop", "unsubscribe", "end", "quit", "stopall", "revoke", "optout", "cancel"})
CARRIER_START = frozenset({"start", "yes", "unstop"})
CARRIER_HELP = frozenset({"help", "info"})


def is_carrier_keyword(body: str) -> bool:
    """Tell whether the carrier itself has already answered a text, so that we must not answer twice."""
    return body.strip().lower() in CARRIER_STOP | CARRIER_START | CARRIER_HELP


# What to do about a code with which the carrier refuses or loses a text (domain facts of 2026-11).
OPTED_OUT = frozenset({21610})
BAD_NUMBER = frozenset({21211, 21612, 21614, 21635, 21408, 30005, 30006})
SENDER_SET_UP = frozenset(
    {20001, 20003, 20404, 20422, 21212, 21603, 21606, 21608, 21701, 21703, 21704, 21705, 21712, 30002, 30024}
    | {30032, 30034, 30035}
)
TRANSIENT = frozenset({21611, 30001, 30017, 30020, 30021, 30022, 30410})
BLOCKED = frozenset(
    {30004}
)  # often a block list, cause unknown: nothing more goes there until a person looked
FILTERED = frozenset({30007, 30011, 30019})  # for what the text is: never again unchanged
DAILY_LIMIT = frozenset({30023, 30027, 63018, 63038})  # over until midnight Pacific, after every slot's end
OUR_BUG = frozenset({21602, 21604, 21609, 21617, 21618, 21619, 21620, 21623, 21624, 21626})
OUT_OF_REACH = frozenset({30003})  # off or without signal; on three days of fourteen somebody should call
