"""Scopes: whose rows a transaction may see, set for PostgreSQL's row-level policies.

A scope lives exactly as long as its transaction: settings are transaction-local, so a pooled
connection carries nothing over. With no scope open every owned table looks empty.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models, transaction
from django.db.backends.utils import CursorWrapper
from django.shortcuts import get_object_or_404
from psycopg import ClientCursor

from networks import round_trips
from networks.actors import Actor
from networks.permissions import Permission

OwnedModel = TypeVar("OwnedModel", bound=models.Model)


@dataclass(frozen=True)
class Scope:
    """The four settings that the policies read; each a set of ids, empty means nothing."""

    practices: frozenset[UUID] = frozenset()
    networks: frozenset[UUID] = frozenset()
    networks_write: frozenset[UUID] = frozenset()
    members: frozenset[UUID] = frozenset()

    @classmethod
    def of_practice(cls, practice_id: UUID) -> "Scope":
        """Return the scope of one practice: all its own rows, to read and write."""
        return cls(practices=frozenset({practice_id}))

    @classmethod
    def of_network(cls, network_id: UUID, *, members: frozenset[UUID] = frozenset()) -> "Scope":
        """Return the scope of one network: its own rows, and the directory rows of its member practices."""
        one = frozenset({network_id})
        return cls(networks=one, networks_write=one, members=members)


def _as_array(ids: frozenset[UUID]) -> str:
    return "{" + ",".join(sorted(str(each) for each in ids)) + "}" if ids else ""


# The scope that is open on this thread's connection; only `open_scope` and the carrier's functions,
# which put the former one back, change the settings.
_open: ContextVar[Scope | None] = ContextVar("open_scope", default=None)

_NAMES = ("daybook.practices", "daybook.networks", "daybook.networks_write", "daybook.members")
_READ = "SELECT " + ", ".join(f"coalesce(current_setting('{name}', true), '')" for name in _NAMES)
_WRITE = "SELECT " + ", ".join(f"set_config('{name}', %s, true)" for name in _NAMES)


def _values_of(scope: Scope) -> tuple[frozenset[UUID], ...]:
    return scope.practices, scope.networks, scope.networks_write, scope.members


@contextmanager
def open_scope(scope: Scope) -> Iterator[None]:
    """Run a block in one transaction that sees the rows of this scope only.

    Opened inside another transaction, the former settings come back at the end: leaving a savepoint
    does not undo a transaction-local setting by itself.
    """
    nested = connection.in_atomic_block
    if nested and _open.get() == scope:
        with transaction.atomic():
            yield
        return
    token = _open.set(scope)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            former: tuple[str, ...] | None = None
            if nested:
                cursor.execute(_READ)
                former = cursor.fetchone()
            cursor.execute(_WRITE, [_as_array(ids) for ids in _values_of(scope)])
            yield
            if former is not None:
                cursor.execute(_WRITE, former)
    finally:
        _open.reset(token)


@contextmanager
def practice_scope(practice_id: UUID) -> Iterator[None]:
    """Run a block in one transaction that sees one practice's rows; workers and commands use this."""
    with open_scope(Scope.of_practice(practice_id)):
        yield


def run_at_once(scope: Scope, *statements: tuple[str, Mapping[str, Any]]) -> list[list[tuple[Any, ...]]]:
    """Run statements in a scope, in one transaction of their own and one round trip; return the rows of each.

    They are committed when this returns, all or none; each sees what was committed before it began. Inside a
    caller's transaction they belong to that one.
    """
    if connection.in_atomic_block:
        # In the caller's own scope a savepoint would only be two more round trips.
        opened = nullcontext() if _open.get() == scope else open_scope(scope)
        with opened, connection.cursor() as cursor:
            return [_rows_of(cursor, statement, _written(parameters)) for statement, parameters in statements]
    connection.ensure_connection()
    values = [_as_array(ids) for ids in _values_of(scope)]
    # Several statements in one message are one transaction; with no parameters left, none is prepared.
    composer = ClientCursor(connection.connection)
    composed = [composer.mogrify(_WRITE, values)]
    composed += [composer.mogrify(statement, _written(parameters)) for statement, parameters in statements]
    with connection.cursor() as cursor:
        cursor.execute(";\n".join(composed))
        found = []
        while cursor.nextset():
            found.append(cursor.fetchall() if cursor.description else [])
        return found


def _written(parameters: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: round_trips.ids_written(value)
        if isinstance(value, list) and value and isinstance(value[0], UUID)
        else value
        for name, value in parameters.items()
    }


def _rows_of(cursor: CursorWrapper, statement: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    cursor.execute(statement, parameters)
    return cursor.fetchall() if cursor.description else []


@dataclass(frozen=True)
class RequestScope:
    """What the signed-in person may see and do in the active workspace; found at `request.scope`."""

    actor: Actor
    permissions: frozenset[Permission] = frozenset()
    practice_id: UUID | None = None
    network_id: UUID | None = None
    title: str = ""
    time_zone: str = "UTC"
    settings: Scope = field(default_factory=Scope)

    def may(self, permission: Permission) -> bool:
        """Tell whether the active workspace's roles include this permission."""
        return permission in self.permissions

    def of(self, model: type[OwnedModel]) -> models.QuerySet[OwnedModel]:
        """Return the rows of an owned model in the active workspace; nothing where there is none.

        The tenant key is named besides the row-level policy, so that indexes led by it are used.
        """
        rows = model._default_manager.all()
        names = {each.name for each in model._meta.get_fields()}
        if self.practice_id is not None and "practice" in names:
            return rows.filter(practice_id=self.practice_id)
        if self.network_id is not None and "network" in names:
            return rows.filter(network_id=self.network_id)
        return rows.none()

    def one(self, model: type[OwnedModel], **lookup: object) -> OwnedModel:
        """Return one row of the active workspace or raise Http404, whoever else's it may be."""
        return get_object_or_404(self.of(model), **lookup)
