"""Steady plans while the demonstration is loaded: tables grow from nothing, in one transaction for each practice.

PostgreSQL plans by what it knows of committed rows. A practice's rows are not committed while it is told, so
it would take `practice_id` to pick a handful of rows and read the whole history for each row it touches.
Gathering statistics inside the transactions would make them wait for each other. So before the first row one
fact is told to the planner: the practice's key picks nothing; and nothing is gathered until all is told.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections
from django.db.backends.utils import CursorWrapper

_FIRST_WITH_GIVEN_STATISTICS = 180_000  # pg_restore_attribute_stats came with PostgreSQL 18 (2025)
_KEYS = """
    SELECT c.oid::regclass::text, c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND a.attname = 'practice_id'
        AND pg_get_userbyid(c.relowner) = current_user
    ORDER BY 1
"""
_PICKS_NOTHING = """
    SELECT pg_restore_attribute_stats('schemaname', 'public', 'relname', %s::text, 'attname', 'practice_id',
        'inherited', false, 'null_frac', 0::real, 'avg_width', 16, 'n_distinct', 1::real)
"""


@contextmanager
def steadied() -> Iterator[None]:
    """Keep the planner's view of the practices' tables as told inside the block; gather the true one after it.

    Where the owner's address is unknown nothing happens.
    """
    if not settings.DATABASE_OWNER_KNOWN:
        yield
        return
    owner = connections["owner"]
    with owner.cursor() as cursor:
        cursor.execute(_KEYS)
        tables = cursor.fetchall()
        cursor.execute("SELECT current_setting('server_version_num')::int")
        may_give = cursor.fetchone()[0] >= _FIRST_WITH_GIVEN_STATISTICS
        for address, name in tables:
            cursor.execute(f"ALTER TABLE {address} SET (autovacuum_enabled = false)")
            if may_give:
                cursor.execute(_PICKS_NOTHING, [name])
    owner.close()
    try:
        yield
    finally:
        with owner.cursor() as cursor:
            _gather(cursor, [address for address, _ in tables])
        owner.close()


def _gather(cursor: CursorWrapper, tables: list[str]) -> None:
    for table in tables:
        cursor.execute(f"ALTER TABLE {table} RESET (autovacuum_enabled)")
    cursor.execute("ANALYZE")


def plan_for_growth() -> None:
    """Have this transaction plan each statement anew and by indexes: plans for empty tables would stay."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        cursor.execute("SET LOCAL jit = off")
