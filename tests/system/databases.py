"""Databases of their own for running products, cloned from one that was migrated once."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg
from django.db import connections
from environ import Env

from config.local.folders import PROJECT
from config.local.preparation import state_of_migrations

_LOCK = 4_715_001


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
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "migrate", "--database", "owner", "--no-input"],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]


@contextmanager
def fresh_database() -> Iterator[dict[str, str]]:
    """Clone the migrated template on the test server; yield both roles' addresses; drop the clone."""
    owner_url = os.environ["DATABASE_OWNER_URL"]
    name = f"product_{os.getpid()}_{uuid4().hex[:8]}"
    template = _template(owner_url)
    with psycopg.connect(owner_url, autocommit=True) as link:
        link.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        _drop_abandoned(link)
        link.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"'.encode())
    try:
        yield {
            "DATABASE_URL": on_database(os.environ["DATABASE_URL"], name),
            "DATABASE_OWNER_URL": on_database(owner_url, name),
        }
    finally:
        with psycopg.connect(owner_url, autocommit=True) as link:
            link.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())


@contextmanager
def pointed_at(
    app_url: str, *, unblock: Callable[[], AbstractContextManager[None]] = nullcontext
) -> Iterator[None]:
    """Point this process's default connection, in every thread, at another database for a while."""
    settings = connections["default"].settings_dict
    former = dict(settings)
    connections["default"].close()
    settings.update(Env.db_url_config(app_url))
    with unblock():
        try:
            yield
        finally:
            connections["default"].close()
            settings.clear()
            settings.update(former)


def _template(owner_url: str) -> str:
    """Return the name of the migrated template, made when these migrations have none yet."""
    name = f"template_{state_of_migrations(PROJECT)[:16]}"
    unfinished = f"{name}_unfinished"
    with psycopg.connect(owner_url, autocommit=True) as link:
        link.execute("SELECT pg_advisory_lock(%s)", [_LOCK])
        if link.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            return name
        for (old,) in link.execute("SELECT datname FROM pg_database WHERE datname LIKE 'template\\_%'"):
            link.execute(f'DROP DATABASE IF EXISTS "{old}" WITH (FORCE)'.encode())
        link.execute(f'CREATE DATABASE "{unfinished}"'.encode())
        migrate(
            {
                "DATABASE_URL": on_database(os.environ["DATABASE_URL"], unfinished),
                "DATABASE_OWNER_URL": on_database(owner_url, unfinished),
            }
        )
        link.execute(f'ALTER DATABASE "{unfinished}" RENAME TO "{name}"'.encode())
    return name


def _drop_abandoned(link: "psycopg.Connection[tuple[str]]") -> None:
    """Drop what runs that were killed left behind."""
    for (name,) in link.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'product\\_%'"
    ).fetchall():
        process = name.split("_")[1]
        if process.isdigit() and not os.path.exists(f"/proc/{process}"):
            link.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
