"""Faults that can be switched on: what happens, how often, and how many times more."""

import hashlib
import json
import sqlite3
from dataclasses import asdict, dataclass, replace
from typing import Any

from simulator.store import Store, record

# kind: (what it does, default seconds)
KINDS: dict[str, tuple[str, float]] = {
    "rate_limit": ("Creating a text is refused with 429, code 20429; nothing is accepted.", 0),
    "refuse": ("Creating a text is refused with the given code; nothing is accepted.", 0),
    "error_before": ("Creating a text is answered 500; nothing is accepted.", 0),
    "hang_before": ("The request hangs, then is answered 500; nothing is accepted.", 30),
    "reset_before": ("The connection is cut; nothing is accepted.", 0),
    "late_accept": ("The request hangs, and only then the text is accepted.", 30),
    "error_after": ("The text is accepted, then the answer is 500.", 0),
    "hang_after": ("The text is accepted, then the request hangs.", 30),
    "truncated": ("The text is accepted; the 201 carries half of its JSON.", 0),
    "reset": ("The text is accepted; the connection is cut in the middle of the answer.", 0),
    "fail": ("An accepted text ends undelivered with the given code.", 0),
    "duplicate": ("Status callbacks are sent several times at once.", 0),
    "shuffle": ("Status callbacks arrive last first.", 2),
    "drop": ("Status callbacks are never sent.", 0),
    "callback_late": ("Status callbacks come late.", 5),
    "bad_signature": ("Callbacks and replies are signed with another token.", 0),
    "inbound_drop": ("A patient's text reaches the carrier, but its webhook is never called.", 0),
    "inbound_duplicate": ("A patient's text calls its webhook several times at once.", 0),
    "list_lag": ("Lists do not show texts younger than the given seconds.", 30),
    "list_error": ("Lists are answered 500.", 0),
}


@dataclass(frozen=True)
class Fault:
    """One fault that is on; `count` None means until reset, `phone` limits it to one patient's phone."""

    kind: str
    rate: float = 1.0
    count: int | None = None
    seconds: float = 0.0
    code: int = 0
    copies: int = 2
    phone: str = ""
    rolled: int = 0


class FaultBoard:
    """Which faults are on; rolls are seeded, so the same calls in the same order give the same faults."""

    def __init__(self, store: Store, *, seed: str) -> None:
        self._store = store
        self._seed = seed
        self._faults = {
            row["kind"]: Fault(**json.loads(row["data"]))
            for row in store.reader.execute("SELECT * FROM faults")
        }

    def active(self) -> list[Fault]:
        """Return the faults that are on, by kind."""
        with self._store.write():
            return [self._faults[kind] for kind in sorted(self._faults)]

    def set(self, document: dict[str, Any]) -> Fault | None:
        """Switch a fault on, or off with rate 0 or count 0; ValueError says what does not fit."""
        fault = parse_fault(document)
        is_on = fault.rate > 0 and fault.count != 0
        with self._store.write() as db:
            self._faults.pop(fault.kind, None)
            if is_on:
                self._faults[fault.kind] = fault
            self._save(db, fault.kind)
        return fault if is_on else None

    def clear(self) -> None:
        """Switch every fault off."""
        with self._store.write() as db:
            self._faults.clear()
            db.execute("DELETE FROM faults")

    def strike(self, *kinds: str, phone: str = "", sid: str = "") -> Fault | None:
        """Return the first fault among `kinds` that happens now, and count it down; log that it happened."""
        for kind in kinds:
            if kind not in self._faults:
                continue
            # The store's lock guards the faults too: one lock, so no order of locks to keep.
            with self._store.write() as db:
                if fault := self._roll(db, kind, phone=phone):
                    record(db, "fault", kind=kind, phone=phone, sid=sid, left=fault.count)
                    return fault
        return None

    def _roll(self, db: sqlite3.Connection, kind: str, *, phone: str) -> Fault | None:
        fault = self._faults.get(kind)
        if fault is None or (fault.phone and fault.phone != phone):
            return None
        rolled = replace(fault, rolled=fault.rolled + 1)
        happens = chance(self._seed, kind, str(rolled.rolled)) < fault.rate
        if happens and rolled.count is not None:
            rolled = replace(rolled, count=rolled.count - 1)
        self._faults[kind] = rolled
        if rolled.count == 0:
            del self._faults[kind]
        if happens and rolled.count is not None:
            self._save(db, kind)
        return rolled if happens else None

    def _save(self, db: sqlite3.Connection, kind: str) -> None:
        db.execute("DELETE FROM faults WHERE kind = ?", (kind,))
        if fault := self._faults.get(kind):
            db.execute("INSERT INTO faults VALUES (?, ?)", (kind, json.dumps(asdict(fault))))


def parse_fault(document: dict[str, Any]) -> Fault:
    """Read a fault from JSON; ValueError names the field that does not fit."""
    kind = document.get("kind")
    if kind not in KINDS:
        raise ValueError(f"kind must be one of {', '.join(KINDS)}.")
    rate, count = document.get("rate", 1), document.get("count")
    if not isinstance(rate, (int, float)) or not 0 <= rate <= 1:
        raise ValueError("rate must be a number from 0 to 1.")
    if count is not None and (not isinstance(count, int) or count < 0):
        raise ValueError("count must be a whole number, or null for until reset.")
    seconds = document.get("seconds", KINDS[kind][1])
    if not isinstance(seconds, (int, float)) or not 0 <= seconds <= 7 * 86_400:
        raise ValueError("seconds must be a number from 0 to a week.")
    code = document.get("code", 30008 if kind == "fail" else 21612)
    copies = document.get("copies", 2)
    if not isinstance(code, int) or not isinstance(copies, int) or not 2 <= copies <= 50:
        raise ValueError("code must be a whole number, copies a whole number from 2 to 50.")
    return Fault(
        kind=kind,
        rate=float(rate),
        count=count,
        seconds=float(seconds),
        code=code,
        copies=copies,
        phone=str(document.get("phone") or ""),
    )


def chance(*parts: str) -> float:
    """Return a number from 0 up to 1 that depends on `parts` alone."""
    digest = hashlib.sha256("|".join(parts).encode()).digest()
    return int.from_bytes(digest[:7], "big") / 2**56
