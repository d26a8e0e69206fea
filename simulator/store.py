"""The simulator's SQLite file: one writer at a time, readers beside it."""

import json
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SCHEMA = Path(__file__).with_name("schema.sql")


class Store:
    """One writer connection behind a lock, one reader per thread; opening creates the tables."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._lock = threading.RLock()
        self._readers = threading.local()
        self._writer = self._connect()
        self._writer.executescript(SCHEMA.read_text(encoding="utf-8"))

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._path, timeout=10, isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA journal_mode = WAL")
        # NORMAL survives the death of the process, which is all that tests ask of this file.
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA foreign_keys = ON")
        return connection

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """Yield the writer inside one transaction, or inside the one this thread already has open."""
        with self._lock:
            if self._writer.in_transaction:
                yield self._writer
                return
            self._writer.execute("BEGIN IMMEDIATE")
            try:
                yield self._writer
            except BaseException:
                self._writer.execute("ROLLBACK")
                raise
            self._writer.execute("COMMIT")

    @property
    def reader(self) -> sqlite3.Connection:
        """This thread's connection for reading."""
        connection: sqlite3.Connection | None = getattr(self._readers, "connection", None)
        if connection is None:
            connection = self._readers.connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
        return connection


def record(db: sqlite3.Connection, event: str, /, **data: object) -> None:
    """Append one event to the log, the witness of what was accepted, delivered and called back."""
    db.execute(
        "INSERT INTO log (at, event, data) VALUES (?, ?, ?)",
        (time.time(), event, json.dumps(data, ensure_ascii=False)),
    )


def enqueue(
    db: sqlite3.Connection, kind: str, /, *, sid: str, due: float, data: dict[str, Any], lane: str = ""
) -> None:
    """Add a job for the worker; jobs of one lane run one after the other, in order of their due time."""
    db.execute(
        "INSERT INTO jobs (due, kind, lane, sid, data) VALUES (?, ?, ?, ?, ?)",
        (due, kind, lane or sid, sid, json.dumps(data)),
    )


def note_post(db: sqlite3.Connection, sid: str, *, is_taken: bool, said: str) -> None:
    """Note what became of a patient's text at the product, for the phone that shows it; taken once is taken."""
    db.execute(
        "INSERT INTO posts VALUES (?, ?, ?) ON CONFLICT (sid) DO UPDATE"
        " SET is_taken = excluded.is_taken, said = excluded.said WHERE is_taken = 0",
        (sid, is_taken, said),
    )
