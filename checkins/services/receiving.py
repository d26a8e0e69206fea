"""A text in: stored in one round trip before anybody understands it, whatever it holds."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.db import connection

from checkins.models import InboundMessage
from checkins.services.line import Route
from networks import round_trips
from networks.encryption import blind_index, encrypt
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


def receive(route: Route, text: TextIn, *, now: datetime) -> bool:
    """Store a text in and ring for it, in one statement; False when it was stored before."""
    return bool(round_trips.ask(_RECEIVE, _parameters(route, text, at=now)))


def receive_many(route: Route, texts: Iterable[tuple[TextIn, datetime]]) -> None:
    """Store many texts, each with the instant at which it came, in one pipeline; known ones change nothing."""
    with connection.cursor() as cursor:
        cursor.executemany(_RECEIVE, [_parameters(route, text, at=at) for text, at in texts])


def _parameters(route: Route, text: TextIn, *, at: datetime) -> list[Any]:
    return [
        route.practice_id,
        route.sender_id,
        uuid7(),
        uuid7(),
        text.sid.replace("\x00", ""),
        encrypt(text.from_number, column=f"{_TABLE}.from_number"),
        blind_index(text.from_number),
        encrypt(text.body, column=f"{_TABLE}.body"),
        encrypt(text.raw, column=f"{_TABLE}.raw"),
        text.media,
        text.source,
        at,
    ]
