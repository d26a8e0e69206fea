"""The carrier's STOP, START and HELP words, with the canned replies it sends by itself."""

import re
from dataclasses import dataclass, field, fields
from enum import StrEnum
from typing import Any

TOLL_FREE = re.compile(r"^\+1(800|833|844|855|866|877|888)\d{7}$")


class Keyword(StrEnum):
    """What a whole-message word asks the carrier for."""

    STOP = "STOP"
    START = "START"
    HELP = "HELP"


@dataclass(frozen=True)
class OptOutSettings:
    """Words and replies of an account's opt-out filter; the defaults are Twilio's for long codes."""

    enabled: bool = True
    advanced: bool = False
    stop: tuple[str, ...] = ("STOP", "UNSUBSCRIBE", "END", "QUIT", "STOPALL", "REVOKE", "OPTOUT", "CANCEL")
    start: tuple[str, ...] = ("START", "YES", "UNSTOP")
    help: tuple[str, ...] = ("HELP", "INFO")
    stop_reply: str = (
        "You have successfully been unsubscribed. You will not receive any more messages from this number."
        " Reply START to resubscribe."
    )
    start_reply: str = (
        "You have successfully been re-subscribed to messages from this number."
        " Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply."
    )
    help_reply: str = "Reply STOP to unsubscribe. Msg&Data Rates May Apply."
    # Accounts of what a START from someone never blocked gets differ; answering it is the harder case.
    start_reply_always: bool = True

    @classmethod
    def from_document(cls, document: dict[str, Any]) -> "OptOutSettings":
        """Read the settings from JSON; unknown names raise ValueError."""
        known = {item.name for item in fields(cls)}
        if unknown := set(document) - known:
            raise ValueError(f"Unknown opt_out setting: {', '.join(sorted(unknown))}.")
        values: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in document.items()
        }
        return cls(**values)


@dataclass(frozen=True)
class NetworkLayer:
    """The layer below Twilio on toll-free numbers, which no setting changes: STOP, and START or UNSTOP."""

    words: dict[str, Keyword] = field(
        default_factory=lambda: {"STOP": Keyword.STOP, "START": Keyword.START, "UNSTOP": Keyword.START}
    )
    stop_reply: str = (
        'NETWORK MSG: You replied with the word "stop" which blocks all texts sent from this number.'
        ' Text back "unstop" to receive messages again.'
    )
    start_reply: str = (
        'NETWORK MSG: You have replied "unstop" and will begin receiving messages again from this number.'
    )


def match_keyword(body: str, *, settings: OptOutSettings, line: str) -> Keyword | None:
    """Return the keyword that `body` is, as one whole word, on our number `line`."""
    word = body.strip().upper()
    if TOLL_FREE.match(line):
        found = NetworkLayer().words.get(word)
        if found or not settings.enabled:
            return found
        return Keyword.HELP if word in settings.help else None
    if not settings.enabled:
        return None
    for keyword, words in (
        (Keyword.STOP, settings.stop),
        (Keyword.START, settings.start),
        (Keyword.HELP, settings.help),
    ):
        if word in {item.upper() for item in words}:
            return keyword
    return None


def canned_reply(keyword: Keyword, *, settings: OptOutSettings, line: str, blocked: bool) -> str | None:
    """Return the reply that the carrier sends; `blocked` tells whether the phone was blocked until now."""
    if TOLL_FREE.match(line) and keyword is not Keyword.HELP:
        network = NetworkLayer()
        return network.stop_reply if keyword is Keyword.STOP else network.start_reply
    if keyword is Keyword.STOP:
        return None if blocked else settings.stop_reply
    if keyword is Keyword.START:
        return settings.start_reply if blocked or settings.start_reply_always else None
    return None if blocked and TOLL_FREE.match(line) else settings.help_reply
