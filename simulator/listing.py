"""The list of an account's messages: filters, newest first, and pages as Twilio gives them."""

import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from simulator.messages import API_VERSION, Message, as_document, from_row
from simulator.refusals import Refusal

DEFAULT_PAGE_SIZE = 50
MAX_PAGE_SIZE = 1000
FILTERS = ("To", "From", "DateSent", "DateSent<", "DateSent>")


def list_messages(
    db: sqlite3.Connection, *, account_sid: str, query: Mapping[str, str], created_before: float
) -> dict[str, Any]:
    """Return one page as Twilio's JSON; `created_before` hides what a lagging list does not show yet."""
    size = min(max(_integer(query, "PageSize", DEFAULT_PAGE_SIZE), 1), MAX_PAGE_SIZE)
    page = max(_integer(query, "Page", 0), 0)
    clauses, values = _conditions(query)
    clauses += ["account_sid = ?", "created <= ?"]
    values += [account_sid, created_before]
    token = query.get("PageToken", "")
    backwards = token.startswith("PB")
    if token:
        clauses.append("position > ?" if backwards else "position < ?")
        values.append(_position(db, token))
    order = "ASC" if backwards else "DESC"
    offset = 0 if token else page * size
    sql = " ".join(
        [
            "SELECT * FROM messages WHERE",
            " AND ".join(clauses),
            "ORDER BY position",
            order,
            "LIMIT ? OFFSET ?",
        ]
    )
    rows = [from_row(row) for row in db.execute(sql, [*values, size + 1, offset])]
    more = len(rows) > size
    found = rows[:size]
    if backwards:
        found.reverse()
    return _page(
        account_sid=account_sid,
        query=query,
        found=found,
        page=page,
        size=size,
        has_next=bool(found) if backwards else more,
        has_previous=page > 0,
    )


def _page(
    *,
    account_sid: str,
    query: Mapping[str, str],
    found: list[Message],
    page: int,
    size: int,
    has_next: bool,
    has_previous: bool,
) -> dict[str, Any]:
    kept = {name: query[name] for name in FILTERS if name in query}
    path = f"/{API_VERSION}/Accounts/{account_sid}/Messages.json"

    def uri(number: int, token: str = "") -> str:
        extra = {"PageToken": token} if token else {}
        return f"{path}?{urlencode({**kept, 'PageSize': size, 'Page': number, **extra})}"

    return {
        "end": page * size + max(len(found) - 1, 0),
        "first_page_uri": uri(0),
        "next_page_uri": uri(page + 1, f"PA{found[-1].sid}") if has_next and found else None,
        "page": page,
        "page_size": size,
        "previous_page_uri": uri(page - 1, f"PB{found[0].sid}") if has_previous and found else None,
        "start": page * size,
        "uri": uri(page, query.get("PageToken", "")),
        "messages": [as_document(message) for message in found],
    }


def _conditions(query: Mapping[str, str]) -> tuple[list[str], list[Any]]:
    clauses: list[str] = []
    values: list[Any] = []
    for name, column in (("To", "recipient"), ("From", "sender")):
        if query.get(name):
            clauses.append(f"{column} = ?")
            values.append(query[name])
    for name, comparison in (("DateSent", "="), ("DateSent<", "<="), ("DateSent>", ">=")):
        if not query.get(name):
            continue
        start, end = _span(query[name])
        if comparison != "<=":
            clauses.append("sent >= ?")
            values.append(start)
        if comparison != ">=":
            clauses.append("sent < ?")
            values.append(end)
    return clauses, values


def _span(text: str) -> tuple[float, float]:
    """Return the seconds that a date (its whole UTC day) or an instant (its second) covers."""
    try:
        instant = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError as error:
        raise Refusal(20001, f"Invalid date: {text[:40]}") from error
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=UTC)
    length = timedelta(days=1) if len(text) <= len("2026-01-01") else timedelta(seconds=1)
    return instant.timestamp(), (instant + length).timestamp()


def _integer(query: Mapping[str, str], name: str, default: int) -> int:
    try:
        return int(query.get(name) or default)
    except ValueError as error:
        raise Refusal(20001, f"{name} must be a whole number") from error


def _position(db: sqlite3.Connection, token: str) -> int:
    row = db.execute("SELECT position FROM messages WHERE sid = ?", (token[2:],)).fetchone()
    if row is None:
        raise Refusal(20001, "Invalid PageToken")
    return int(row["position"])
