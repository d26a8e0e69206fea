"""The one place that opens members' rows to a network: after the wall allowed it, to read, to add up."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from uuid import UUID

from django.db import connection

from networks.scoping import Scope, open_scope
from reporting.services.wall import Asked


class WallRefused(Exception):
    """Somebody tried to open members' rows without an answer of the wall that allows it."""


@contextmanager
def open_reporting_scope(network_id: UUID, *, practices: Iterable[UUID], allowed_by: Asked) -> Iterator[None]:
    """Run a block that may read these members' rows and write nothing; raise WallRefused when not allowed.

    Whatever leaves the block must be aggregates: rows about patients end with it.
    """
    if not allowed_by.decision.allowed:
        raise WallRefused(allowed_by.decision.reason)
    scope = Scope(practices=frozenset(practices), networks=frozenset({network_id}))
    with open_scope(scope), connection.cursor() as cursor:
        # Ends with the savepoint: what comes after may write again.
        cursor.execute("SET TRANSACTION READ ONLY")
        yield
