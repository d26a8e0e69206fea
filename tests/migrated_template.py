"""A migrated database kept on the test server: later runs, and the processes beside one, copy it."""

import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db.backends.base.base import BaseDatabaseWrapper

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


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    folder = Path(os.environ.get("DAYBOOK_TEST_SERVERS") or ROOT / ".daybook")
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def copied_database(owner: BaseDatabaseWrapper, name: str) -> str:
    """Make the test database of this name anew as a copy of the migrated one, which is made when it is missing."""
    template = f"daybook_template_{fingerprint()}"
    with _one_at_a_time():
        if not _exists(owner, template):
            _make_template(owner, template)
        with owner.creation._nodb_cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    owner.settings_dict["NAME"] = name
    return name


def _exists(owner: BaseDatabaseWrapper, name: str) -> bool:
    with owner.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name])
        return cursor.fetchone() is not None


def _make_template(owner: BaseDatabaseWrapper, template: str) -> None:
    """Migrate under another name first, so that a run ended half-way leaves no half template."""
    unfinished = f"{template}_new"
    owner.settings_dict["TEST"]["NAME"] = unfinished
    owner.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    owner.close()
    with owner.creation._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE 'daybook_template_%%'")
        for (old,) in cursor.fetchall():
            if old != unfinished:
                cursor.execute(f'DROP DATABASE "{old}" WITH (FORCE)')
        cursor.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{template}"')
