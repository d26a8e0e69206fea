"""A migrated database kept on the test server: the databases of a run, and of later runs, are copies of it.

    python -m tests.migrated_template

makes it where it is missing, on the servers that DAYBOOK_TEST_SERVERS and DATABASE_OWNER_URL name.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from config.local.postgres_cluster import programs

ROOT = Path(__file__).resolve().parent.parent
# What a migration says with more than its own words; the lock file stands for the libraries' migrations.
MADE_FROM = ("*/migrations/*.py", "networks/tenancy.py", "networks/models/owned.py", "requirements-dev.txt")


def fingerprint() -> str:
    """Sixteen hex digits that change when a migration, or what it is made from, changes."""
    digest = hashlib.sha256()
    for pattern in MADE_FROM:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(path.name.encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def on_database(url: str, name: str) -> str:
    """Return the address of another database of the same server."""
    parts = urlsplit(url)
    query = f"?{parts.query}" if parts.query else ""
    # By hand: urlunsplit drops the empty host that a Unix socket's address has.
    return f"{parts.scheme}://{parts.netloc}/{name}{query}"


def migrate(addresses: Mapping[str, str]) -> None:
    """Apply every migration as the owner role."""
    environment = {**os.environ, **addresses, "DJANGO_SETTINGS_MODULE": "config.settings.local"}
    environment.setdefault("REDIS_URL", "redis://127.0.0.1:1/0")
    manage = [sys.executable, "-W", "ignore", "manage.py"]
    _run(
        # Checks would import every view; the run of the whole product makes them (tests/local/test_make_run.py).
        [*manage, "migrate", "--database", "owner", "--no-input", "--skip-checks"],
        environment=environment,
    )


def copy_template(owner_url: str, name: str) -> None:
    """Make the database of this name anew as a copy of the template, which is made when it is missing."""
    with one_at_a_time(), psycopg.connect(owner_url, autocommit=True) as link:
        template = _template(link, owner_url)
        link.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
        link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())


def load_template(owner_url: str) -> None:
    """Write the template of the test server into an empty database of another server, as the owner role."""
    test_server = os.environ["DATABASE_OWNER_URL"]
    with one_at_a_time(), psycopg.connect(test_server, autocommit=True) as link:
        template = _template(link, test_server)
        written = _folder() / f"{template}.sql"
        if not written.exists():
            # The owner's own sessions see no row of a practice, and there is none yet.
            unfinished = written.with_suffix(".new")
            dump = [programs() / "pg_dump", "--enable-row-security", "--file", unfinished]
            _run([*dump, on_database(test_server, template)])
            unfinished.rename(written)
    load = ["--quiet", "--no-psqlrc", "--output", os.devnull, "--set", "ON_ERROR_STOP=1"]
    _run([programs() / "psql", *load, "--single-transaction", "--file", written, owner_url])


def _template(link: "psycopg.Connection[tuple[str]]", owner_url: str) -> str:
    """Return the template's name; migrate it under another name first, so that no half template is left."""
    template = f"daybook_template_{fingerprint()}"
    present = {name for (name,) in link.execute("SELECT datname FROM pg_database").fetchall()}
    if template not in present:
        unfinished = f"{template}_new"
        for name in {each for each in present if each.startswith("daybook_template_")}:
            link.execute(f'DROP DATABASE "{name}" WITH (FORCE)'.encode())
        link.execute(f'CREATE DATABASE "{unfinished}"'.encode())
        app_url = on_database(os.environ["DATABASE_URL"], unfinished)
        migrate({"DATABASE_URL": app_url, "DATABASE_OWNER_URL": on_database(owner_url, unfinished)})
        link.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"'.encode())
    return template


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Let one process at a time make, copy or drop databases of the test server."""
    with (_folder() / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _folder() -> Path:
    folder = Path(os.environ.get("DAYBOOK_TEST_SERVERS") or ROOT / ".daybook")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _run(command: Sequence[str | Path], *, environment: Mapping[str, str] | None = None) -> None:
    done = subprocess.run(
        command, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr[-3000:]


if __name__ == "__main__":
    with one_at_a_time(), psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as server:
        _template(server, os.environ["DATABASE_OWNER_URL"])
