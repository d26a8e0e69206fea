"""Facts stay as they were written: for the product always, for the owner unless redaction is declared."""

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from networks.models import AuditEntry
from networks.scoping import practice_scope
from tests.networks.conftest import Committed

CHANGES = [
    "UPDATE networks_auditentry SET action = 'changed' WHERE practice_id = %s",
    "DELETE FROM networks_auditentry WHERE practice_id = %s",
]


@pytest.mark.parametrize("sql", CHANGES, ids=["update", "delete"])
def test_the_product_can_neither_change_nor_delete_a_fact(committed: Committed, sql: str) -> None:
    practice = committed.practice()
    with (
        practice_scope(practice.pk),
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql, [practice.pk])
    with practice_scope(practice.pk):
        assert [each.action for each in AuditEntry.objects.all()] == ["practice.founded"]


def test_the_product_cannot_declare_redaction_for_itself(committed: Committed) -> None:
    practice = committed.practice()
    with practice_scope(practice.pk), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('daybook.redaction', 'on', true)")
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            cursor.execute(CHANGES[0], [practice.pk])


@pytest.mark.parametrize("sql", CHANGES, ids=["update", "delete"])
def test_the_owner_is_refused_without_redaction(committed: Committed, sql: str) -> None:
    practice = committed.practice()
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="are facts"):
        committed.owner(sql, [practice.pk])


@pytest.mark.parametrize("sql", CHANGES, ids=["update", "delete"])
def test_redaction_by_the_owner_passes(committed: Committed, sql: str) -> None:
    practice = committed.practice()
    committed.owner(sql, [practice.pk], redaction=True)
    rows = committed.owner("SELECT action FROM networks_auditentry WHERE practice_id = %s", [practice.pk])
    assert rows in ([], [("changed",)])


def test_the_declaration_ends_with_its_transaction(committed: Committed) -> None:
    practice = committed.practice()
    with psycopg.connect(committed.owner_url) as link:
        link.execute("SELECT set_config('daybook.redaction', 'on', true)")
        link.commit()
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            link.execute(CHANGES[0].encode(), [practice.pk])
