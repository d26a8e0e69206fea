"""One statement in one round trip: for the carrier's calls and our texts, of which hundreds come and go in a second.

The statement is prepared once a connection and its parameters travel apart from it, where the ORM's cursor
writes them into its text each time; and the connection comes straight from the pool.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from psycopg import Connection, Cursor
from psycopg_pool import ConnectionPool, PoolTimeout

_PREPARED_AFTER = 5  # psycopg's own default; Django switches preparing off, `prepare=True` needs it on


def ask(statement: str, parameters: Sequence[Any] | Mapping[str, Any]) -> Any:  # noqa: ANN401 - whatever the statement's one column holds
    """Run a statement that yields one value and return it, committed unless a transaction is open here.

    Raises Django's database errors. It sets no scope: the statement has to do that itself.
    """
    pool: ConnectionPool[Any] | None = getattr(connection, "pool", None)
    if pool is None or connection.connection is not None:
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchone()[0]
    with connection.wrap_database_errors:
        pool.open()
        link = pool.getconn()
        try:
            return _asked(link, statement, parameters)
        finally:
            # A broken connection is not kept: the pool looks at its state.
            pool.putconn(link)


def ids_written(ids: Sequence[UUID]) -> str:
    """Write ids as PostgreSQL writes an array: psycopg takes five times as long for a hundred of them."""
    return "{" + ",".join([f"{each.int:032x}" for each in ids]) + "}"


def had_no_connection(error: Exception) -> bool:
    """Tell whether a statement failed because no connection came within the pool's patience."""
    return isinstance(error.__cause__, PoolTimeout)


def _asked(link: "Connection[Any]", statement: str, parameters: Sequence[Any] | Mapping[str, Any]) -> Any:  # noqa: ANN401 - as above
    if not link.autocommit:
        link.autocommit = True
    if link.prepare_threshold is None:
        link.prepare_threshold = _PREPARED_AFTER
    with Cursor(link) as cursor:
        row = cursor.execute(statement, parameters, prepare=True).fetchone()
    return row[0] if row else None
