"""The worker: takes due jobs from the database, steps in one go, webhooks side by side."""

import json
import logging
import sqlite3
import threading
import time
from collections import defaultdict, deque
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from simulator.accounts import find_account
from simulator.faults import FaultBoard
from simulator.steps import take_step
from simulator.store import Store, note_post, record
from simulator.webhooks import Delivery, post

logger = logging.getLogger(__name__)

BATCH = 200
CALLERS = 32
LONGEST_WAIT = 0.5  # seconds


class Worker:
    """One thread that finds due jobs and a pool that calls the product; a restart resumes what was queued."""

    def __init__(self, store: Store, *, faults: FaultBoard) -> None:
        self._store = store
        self._faults = faults
        self._wake = threading.Event()
        self._stopping = threading.Event()
        self._pool = ThreadPoolExecutor(CALLERS, thread_name_prefix="caller")
        self._lock = threading.Lock()
        self._lanes: dict[str, deque[sqlite3.Row]] = defaultdict(deque)
        self._running: set[str] = set()

    def start(self) -> None:
        """Start the thread."""
        with self._store.write() as db:
            db.execute("UPDATE jobs SET taken = 0")
        threading.Thread(target=self._run, name="worker", daemon=True).start()

    def stop(self) -> None:
        """Stop taking jobs; what is queued stays for the next start."""
        self._stopping.set()
        self._wake.set()
        self._pool.shutdown(wait=False, cancel_futures=True)

    def wake(self) -> None:
        """Tell the worker that there may be a job due earlier than it knows."""
        self._wake.set()

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._wake.clear()
            try:
                self._take_due()
            except Exception:  # one bad job must not end the thread
                logger.exception("A due job failed; it is tried again.")
                self._wake.wait(LONGEST_WAIT)
            row = self._store.reader.execute("SELECT min(due) AS due FROM jobs WHERE taken = 0").fetchone()
            wait = LONGEST_WAIT if row["due"] is None else min(row["due"] - time.time(), LONGEST_WAIT)
            if wait > 0:
                self._wake.wait(wait)

    def _take_due(self) -> None:
        now = time.time()
        with self._store.write() as db:
            rows = db.execute(
                "SELECT * FROM jobs WHERE taken = 0 AND due <= ? ORDER BY due, id LIMIT ?", (now, BATCH)
            ).fetchall()
            calls = [row for row in rows if row["kind"] != "step"]
            for row in rows:
                if row["kind"] == "step":
                    take_step(db, row["sid"], data=json.loads(row["data"]), faults=self._faults, now=now)
                    db.execute("DELETE FROM jobs WHERE id = ?", (row["id"],))
            db.executemany("UPDATE jobs SET taken = 1 WHERE id = ?", [(row["id"],) for row in calls])
        for row in calls:
            self._submit(row)

    def _submit(self, row: sqlite3.Row) -> None:
        with self._lock:
            if row["lane"] in self._running:
                self._lanes[row["lane"]].append(row)
                return
            self._running.add(row["lane"])
        if not self._stopping.is_set():
            self._pool.submit(self._call, row)

    def _call(self, row: sqlite3.Row) -> None:
        try:
            self._deliver(row)
        finally:
            with self._lock:
                waiting = self._lanes.get(row["lane"])
                following = waiting.popleft() if waiting else None
                if following is None:
                    self._lanes.pop(row["lane"], None)
                    self._running.discard(row["lane"])
            if following is not None and not self._stopping.is_set():
                self._pool.submit(self._call, following)

    def _deliver(self, row: sqlite3.Row) -> None:
        if not self._is_queued(self._store.reader, row):
            return
        data = json.loads(row["data"])
        account = find_account(self._store.reader, data["account"])
        token = account.auth_token if account else ""
        params: dict[str, str] = data["params"]
        if self._faults.strike("bad_signature", sid=row["sid"]):
            token = token[::-1] + "x"
        tries = self._post(row, data["url"], params=params, token=token, data=data)
        if not tries[-1].is_success and data["fallback_url"]:
            extra = {"ErrorCode": "11200", "ErrorUrl": data["url"]}
            self._post(row, data["fallback_url"], params=params | extra, token=token, data=data)
        with self._store.write() as db:
            db.execute("DELETE FROM jobs WHERE id = ?", (row["id"],))

    def _is_queued(self, db: sqlite3.Connection, row: sqlite3.Row) -> bool:
        """Whether the job is still there; a reset or a deleted text takes it away."""
        return db.execute("SELECT 1 FROM jobs WHERE id = ?", (row["id"],)).fetchone() is not None

    def _post(
        self, row: sqlite3.Row, url: str, *, params: dict[str, str], token: str, data: dict[str, Any]
    ) -> list[Delivery]:
        tries = post(url, params=params, token=token, idempotency_token=data["idempotency_token"])
        with self._store.write() as db:
            if not self._is_queued(db, row):
                return tries
            for attempt, delivery in enumerate(tries, start=1):
                record(
                    db,
                    row["kind"],
                    sid=row["sid"],
                    status=params.get("MessageStatus") or params.get("SmsStatus"),
                    url=url,
                    attempt=attempt,
                    result=delivery.result,
                    http_status=delivery.status,
                    seconds=delivery.seconds,
                    idempotency_token=data["idempotency_token"],
                )
            if row["kind"] == "webhook":
                note_post(db, row["sid"], is_taken=tries[-1].is_success, said=tries[-1].sentence)
        return tries
