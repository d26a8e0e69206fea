"""The bases of every table that belongs to somebody: the tenant key, its policy, and what facts are."""

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now

from networks.keys import uuid7
from networks.tenancy import AppendOnly, TenantPolicy


class TransactionIdField(models.Field):  # type: ignore[type-arg] # not subscriptable at run time
    """The id of the transaction that wrote the row (PostgreSQL's xid8), by which the sealer orders facts."""

    def db_type(self, connection: Any) -> str:  # noqa: ANN401 - Django's signature
        """Return PostgreSQL's type."""
        return "xid8"

    def from_db_value(self, value: str | None, *_: object) -> int | None:
        """Return the id as a number."""
        return None if value is None else int(value)


class CurrentTransaction(models.Func):
    """SQL: the id of the transaction that is running."""

    function = "pg_current_xact_id"
    arity = 0
    output_field = TransactionIdField()


class PracticeOwned(models.Model):
    """A row of one practice; the key is copied from the parent and is never null."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice = models.ForeignKey("networks.Practice", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            TenantPolicy(name="%(app_label)s_%(class)s_tenancy", practice="practice_id"),
            models.UniqueConstraint(fields=["practice", "id"], name="%(app_label)s_%(class)s_key"),
        ]


def practice_of_parent() -> "models.ForeignKey[Any, Any]":
    """Return the tenant key of a row that is checked against the practice by its SameTenant rule alone.

    The parent it names refers to the practice itself. Rows that come together would all lock the practice's one row.
    """
    return models.ForeignKey(
        "networks.Practice", models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )


class PracticeLeaf(PracticeOwned):
    """A row of one practice to which no other row refers, written with every text or reply.

    It has no key for others to refer to, and its parent's key stands for the practice's.
    """

    practice = practice_of_parent()

    class Meta(PracticeOwned.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            TenantPolicy(name="%(app_label)s_%(class)s_tenancy", practice="practice_id"),
        ]


class NetworkOwned(models.Model):
    """A row of one network: what it negotiates, publishes or releases."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    network = models.ForeignKey("networks.Network", models.PROTECT, related_name="+", db_index=False)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            TenantPolicy(name="%(app_label)s_%(class)s_tenancy", network="network_id"),
            models.UniqueConstraint(fields=["network", "id"], name="%(app_label)s_%(class)s_key"),
        ]


class Fact(models.Model):
    """What happened, written once: a correction is a new row that names the old one.

    `occurred_at` is when it happened, `recorded_at` when Daybook's edge took note; nothing decides by
    `stamped_at` and `transaction`, which the database sets for forensics and for the sealer.
    """

    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    stamped_at = models.DateTimeField(db_default=Now(), editable=False)
    transaction = TransactionIdField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        abstract = True


class PracticeFact(PracticeOwned, Fact):
    """A fact of one practice."""

    class Meta(PracticeOwned.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PracticeOwned.Meta.constraints,
            AppendOnly(name="%(app_label)s_%(class)s_fact"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["practice", "transaction"], name="%(app_label)s_%(class)s_seal"),
        ]


class PracticeLeafFact(PracticeLeaf, Fact):
    """A fact of one practice to which no other row refers."""

    class Meta(PracticeLeaf.Meta):
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *PracticeLeaf.Meta.constraints,
            AppendOnly(name="%(app_label)s_%(class)s_fact"),
        ]
        indexes: ClassVar[list[models.Index]] = PracticeFact.Meta.indexes
