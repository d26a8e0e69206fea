"""The sealer: links every fact of a practice, and of a network, in order, so that a change or a hole later shows.

No per-row chain: rows written at the same time would fork it. Instead a seal covers all rows whose
transaction is over, in order of transaction and id, and holds the digest of the seal before it.
"""

import base64
import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.apps import apps
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet

from networks import work
from networks.errors import DomainError
from networks.models import Fact, Seal
from networks.scoping import Scope

_START = bytes(32)
_ROWS = """
    SELECT transaction, '{table}' AS kind, id, sha256(convert_to(t::text, 'UTF8')) AS digest
    FROM "{table}" t
    WHERE {home}_id = %(home)s
      AND transaction >= %(start)s::text::xid8 AND transaction < %(end)s::text::xid8
"""


@dataclass(frozen=True)
class Chain:
    """Whose facts one chain of seals links: a practice's, or those of a network itself."""

    home: Literal["practice", "network"]
    id: UUID

    @property
    def scope(self) -> Scope:
        """The scope in which the chain is written and read."""
        return Scope.of_practice(self.id) if self.home == "practice" else Scope.of_network(self.id)

    @property
    def queue(self) -> work.Queue:
        """The kind of work that lengthens it."""
        return work.Queue.SEAL if self.home == "practice" else work.Queue.SEAL_NETWORK

    def seals(self) -> QuerySet[Seal]:
        """Its seals, oldest first."""
        return Seal.objects.filter(**{f"{self.home}_id": self.id}).order_by("number")

    def __str__(self) -> str:
        return f"{self.home.capitalize()} {self.id}"


def seal_facts(chain: Chain, *, now: datetime) -> Seal | None:
    """Seal the facts whose transactions are over and return the seal; None when there are none.

    Must run inside the chain's scope. Raises DomainError when the database's transaction counter lies
    before the last seal, as after a restore into a new server: a person must start a new chain then.
    """
    with transaction.atomic():
        _lock(chain.id)
        last = chain.seals().last()
        start = last.to_transaction if last else 0
        end = _first_open_transaction()
        if end < start:
            raise DomainError(
                "The database's transaction counter went backwards: see docs/operations.md, Restore."
            )
        digest = hashlib.sha256(bytes(last.root) if last else _START)
        rows = 0
        for row_digest in _digests(chain, start, end):
            digest.update(row_digest)
            rows += 1
        if rows == 0:
            work.put_off(chain.id, chain.queue, until=work.rest(now))
            return None
        seal = _signed(
            Seal(
                **{f"{chain.home}_id": chain.id},
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
        work.put_off(chain.id, chain.queue, until=work.rest(now))
        transaction.on_commit(lambda: _write_outside(seal))
    return seal


def broken_seals(chain: Chain) -> list[int]:
    """Return the numbers of the seals that no longer match the facts they cover, oldest first."""
    broken = []
    previous = _START
    for seal in chain.seals():
        digest = hashlib.sha256(previous)
        rows = 0
        for row_digest in _digests(chain, seal.from_transaction, seal.to_transaction):
            digest.update(row_digest)
            rows += 1
        is_whole = digest.digest() == bytes(seal.root) and rows == seal.rows
        if not is_whole or bytes(seal.previous_root) != previous or not _is_signed(seal):
            broken.append(seal.number)
        previous = bytes(seal.root)
    return broken


def fact_tables(home: str = "practice") -> list[str]:
    """Return the tables that hold facts of practices, or of networks, by name."""
    return sorted(
        model._meta.db_table
        for model in apps.get_models()
        if issubclass(model, Fact) and any(each.name == home for each in model._meta.fields)
    )


def _digests(chain: Chain, start: int, end: int) -> Iterator[bytes]:
    """Yield the digest of each fact in order of transaction, table and id; rows are read as text."""
    # The tables' names come from the models, never from outside.
    parts = " UNION ALL ".join(
        _ROWS.format(table=table, home=chain.home) for table in fact_tables(chain.home)
    )
    sql = f"SELECT digest FROM ({parts}) facts ORDER BY transaction, kind, id"  # noqa: S608 - as said above
    with connection.cursor() as cursor:
        cursor.execute(sql, {"home": chain.id, "start": start, "end": end})
        while batch := cursor.fetchmany(2000):
            for (digest,) in batch:
                yield bytes(digest)


def _lock(home_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 1))", [f"seal:{home_id}"])


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
    home = {"practice": str(seal.practice_id)} if seal.practice_id else {"network": str(seal.network_id)}
    line = {
        **home,
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
