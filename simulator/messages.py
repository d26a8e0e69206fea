"""Message rows, and how Twilio writes them as JSON."""

import json
import secrets
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import Any

from simulator.refusals import DELIVERY_ERRORS

API_VERSION = "2010-04-01"
PRICE_PER_SEGMENT = 0.0079  # US dollars; an example price, nothing decides by it
FINAL = frozenset({"delivered", "undelivered", "failed", "canceled", "received"})


@dataclass(frozen=True)
class Message:
    """One text, in or out; instants are seconds since 1970, `media` holds {"sid", "content_type", "url"}."""

    sid: str
    account_sid: str
    direction: str
    sender: str | None
    recipient: str
    phone: str
    body: str
    status: str
    service_sid: str | None
    segments: int
    media: list[dict[str, str]]
    status_callback: str
    error_code: int | None
    validity: float
    send_at: float | None
    created: float
    updated: float
    sent: float | None
    position: int = 0
    reached_phone: int = 0

    @property
    def uri(self) -> str:
        """The resource's address, below the host."""
        return f"/{API_VERSION}/Accounts/{self.account_sid}/Messages/{self.sid}.json"

    @property
    def is_final(self) -> bool:
        """Whether no further status can come."""
        return self.status in FINAL


def new_sid(prefix: str) -> str:
    """Return a fresh identifier: the prefix and 32 hexadecimal digits."""
    return prefix + secrets.token_hex(16)


def insert_message(db: sqlite3.Connection, message: Message) -> None:
    """Store a new message."""
    db.execute(
        "INSERT INTO messages (sid, account_sid, direction, sender, recipient, phone, body, status,"
        " service_sid, segments, media, status_callback, error_code, validity, send_at, created, updated,"
        " sent)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            message.sid,
            message.account_sid,
            message.direction,
            message.sender,
            message.recipient,
            message.phone,
            message.body,
            message.status,
            message.service_sid,
            message.segments,
            json.dumps(message.media),
            message.status_callback,
            message.error_code,
            message.validity,
            message.send_at,
            message.created,
            message.updated,
            message.sent,
        ),
    )


def from_row(row: sqlite3.Row) -> Message:
    """Return the message that a row of the table holds."""
    return Message(**{**dict(row), "media": json.loads(row["media"])})


def find_message(db: sqlite3.Connection, sid: str, *, account_sid: str | None = None) -> Message | None:
    """Return a message by its sid (and account, when given), or None."""
    row = db.execute("SELECT * FROM messages WHERE sid = ?", (sid,)).fetchone()
    if row is None or (account_sid is not None and row["account_sid"] != account_sid):
        return None
    return from_row(row)


def rfc2822(instant: float | None) -> str | None:
    """Write an instant as Twilio does: `Fri, 24 May 2019 17:44:46 +0000`."""
    return None if instant is None else format_datetime(datetime.fromtimestamp(int(instant), tz=UTC))


def as_document(message: Message) -> dict[str, Any]:
    """Return the message as Twilio's JSON: counts are strings, price is null until the text was sent."""
    # A messaging service picks its sender, and with it the number of segments, after acceptance.
    unsent = message.status in {"accepted", "scheduled"} and message.sender is None
    priced = message.sent is not None and message.direction != "inbound"
    return {
        "account_sid": message.account_sid,
        "api_version": API_VERSION,
        "body": message.body,
        "date_created": rfc2822(message.created),
        "date_sent": rfc2822(message.sent),
        "date_updated": rfc2822(message.updated),
        "direction": message.direction,
        "error_code": message.error_code,
        "error_message": DELIVERY_ERRORS.get(message.error_code or 0),
        "from": message.sender,
        "messaging_service_sid": message.service_sid,
        "num_media": str(len(message.media)),
        "num_segments": "0" if unsent else str(message.segments),
        "price": f"-{PRICE_PER_SEGMENT * message.segments:.5f}" if priced else None,
        "price_unit": "USD",
        "sid": message.sid,
        "status": message.status,
        "subresource_uris": {"media": message.uri.replace(".json", "/Media.json")},
        "to": message.recipient,
        "uri": message.uri,
    }
