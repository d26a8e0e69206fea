"""The least a web may do with a text in: one signature, one round trip of the same SQL, no framework.

Served by granian as the product is, as the baseline of its latency; it seals nothing and needs
DATABASE_URL, BENCH_TOKEN, BENCH_URL, BENCH_PRACTICE and BENCH_SENDER.
"""

import base64
import hashlib
import hmac
import os
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

from psycopg_pool import ConnectionPool

_RECEIVE = "SELECT daybook_receive(%s, %s, %s, %s, %s, %s, %s, %s, %s, 0::smallint, 'webhook', %s)"
_pool: "ConnectionPool[Any] | None" = None


def application(environ: dict[str, Any], start_response: Callable[..., object]) -> Iterable[bytes]:
    """Store one text in, as a WSGI application."""
    body = environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"]))
    fields = dict(parse_qsl(body.decode(), keep_blank_values=True))
    text = os.environ["BENCH_URL"] + "".join(name + fields[name] for name in sorted(fields))
    digest = hmac.new(os.environ["BENCH_TOKEN"].encode(), text.encode(), hashlib.sha1).digest()
    if not hmac.compare_digest(base64.b64encode(digest).decode(), environ.get("HTTP_X_TWILIO_SIGNATURE", "")):
        start_response("403 Forbidden", [("Content-Length", "0")])
        return [b""]
    _store(fields, body)
    start_response("200 OK", [("Content-Type", "text/xml"), ("Content-Length", "11")])
    return [b"<Response/>"]


def _store(fields: dict[str, str], body: bytes) -> None:
    global _pool
    if _pool is None:
        # Not as the module is imported: the server forks, and connections do not cross a fork.
        address = os.environ["DATABASE_URL"]
        _pool = ConnectionPool(address, min_size=1, max_size=8, kwargs={"autocommit": True})
    blind = hashlib.sha256(fields["From"].encode()).digest()
    values = [
        os.environ["BENCH_PRACTICE"],
        os.environ["BENCH_SENDER"],
        uuid4(),
        uuid4(),
        fields["MessageSid"],
    ]
    with _pool.connection() as link:
        link.execute(
            _RECEIVE,
            [*values, fields["From"].encode(), blind, fields["Body"].encode(), body, datetime.now(UTC)],
        )
