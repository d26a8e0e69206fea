"""Row-level security as model constraints, so that `makemigrations` adds, keeps and removes it.

Every owned table gets: row-level security, forced; one policy on its tenant key that compares with
the transaction's settings; a policy for the owner role, which migrates. Composite foreign keys make
the database refuse a child whose tenant differs from its parent's. Fact tables refuse UPDATE and
DELETE. Measured shapes and traps: docs/adr/0002.
"""

# The stubs describe a later Django, whose constraints return and take other types.
# mypy: disable-error-code="override"

from abc import ABC, abstractmethod
from typing import Any

from django.conf import settings
from django.db import models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.backends.ddl_references import Statement
from django.db.models.constraints import BaseConstraint

_Editor = BaseDatabaseSchemaEditor


class DatabaseRule(BaseConstraint, ABC):
    """A constraint that is SQL of ours: made after the table, taken away before it goes."""

    @abstractmethod
    def statements(self, table: str, model: type[models.Model]) -> list[str]:
        """Return the SQL that puts the rule in force."""

    @abstractmethod
    def removals(self, table: str, model: type[models.Model]) -> list[str]:
        """Return the SQL that takes the rule away."""

    def constraint_sql(self, model: type[models.Model], schema_editor: _Editor) -> None:
        """Queue the rule to run after the table exists."""
        for sql in self.statements(model._meta.db_table, model):
            schema_editor.deferred_sql.append(sql)

    def create_sql(self, model: type[models.Model], schema_editor: _Editor) -> Statement | None:
        """Put the rule in force on a table that exists."""
        for sql in self.statements(model._meta.db_table, model):
            schema_editor.execute(sql)
        return None

    def remove_sql(self, model: type[models.Model], schema_editor: _Editor) -> Statement | None:
        """Take the rule away."""
        for sql in self.removals(model._meta.db_table, model):
            schema_editor.execute(sql)
        return None

    def validate(self, *args: object, **kwargs: object) -> None:
        """Leave validation to the database."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, DatabaseRule) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(repr(self.deconstruct()))


def _setting(name: str) -> str:
    # Cast inside and outside the sub-select, so that the array is parsed once and not per row.
    return f"ANY ((SELECT NULLIF(current_setting('daybook.{name}', true), '')::uuid[])::uuid[])"


class TenantPolicy(DatabaseRule):
    """Row-level security on the tenant key: `practice`, `network`, or either of the two.

    `members_read` lets network staff read directory rows of their member practices; `key` names the
    column that holds the practice's id where it is not `practice_id`.
    """

    def __init__(
        self,
        *,
        name: str,
        practice: str = "",
        network: str = "",
        members_read: bool = False,
        violation_error_code: str | None = None,
        violation_error_message: str | None = None,
    ) -> None:
        super().__init__(name=name)
        self.practice = practice
        self.network = network
        self.members_read = members_read

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """Return what a migration needs to write this rule down."""
        path, args, kwargs = super().deconstruct()
        kwargs |= {"practice": self.practice, "network": self.network, "members_read": self.members_read}
        return path, tuple(args), kwargs

    def statements(self, table: str, model: type[models.Model]) -> list[str]:
        """Return the SQL that switches row-level security on, with its policies."""
        sides = []
        if self.practice:
            sides.append((f'"{self.practice}" = {_setting("practices")}',) * 2)
        if self.network:
            sides.append(
                (
                    f'"{self.network}" = {_setting("networks")}',
                    f'"{self.network}" = {_setting("networks_write")}',
                )
            )
        using = " OR ".join(each[0] for each in sides)
        check = " OR ".join(each[1] for each in sides)
        made = [
            f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY',
            f'CREATE POLICY "{table}_tenant" ON "{table}" USING ({using}) WITH CHECK ({check})',
            f'CREATE POLICY "{table}_owner" ON "{table}" TO CURRENT_USER USING (true) WITH CHECK (true)',
        ]
        if self.members_read:
            made.append(
                f'CREATE POLICY "{table}_members" ON "{table}" FOR SELECT '
                f'USING ("{self.practice}" = {_setting("members")})'
            )
        return made

    def removals(self, table: str, model: type[models.Model]) -> list[str]:
        """Return the SQL that switches row-level security off again."""
        dropped = ["tenant", "owner", *(["members"] if self.members_read else [])]
        return [
            *(f'DROP POLICY "{table}_{each}" ON "{table}"' for each in dropped),
            f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY',
            f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY',
        ]


class SameTenant(DatabaseRule):
    """A foreign key that carries the tenant key along: the parent must be of the same tenant.

    Needed because plain foreign keys are checked behind row-level security's back. `along` names fields that
    child and parent have alike: one key then proves that they agree, and the parent's own keys prove the rest.
    The parent needs a unique constraint on exactly the tenant key, these fields and its id.
    """

    def __init__(
        self,
        *,
        name: str,
        field: str,
        key: str = "practice",
        along: tuple[str, ...] = (),
        violation_error_code: str | None = None,
        violation_error_message: str | None = None,
    ) -> None:
        super().__init__(name=name)
        self.field = field
        self.key = key
        self.along = along

    def deconstruct(self) -> tuple[str, tuple[Any, ...], dict[str, Any]]:
        """Return what a migration needs to write this rule down."""
        path, args, kwargs = super().deconstruct()
        kwargs |= {"field": self.field, "key": self.key}
        return path, tuple(args), kwargs | ({"along": self.along} if self.along else {})

    def statements(self, table: str, model: type[models.Model]) -> list[str]:
        """Return the SQL of the composite foreign key."""
        field = model._meta.get_field(self.field)
        shared = ", ".join(f'"{model._meta.get_field(each).column}"' for each in (self.key, *self.along))  # type: ignore[union-attr] # concrete fields
        parent = field.related_model._meta.db_table  # type: ignore[union-attr] # SameTenant is for foreign keys only
        return [
            f'ALTER TABLE "{table}" ADD CONSTRAINT "{self.name}" '
            f'FOREIGN KEY ({shared}, "{field.column}") REFERENCES "{parent}" ({shared}, "id") '  # type: ignore[union-attr] # concrete fields
            "DEFERRABLE INITIALLY IMMEDIATE"
        ]

    def create_sql(self, model: type[models.Model], schema_editor: _Editor) -> Statement | None:
        """Queue the key for the end of the migration: the parent's unique key may come later in it."""
        self.constraint_sql(model, schema_editor)
        return None

    def removals(self, table: str, model: type[models.Model]) -> list[str]:
        """Return the SQL that drops it."""
        return [f'ALTER TABLE "{table}" DROP CONSTRAINT "{self.name}"']


class AppendOnly(DatabaseRule):
    """A fact table: the app role may read and insert, never change or delete.

    The owner role may do so only inside redaction, which sets `daybook.redaction` for its transaction.
    """

    def statements(self, table: str, model: type[models.Model]) -> list[str]:
        """Return the SQL that withdraws the rights and sets the trigger."""
        return [
            f'REVOKE UPDATE, DELETE, TRUNCATE ON "{table}" FROM {settings.APP_ROLE}',
            f'CREATE TRIGGER "{table}_append_only" BEFORE UPDATE OR DELETE ON "{table}" '
            "FOR EACH ROW EXECUTE FUNCTION daybook_refuse_change()",
        ]

    def removals(self, table: str, model: type[models.Model]) -> list[str]:
        """Return the SQL that gives the rights back."""
        return [
            f'DROP TRIGGER "{table}_append_only" ON "{table}"',
            f'GRANT UPDATE, DELETE ON "{table}" TO {settings.APP_ROLE}',
        ]
