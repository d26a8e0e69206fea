"""A text in: stored in one round trip before anybody understands it, whatever it holds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from checkins.models import InboundMessage
from checkins.services.line import Route
from networks import round_trips
from networks.encryption import blind_index, encrypt_all
from networks.group_commit import GroupCommit
from networks.keys import uuid7

_TABLE = InboundMessage._meta.db_table
_MOST_MEDIA = 32_767
# Made once: json.dumps makes an encoder a call where it is not the default one.
_as_json = json.JSONEncoder(sort_keys=True).encode


@dataclass(frozen=True)
class TextIn:
    """A text as the carrier hands it over."""

    sid: str
    from_number: str
    body: str
    raw: str
    media: int = 0
    source: str = InboundMessage.Source.WEBHOOK


def text_from(fields: Mapping[str, Sequence[str]]) -> TextIn:
    """Return the text in a carrier's call; a field that is missing or malformed never loses the text."""

    def first(name: str) -> str:
        return fields.get(name, [""])[0]

    raw = _as_json(fields)
    return TextIn(
        # Without an id of the carrier's, equal content is taken for the same text.
        sid=first("MessageSid")[:64] or "none-" + sha256(raw.encode()).hexdigest()[:40],
        from_number=first("From"),
        body=first("Body"),
        raw=raw,
        media=_count(first("NumMedia")),
    )


def _count(said: str) -> int:
    if not (said.isascii() and said.isdigit()):
        return 0
    # Numbers of thousands of digits are refused by int(), which would lose the text.
    return min(int(said), _MOST_MEDIA) if len(said) <= 9 else _MOST_MEDIA


_RECEIVE = """
    SELECT daybook_receive(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s::smallint, %s, %s)
"""
# Arrays as the server keeps them: written as text, a sealed value is twice as long and read twice.
_RECEIVE_MANY = "SELECT daybook_receive_many(%s, %b, %b, %b, %b, %b, %b, %b, %b, %b)"

# A text as its row has it: sender, the carrier's id, sealed number and its index, body, call, media, source, instant.
_Row = tuple[UUID, str, bytes, bytes, bytes, bytes, int, str, datetime]


def receive(route: Route, text: TextIn, *, now: datetime) -> bool:
    """Store a text in and ring for it, in one statement; False when it was stored before."""
    return _store(route.practice_id, _row(route, text, at=now))


def receive_together(route: Route, text: TextIn, *, now: datetime) -> bool:
    """Store a text as `receive` does, in one commit with those of its practice that wait at the same moment.

    Not inside a transaction: the connection of another thread may be the one that stores it.
    """
    return _shared.store(route.practice_id, _row(route, text, at=now))


def receive_many(route: Route, texts: Iterable[tuple[TextIn, datetime]]) -> list[bool]:
    """Store many texts, each with the instant at which it came, in one statement; tell which were new."""
    return _store_many(route.practice_id, [_row(route, text, at=at) for text, at in texts])


def _row(route: Route, text: TextIn, *, at: datetime) -> _Row:
    number, body, raw = encrypt_all(
        (text.from_number, f"{_TABLE}.from_number"),
        (text.body, f"{_TABLE}.body"),
        (text.raw, f"{_TABLE}.raw"),
    )
    return (
        route.sender_id,
        text.sid.replace("\x00", ""),
        number,
        blind_index(text.from_number),
        body,
        raw,
        text.media,
        text.source,
        at,
    )


def _of_one(practice_id: UUID, row: _Row) -> list[Any]:
    sender, *others = row
    return [practice_id, sender, uuid7(), uuid7(), *others]


def _store(practice_id: UUID, row: _Row) -> bool:
    return bool(round_trips.ask(_RECEIVE, _of_one(practice_id, row)))


def _store_many(practice_id: UUID, rows: Sequence[_Row]) -> list[bool]:
    if not rows:
        return []
    new = set(round_trips.ask(_RECEIVE_MANY, [practice_id, *map(list, zip(*rows, strict=True))]))
    return [sid in new for _, sid, *_ in rows]


_shared: GroupCommit[UUID, _Row, bool] = GroupCommit(
    together=_store_many, alone=_store, concerns_all=round_trips.had_no_connection
)
