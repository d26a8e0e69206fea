"""Accounts and their numbers, as registered through the control address."""

import hmac
import json
import re
import sqlite3
from dataclasses import asdict, dataclass
from typing import Any

from simulator.keywords import OptOutSettings
from simulator.refusals import Refusal

ACCOUNT_SID = re.compile(r"^AC[0-9a-fA-F]{32}$")
SERVICE_SID = re.compile(r"^MG[0-9a-fA-F]{32}$")
E164 = re.compile(r"^\+[1-9][0-9]{6,14}$")
STATUSES = ("active", "suspended", "closed", "trial", "test")


@dataclass(frozen=True)
class Account:
    """A Twilio account or subaccount."""

    sid: str
    auth_token: str
    status: str
    api_keys: dict[str, str]
    verified: tuple[str, ...]
    opt_out: OptOutSettings


@dataclass(frozen=True)
class Number:
    """A number that an account sends from, with the addresses it calls."""

    number: str
    account_sid: str
    inbound_url: str
    fallback_url: str
    status_callback: str
    service_sid: str | None

    @property
    def scope(self) -> str:
        """What an opt-out covers: the messaging service, or the number when it has none."""
        return self.service_sid or self.number


def save_account(db: sqlite3.Connection, document: dict[str, Any]) -> None:
    """Create or replace an account and add or replace its numbers; ValueError says what does not fit."""
    sid, token = document.get("sid"), document.get("auth_token")
    if not isinstance(sid, str) or not ACCOUNT_SID.match(sid):
        raise ValueError("sid must be AC and 32 hexadecimal digits.")
    if not isinstance(token, str) or not token:
        raise ValueError("auth_token is missing.")
    status = document.get("status", "active")
    if status not in STATUSES:
        raise ValueError(f"status must be one of {', '.join(STATUSES)}.")
    opt_out = OptOutSettings.from_document(document.get("opt_out") or {})
    db.execute(
        "INSERT INTO accounts (sid, auth_token, status, api_keys, verified, opt_out)"
        " VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (sid) DO UPDATE SET auth_token = excluded.auth_token, status = excluded.status,"
        " api_keys = excluded.api_keys, verified = excluded.verified, opt_out = excluded.opt_out",
        (
            sid,
            token,
            status,
            json.dumps(document.get("api_keys") or {}),
            json.dumps(document.get("verified") or []),
            json.dumps(asdict(opt_out)),
        ),
    )
    for number in document.get("numbers") or []:
        _save_number(db, account_sid=sid, document=number)


def _save_number(db: sqlite3.Connection, *, account_sid: str, document: dict[str, Any]) -> None:
    number, service = document.get("number"), document.get("messaging_service_sid") or None
    if not isinstance(number, str) or not E164.match(number):
        raise ValueError("numbers[].number must be a number in E.164 form, for example +15005550006.")
    if service is not None and not SERVICE_SID.match(service):
        raise ValueError("numbers[].messaging_service_sid must be MG and 32 hexadecimal digits.")
    db.execute(
        "INSERT INTO numbers (number, account_sid, inbound_url, fallback_url, status_callback, service_sid)"
        " VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (number) DO UPDATE SET account_sid = excluded.account_sid,"
        " inbound_url = excluded.inbound_url, fallback_url = excluded.fallback_url,"
        " status_callback = excluded.status_callback, service_sid = excluded.service_sid",
        (
            number,
            account_sid,
            document.get("inbound_url") or "",
            document.get("fallback_url") or "",
            document.get("status_callback") or "",
            service,
        ),
    )


def find_account(db: sqlite3.Connection, sid: str) -> Account | None:
    """Return the account, or None."""
    row = db.execute("SELECT * FROM accounts WHERE sid = ?", (sid,)).fetchone()
    if row is None:
        return None
    return Account(
        sid=row["sid"],
        auth_token=row["auth_token"],
        status=row["status"],
        api_keys=json.loads(row["api_keys"]),
        verified=tuple(json.loads(row["verified"])),
        opt_out=OptOutSettings.from_document(json.loads(row["opt_out"])),
    )


def authenticate(db: sqlite3.Connection, sid: str, *, user: str, password: str) -> Account:
    """Return the account that `user` (its sid, or one of its SK keys) opens; Refusal 20003 otherwise."""
    account = find_account(db, sid)
    if account is None:
        raise Refusal(20003)
    secret = account.auth_token if user == sid else account.api_keys.get(user)
    if secret is None or not hmac.compare_digest(secret.encode(), password.encode()):
        raise Refusal(20003)
    if account.status == "closed":
        raise Refusal(20003)
    return account


def find_number(db: sqlite3.Connection, number: str) -> Number | None:
    """Return one registered number, or None."""
    row = db.execute("SELECT * FROM numbers WHERE number = ?", (number,)).fetchone()
    return Number(**row) if row else None


def find_pool(db: sqlite3.Connection, service_sid: str) -> list[Number]:
    """Return the numbers of a messaging service, in a fixed order."""
    rows = db.execute("SELECT * FROM numbers WHERE service_sid = ? ORDER BY number", (service_sid,))
    return [Number(**row) for row in rows]
