"""Databases of their own for running products, cloned from one that was migrated once."""

import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from uuid import uuid4

import psycopg
from django.db import connections
from environ import Env

from tests.migrated_template import copy_template, on_database, one_at_a_time


@contextmanager
def fresh_database() -> Iterator[dict[str, str]]:
    """Clone the migrated template on the test server; yield both roles' addresses; drop the clone."""
    owner_url = os.environ["DATABASE_OWNER_URL"]
    name = f"product_{os.getpid()}_{uuid4().hex[:8]}"
    with one_at_a_time(), psycopg.connect(owner_url, autocommit=True) as link:
        _drop_abandoned(link)
    copy_template(owner_url, name)
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


def _drop_abandoned(link: "psycopg.Connection[tuple[str]]") -> None:
    """Drop what runs that were killed left behind."""
    for (name,) in link.execute(
        "SELECT datname FROM pg_database WHERE datname LIKE 'product\\_%'"
    ).fetchall():
        process = name.split("_")[1]
        if process.isdigit() and not os.path.exists(f"/proc/{process}"):
            link.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'.encode())
