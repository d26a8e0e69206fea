"""Statistics for the planner while the demonstration is loaded: tables grow from nothing in one transaction.

Without them a statement reads a practice's whole history for each row it touches, and loading takes ten
minutes instead of one.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection, connections

_APPS = ("networks", "patients", "checkins", "billing")


@contextmanager
def lent() -> Iterator[None]:
    """Let the app role gather statistics inside the block, where the owner's address is known."""
    owner = connections["owner"]
    if not settings.DATABASE_OWNER_KNOWN:
        yield
        return
    role = owner.ops.quote_name(settings.APP_ROLE)
    with owner.cursor() as cursor:
        cursor.execute(f"GRANT MAINTAIN ON ALL TABLES IN SCHEMA public TO {role}")
    try:
        yield
    finally:
        with owner.cursor() as cursor:
            cursor.execute(f"REVOKE MAINTAIN ON ALL TABLES IN SCHEMA public FROM {role}")
        owner.close()


def plan_for_growth() -> None:
    """Have this transaction plan each statement anew and by indexes: plans for empty tables would stay."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL plan_cache_mode = force_custom_plan")
        cursor.execute("SET LOCAL jit = off")


def gather() -> None:
    """Tell the planner how the tables look by now; where the right was not lent nothing happens."""
    if not settings.DATABASE_OWNER_KNOWN:
        return
    names = [name for name in connection.introspection.table_names() if name.split("_")[0] in _APPS]
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(connection.ops.quote_name(name) for name in names)}")
