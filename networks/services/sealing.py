"""The sealer: links every fact of a practice in order, so that a change or a hole later shows.

No per-row chain: rows written at the same time would fork it. Instead a seal covers all rows whose
transaction is over, in order of transaction and id, and holds the digest of the seal before it.
"""

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction

from networks import work
from networks.errors import DomainError
from networks.models import Fact, Seal

_START = bytes(32)
_ROWS = """
    SELECT transaction, '{table}' AS kind, id, sha256(convert_to(t::text, 'UTF8')) AS digest
    FROM "{table}" t
    WHERE practice_id = %(practice)s
      AND transaction >= %(start)s::text::xid8 AND transaction < %(end)s::text::xid8
"""


def seal_practice(practice_id: UUID, *, now: datetime) -> Seal | None:
    """Seal the practice's facts whose transactions are over and return the seal; None when there are none.

    Must run inside the practice's scope. Raises DomainError when the database's transaction counter lies
    before the last seal, as after a restore into a new server: a person must start a new chain then.
    """
    with transaction.atomic():
        _lock(practice_id)
        last = Seal.objects.filter(practice_id=practice_id).order_by("-number").first()
        start = last.to_transaction if last else 0
        end = _first_open_transaction()
        if end < start:
            raise DomainError(
                "The database's transaction counter went backwards: see docs/operations.md, Restore."
            )
        digest = hashlib.sha256(bytes(last.root) if last else _START)
        rows = 0
        for row_digest in _digests(practice_id, start, end):
            digest.update(row_digest)
            rows += 1
        if rows == 0:
            work.put_off(practice_id, work.Queue.SEAL, until=work.rest(now))
            return None
        seal = _signed(
            Seal(
                practice_id=practice_id,
                number=last.number + 1 if last else 1,
                from_transaction=start,
                to_transaction=end,
                rows=rows,
                previous_root=bytes(last.root) if last else _START,
                root=digest.digest(),
                sealed_at=now,
            )
        )
        seal.save(force_insert=True)
        work.put_off(practice_id, work.Queue.SEAL, until=work.rest(now))
        transaction.on_commit(lambda: _write_outside(seal))
    return seal


def broken_seals(practice_id: UUID) -> list[int]:
    """Return the numbers of the practice's seals that no longer match the facts they cover, oldest first."""
    broken = []
    previous = _START
    for seal in Seal.objects.filter(practice_id=practice_id).order_by("number"):
        digest = hashlib.sha256(previous)
        rows = 0
        for row_digest in _digests(practice_id, seal.from_transaction, seal.to_transaction):
            digest.update(row_digest)
            rows += 1
        is_whole = digest.digest() == bytes(seal.root) and rows == seal.rows
        if not is_whole or bytes(seal.previous_root) != previous or not _is_signed(seal):
            broken.append(seal.number)
        previous = bytes(seal.root)
    return broken


def fact_tables() -> list[str]:
    """Return the tables that hold a practice's facts, by name."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Fact) and any(each.name == "practice" for each in model._meta.fields)
    )


def _digests(practice_id: UUID, start: int, end: int) -> Iterator[bytes]:
    """Yield the digest of each fact in order of transaction, table and id; rows are read as text."""
    # The tables' names come from the models, never from outside.
    parts = " UNION ALL ".join(_ROWS.format(table=table) for table in fact_tables())
    sql = f"SELECT digest FROM ({parts}) facts ORDER BY transaction, kind, id"  # noqa: S608 - as said above
    with connection.cursor() as cursor:
        cursor.execute(sql, {"practice": practice_id, "start": start, "end": end})
        while batch := cursor.fetchmany(2000):
            for (digest,) in batch:
                yield bytes(digest)


def _lock(practice_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"seal:{practice_id}"])


def _first_open_transaction() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text")
        return int(cursor.fetchone()[0])


def signing_key() -> Ed25519PrivateKey:
    """Return the key that signs seals and releases."""
    return Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.SEAL_KEY))


def key_fingerprint() -> str:
    """Return the first 16 hex digits of the SHA-256 of the public key, by which `/verify/keys.json` lists it."""
    public = signing_key().public_key()
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    return hashlib.sha256(raw).hexdigest()[:16]


def _signed(seal: Seal) -> Seal:
    seal.signature = signing_key().sign(bytes(seal.root))
    seal.key_id = key_fingerprint()
    return seal


def _is_signed(seal: Seal) -> bool:
    if seal.key_id != key_fingerprint():
        return True  # by an earlier key, which only the verifier with the list of keys can check
    try:
        signing_key().public_key().verify(bytes(seal.signature), bytes(seal.root))
    except InvalidSignature:
        return False
    return True


def _write_outside(seal: Seal) -> None:
    """Append the root to a file outside the database, so that rewriting both is needed to cheat."""
    target = Path(settings.SEAL_ROOTS_FILE)
    target.parent.mkdir(parents=True, exist_ok=True)
    line = {
        "practice": str(seal.practice_id),
        "number": seal.number,
        "rows": seal.rows,
        "root": bytes(seal.root).hex(),
        "signature": bytes(seal.signature).hex(),
        "key": seal.key_id,
        "sealed_at": seal.sealed_at.isoformat(),
    }
    with target.open("a") as file:
        file.write(json.dumps(line) + "\n")
        # The root must outlive a crash that the database survives.
        file.flush()
        os.fsync(file.fileno())
