"""Scopes: what is visible ends with the block, whatever ends it and whoever uses the connection next."""

import threading

import pytest
from django.db import DataError, connection, transaction

from networks.models import AuditEntry, Network, Practice
from networks.scoping import RequestScope, Scope, open_scope, practice_scope, run_at_once
from tests.networks.conftest import Committed
from tests.world import SYSTEM, World


def visible() -> list[str]:
    return sorted(each.name for each in Practice.objects.all())


def settings_now() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('daybook.' || name, true), '') "
            "FROM unnest(ARRAY['practices', 'networks', 'networks_write', 'members']) AS name"
        )
        return [row[0] for row in cursor.fetchall()]


def test_a_scope_within_a_scope_gives_the_outer_one_back(world: World) -> None:
    with practice_scope(world.oak.practice.pk):
        with practice_scope(world.elm.practice.pk):
            assert visible() == ["Elm Physical Therapy"]
            with open_scope(Scope()):
                assert visible() == []
            assert visible() == ["Elm Physical Therapy"]
        assert visible() == ["Oak Physical Therapy"]
    assert visible() == []


def test_an_error_inside_gives_the_outer_one_back(world: World) -> None:
    with practice_scope(world.oak.practice.pk):
        with pytest.raises(RuntimeError), practice_scope(world.elm.practice.pk):
            raise RuntimeError
        assert visible() == ["Oak Physical Therapy"]


def test_a_network_scope_writes_only_what_it_may(world: World) -> None:
    reading = Scope(networks=frozenset({world.cin.pk}))
    with open_scope(reading):
        assert Network.objects.filter(pk=world.cin.pk).exists()
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            AuditEntry.objects.create(
                network=world.cin,
                action="x",
                system="tests",
                subject_type="x",
                occurred_at="2026-03-02T00:00Z",
                recorded_at="2026-03-02T00:00Z",
            )


def test_a_row_of_another_practice_cannot_be_written(world: World) -> None:
    with (
        practice_scope(world.oak.practice.pk),
        pytest.raises(Exception, match="row-level security"),
        transaction.atomic(),
    ):
        AuditEntry.objects.create(
            practice=world.elm.practice,
            action="x",
            system="tests",
            subject_type="x",
            occurred_at="2026-03-02T00:00Z",
            recorded_at="2026-03-02T00:00Z",
        )


def test_nothing_is_left_on_the_connection(committed: Committed) -> None:
    practice = committed.practice()
    with practice_scope(practice.pk):
        assert visible() == [practice.name]
    assert settings_now() == ["", "", "", ""]
    assert visible() == []
    with pytest.raises(RuntimeError), practice_scope(practice.pk):
        raise RuntimeError
    assert settings_now() == ["", "", "", ""]


def test_each_thread_sees_its_own_practice_only(committed: Committed) -> None:
    practices = [committed.practice() for _ in range(4)]
    wrong: list[object] = []
    done: list[object] = []
    barrier = threading.Barrier(len(practices))

    def look(practice: Practice) -> None:
        try:
            barrier.wait(20)
            for _ in range(25):
                with practice_scope(practice.pk):
                    if visible() != [practice.name]:
                        wrong.append(practice.pk)
                if visible():
                    wrong.append("after the scope")
            done.append(practice.pk)
        finally:
            connection.close()

    threads = [threading.Thread(target=look, args=(each,)) for each in practices]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []
    assert len(done) == len(practices)


NAMES: tuple[str, dict[str, object]] = ("SELECT name FROM networks_practice ORDER BY name", {})
RENAME = "UPDATE networks_practice SET text_name = %(name)s WHERE id = %(practice)s"
NAME_OF = "SELECT text_name FROM networks_practice WHERE id = %(practice)s"
LOCK: tuple[str, dict[str, object]] = ("SELECT pg_advisory_xact_lock(77)", {})


def test_statements_at_once_see_one_scope_and_leave_nothing_behind(committed: Committed) -> None:
    practice, other = committed.practice(), committed.practice()
    scope = Scope.of_practice(practice.pk)
    renamed = (RENAME, {"practice": practice.pk, "name": "100% %(name)s; --'"})
    assert run_at_once(scope, NAMES, renamed, (NAME_OF, {"practice": practice.pk})) == [
        [(practice.name,)],
        [],
        [("100% %(name)s; --'",)],
    ]
    assert settings_now() == ["", "", "", ""]
    assert run_at_once(Scope.of_practice(other.pk), (NAME_OF, {"practice": practice.pk})) == [[]]


def test_of_statements_at_once_all_are_kept_or_none(committed: Committed) -> None:
    practice = committed.practice()
    scope = Scope.of_practice(practice.pk)
    with pytest.raises(DataError):
        run_at_once(scope, (RENAME, {"practice": practice.pk, "name": "Half"}), ("SELECT 1 / 0", {}))
    with practice_scope(practice.pk):
        assert Practice.objects.get(pk=practice.pk).text_name != "Half"
    assert settings_now() == ["", "", "", ""]


def test_a_statement_at_once_sees_what_was_committed_while_the_one_before_it_waited(
    committed: Committed,
) -> None:
    practice = committed.practice()
    found: list[object] = []

    def look() -> None:
        try:
            scope = Scope.of_practice(practice.pk)
            found.extend(run_at_once(scope, LOCK, (NAME_OF, {"practice": practice.pk}))[1])
        finally:
            connection.close()

    looking = threading.Thread(target=look)
    with practice_scope(practice.pk):
        with connection.cursor() as cursor:
            cursor.execute(*LOCK)
        looking.start()
        for _ in range(400):
            if committed.owner("SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted"):
                break
            threading.Event().wait(0.01)
        Practice.objects.filter(pk=practice.pk).update(text_name="Later")
    looking.join(20)
    assert found == [("Later",)]


def test_statements_at_once_inside_a_transaction_belong_to_it(world: World) -> None:
    oak, elm = world.oak.practice, world.elm.practice
    with practice_scope(oak.pk):
        assert run_at_once(Scope.of_practice(elm.pk), NAMES) == [[(elm.name,)]]
        assert visible() == [oak.name]


def test_a_request_scope_names_the_tenant_besides_the_policy(world: World) -> None:
    scope = RequestScope(actor=SYSTEM, practice_id=world.oak.practice.pk)
    assert "practice_id" in str(scope.of(AuditEntry).query)
    assert not RequestScope(actor=SYSTEM).of(AuditEntry).exists()
