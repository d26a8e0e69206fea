"""Patients' phones: every number that ever appeared or was added, and how it takes a text."""

import sqlite3
from dataclasses import dataclass
from typing import Any

from simulator.accounts import E164, find_number
from simulator.journey import OUTCOMES
from simulator.messages import from_row, rfc2822

SHOWN_PER_PHONE = 60  # texts
SHOWN_PHONES = 500


@dataclass(frozen=True)
class Phone:
    """One phone; `outcome` is a key of OUTCOMES, `error_code` its carrier error when not the usual one."""

    number: str
    label: str
    outcome: str
    error_code: int | None


def find_phone(db: sqlite3.Connection, number: str) -> Phone | None:
    """Return a phone by number, or None."""
    row = db.execute("SELECT * FROM phones WHERE number = ?", (number,)).fetchone()
    return Phone(**row) if row else None


def remember_phone(db: sqlite3.Connection, number: str) -> None:
    """Add the phone unless it is there."""
    db.execute("INSERT OR IGNORE INTO phones VALUES (?, '', 'delivered', NULL)", (number,))


def save_phone(db: sqlite3.Connection, document: dict[str, Any]) -> Phone:
    """Add or change a phone; ValueError says what does not fit."""
    number = document.get("number")
    if not isinstance(number, str) or not E164.match(number):
        raise ValueError("number must be in E.164 form, for example +14155550123.")
    before = find_phone(db, number) or Phone(number, "", "delivered", None)
    outcome = document.get("outcome", before.outcome)
    if outcome not in OUTCOMES:
        raise ValueError(f"outcome must be one of {', '.join(OUTCOMES)}.")
    code = document.get("error_code", before.error_code)
    if code is not None and not isinstance(code, int):
        raise ValueError("error_code must be a whole number or null.")
    line = document.get("line")
    if line is not None and not (isinstance(line, str) and find_number(db, line)):
        raise ValueError("line must be one of our numbers, as POST /control/accounts registered it.")
    phone = Phone(number, str(document.get("label", before.label))[:40], outcome, code)
    db.execute(
        "INSERT INTO phones VALUES (?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET label = excluded.label,"
        " outcome = excluded.outcome, error_code = excluded.error_code",
        (phone.number, phone.label, phone.outcome, phone.error_code),
    )
    if line:
        db.execute("INSERT OR REPLACE INTO phone_lines VALUES (?, ?)", (number, line))
    return phone


def own_line(db: sqlite3.Connection, phone: str) -> str | None:
    """Return the number that a phone answers: the last that wrote to it, else the one it was told, else None."""
    row = db.execute(
        "SELECT sender AS line FROM messages"
        " WHERE phone = ? AND direction <> 'inbound' AND sender IS NOT NULL ORDER BY position DESC LIMIT 1",
        (phone,),
    ).fetchone()
    row = row or db.execute("SELECT line FROM phone_lines WHERE number = ?", (phone,)).fetchone()
    return row["line"] if row else None


def list_phones(db: sqlite3.Connection) -> list[dict[str, Any]]:
    """Return every phone with its last text, the latest first."""
    rows = db.execute(
        "SELECT phones.*, last.position, last.body, last.direction, last.created FROM phones"
        " LEFT JOIN messages AS last ON last.position ="
        " (SELECT max(position) FROM messages WHERE phone = phones.number"
        " AND (direction = 'inbound' OR reached_phone = 1))"
        " ORDER BY last.position IS NULL, last.position DESC, phones.number LIMIT ?",
        (SHOWN_PHONES,),
    )
    return [
        {
            "number": row["number"],
            "label": row["label"],
            "outcome": row["outcome"],
            "last": row["body"] or "",
            "last_is_ours": row["direction"] == "inbound",
            "position": row["position"] or 0,
            "at": rfc2822(row["created"]),
        }
        for row in rows
    ]


def show_phone(db: sqlite3.Connection, number: str) -> dict[str, Any]:
    """Return the conversations of one phone, oldest text first, with what the carrier knows of each."""
    rows = db.execute(
        "SELECT * FROM messages WHERE phone = ? ORDER BY position DESC LIMIT ?", (number, SHOWN_PER_PHONE)
    ).fetchall()
    lines = {
        row["number"]: row["service_sid"] or row["number"] for row in db.execute("SELECT * FROM numbers")
    }
    blocks = {row["scope"] for row in db.execute("SELECT scope FROM blocks WHERE phone = ?", (number,))}
    posts = {
        row["sid"]: row
        for row in db.execute(
            "SELECT posts.* FROM posts JOIN messages USING (sid) WHERE messages.phone = ?"
            " ORDER BY position DESC LIMIT ?",
            (number, SHOWN_PER_PHONE),
        )
    }
    texts = []
    for message in reversed([from_row(row) for row in rows]):
        incoming = message.direction != "inbound"
        line = (message.sender if incoming else message.recipient) or ""
        texts.append(
            {
                "sid": message.sid,
                "line": line,
                "incoming": incoming,
                "canned": message.direction == "outbound-reply",
                "body": message.body,
                "media": len(message.media),
                "status": message.status,
                "error_code": message.error_code,
                "reached": bool(message.reached_phone),
                "taken": bool(posts[message.sid]["is_taken"]) if message.sid in posts else None,
                "said": posts[message.sid]["said"] if message.sid in posts else "",
                "at": rfc2822(message.created),
                "created": message.created,
            }
        )
    return {
        "number": number,
        "lines": sorted(lines),
        "own_line": own_line(db, number),
        "blocked": sorted(line for line, scope in lines.items() if scope in blocks),
        "texts": texts,
    }


def media_list(raw: object) -> list[dict[str, str]]:
    """Read the `media` of a patient's text: a number of pictures, or a list of types, URLs or both."""
    if not raw:
        return []
    if isinstance(raw, int):
        return [{"content_type": "image/jpeg"} for _ in range(raw)]
    if not isinstance(raw, list):
        raise ValueError("media must be a number or a list.")
    found: list[dict[str, str]] = []
    for item in raw:
        if isinstance(item, dict):
            found.append({str(name): str(value) for name, value in item.items()})
        elif "://" in str(item):
            found.append({"content_type": "image/jpeg", "url": str(item)})
        else:
            found.append({"content_type": str(item)})
    return found
