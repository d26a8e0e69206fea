"""Seals: every fact once, in order, whoever writes at the same time; one changed row breaks one seal."""

import base64
import json
import threading
import time
from pathlib import Path
from uuid import UUID

import psycopg
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from networks import audit, work
from networks.errors import DomainError
from networks.models import AuditEntry, Seal
from networks.scoping import open_scope, practice_scope
from networks.services import organizations, sealing
from networks.services.sealing import Chain
from tests.networks.conftest import Committed
from tests.world import NOW, SYSTEM


def write(practice_id: UUID, *, count: int = 1) -> None:
    """Write facts, each in a transaction of its own."""
    for _ in range(count):
        with practice_scope(practice_id):
            audit.record(
                "test.noted",
                actor=SYSTEM,
                subject_type="test",
                subject_id=None,
                now=NOW,
                practice_id=practice_id,
            )


def let_others_finish(seconds: float = 8.0) -> None:
    """Wait until transactions of tests that run beside this one are over: open ones hold every seal back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_current_xact_id()::text::bigint")
        mine = cursor.fetchone()[0]
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            if cursor.fetchone()[0] > mine:
                return
        time.sleep(0.05)


def seal(practice_id: UUID) -> Seal | None:
    let_others_finish()
    return seal_at_once(practice_id)


def seal_at_once(practice_id: UUID) -> Seal | None:
    with practice_scope(practice_id):
        return sealing.seal_facts(Chain("practice", practice_id), now=NOW)


def broken(practice_id: UUID) -> list[int]:
    with practice_scope(practice_id):
        return sealing.broken_seals(Chain("practice", practice_id))


def facts(practice_id: UUID) -> int:
    with practice_scope(practice_id):
        return AuditEntry.objects.filter(practice_id=practice_id).count()


def sealed(practice_id: UUID) -> list[int]:
    """How many rows each seal covers, in order."""
    with practice_scope(practice_id):
        return list(
            Seal.objects.filter(practice_id=practice_id).order_by("number").values_list("rows", flat=True)
        )


def test_each_fact_is_sealed_once(committed: Committed) -> None:
    practice = committed.practice().pk
    write(practice, count=3)
    first = seal(practice)
    assert first is not None
    assert first.number == 1
    assert seal(practice) is None
    write(practice, count=2)
    seal(practice)
    assert sealed(practice) == [4, 2]  # the founding is a fact too
    assert sum(sealed(practice)) == facts(practice)
    assert broken(practice) == []


def test_no_fact_of_another_practice_is_in_a_seal(committed: Committed) -> None:
    one, other = committed.practice().pk, committed.practice().pk
    write(one, count=2)
    write(other, count=5)
    seal(one)
    assert sealed(one) == [3]
    with practice_scope(one):
        assert Seal.objects.filter(practice_id=other).count() == 0


def test_an_open_transaction_holds_back_what_came_after_it(committed: Committed) -> None:
    practice = committed.practice().pk
    seal(practice)
    with psycopg.connect(committed.owner_url) as slow:
        slow.execute(
            "INSERT INTO networks_auditentry (id, practice_id, action, system, subject_type, details, occurred_at, "
            "recorded_at) VALUES (gen_random_uuid(), %s, 'slow', 'tests', 'test', '{}', now(), now())",
            [practice],
        )
        write(practice, count=3)
        assert seal_at_once(practice) is None
        slow.commit()
    seal(practice)
    assert sealed(practice) == [1, 4]
    assert broken(practice) == []


def test_writers_at_the_same_time_lose_nothing(committed: Committed) -> None:
    practice = committed.practice().pk
    over = threading.Event()

    def writer() -> None:
        try:
            for place in range(20):
                with practice_scope(practice):
                    audit.record(
                        "test.noted",
                        actor=SYSTEM,
                        subject_type="test",
                        subject_id=None,
                        now=NOW,
                        practice_id=practice,
                    )
                    if place % 7 == 0:
                        time.sleep(0.02)
        finally:
            connection.close()

    def sealer() -> None:
        try:
            while not over.is_set():
                seal(practice)
        finally:
            connection.close()

    writers = [threading.Thread(target=writer) for _ in range(4)]
    sealers = [threading.Thread(target=sealer) for _ in range(2)]
    for each in (*writers, *sealers):
        each.start()
    for each in writers:
        each.join()
    over.set()
    for each in sealers:
        each.join()
    seal(practice)
    assert facts(practice) == 81
    assert sum(sealed(practice)) == 81
    assert broken(practice) == []


def test_one_changed_row_breaks_one_seal(committed: Committed) -> None:
    practice = committed.practice().pk
    for _ in range(3):
        write(practice, count=2)
        seal(practice)
    committed.owner(
        "UPDATE networks_auditentry SET action = 'changed' WHERE id = ("
        "SELECT id FROM networks_auditentry WHERE practice_id = %s ORDER BY transaction OFFSET 3 LIMIT 1)",
        [practice],
        redaction=True,
    )
    assert broken(practice) == [2]


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM networks_auditentry WHERE id = (SELECT id FROM networks_auditentry WHERE practice_id = %s "
        "ORDER BY transaction LIMIT 1)",
        "INSERT INTO networks_auditentry (id, practice_id, action, system, subject_type, details, occurred_at, "
        "recorded_at, transaction) SELECT gen_random_uuid(), practice_id, 'late', 'tests', 'test', '{}', now(), "
        "now(), transaction FROM networks_auditentry WHERE practice_id = %s ORDER BY transaction LIMIT 1",
        "UPDATE networks_seal SET rows = 99 WHERE practice_id = %s AND number = 1",
        "UPDATE networks_seal SET root = sha256('x'), previous_root = previous_root "
        "WHERE practice_id = %s AND number = 1",
        "UPDATE networks_seal SET signature = sha256('x') WHERE practice_id = %s AND number = 1",
    ],
    ids=["row deleted", "row slipped in", "seal's count", "seal's root", "seal's signature"],
)
def test_every_other_change_shows_too(committed: Committed, sql: str) -> None:
    practice = committed.practice().pk
    write(practice, count=2)
    seal(practice)
    committed.owner(sql, [practice], redaction=True)
    assert broken(practice) == [1]


def test_each_root_is_written_outside_and_signed(committed: Committed, settings) -> None:
    practice = committed.practice().pk
    for _ in range(2):
        write(practice)
        seal(practice)
    lines = [json.loads(line) for line in Path(settings.SEAL_ROOTS_FILE).read_text().splitlines()]
    assert [each["number"] for each in lines] == [1, 2]
    public = Ed25519PrivateKey.from_private_bytes(base64.b64decode(settings.SEAL_KEY)).public_key()
    with practice_scope(practice):
        seals = list(Seal.objects.filter(practice_id=practice).order_by("number"))
    for line, each in zip(lines, seals, strict=True):
        assert line["root"] == bytes(each.root).hex()
        public.verify(bytes.fromhex(line["signature"]), bytes.fromhex(line["root"]))
        assert line["key"] == sealing.key_fingerprint()
    assert bytes(seals[1].previous_root) == bytes(seals[0].root)


def test_a_seal_that_was_undone_writes_no_root(committed: Committed, settings) -> None:
    practice = committed.practice().pk
    write(practice)
    with practice_scope(practice):
        sealing.seal_facts(Chain("practice", practice), now=NOW)
        transaction.set_rollback(True)
    assert not Path(settings.SEAL_ROOTS_FILE).exists()
    assert sealed(practice) == []


def test_a_counter_that_went_backwards_asks_for_a_person(committed: Committed) -> None:
    practice = committed.practice().pk
    write(practice)
    seal(practice)
    committed.owner(
        "UPDATE networks_seal SET to_transaction = to_transaction + 1000000 WHERE practice_id = %s",
        [practice],
        redaction=True,
    )
    write(practice)
    with pytest.raises(DomainError, match="went backwards"):
        seal(practice)


def test_the_command_compares_seals_with_facts_and_with_the_roots_outside(
    committed: Committed, settings
) -> None:
    practice = committed.practice().pk
    for _ in range(2):
        write(practice)
        seal(practice)
    call_command("check_seals", str(practice))
    call_command("check_seals")
    file = Path(settings.SEAL_ROOTS_FILE)
    first, second = file.read_text().splitlines()
    other = json.dumps(json.loads(second) | {"root": "0" * 64})
    extra = json.dumps(json.loads(second) | {"number": 3})
    for lines, sentence in (
        ([first], "seal 2 is missing outside"),
        ([first, other], "seal 2 differs"),
        ([first, second, extra], "seal 3 stands outside but not in the database"),
    ):
        file.write_text("\n".join(lines) + "\n")
        with pytest.raises(CommandError, match=sentence):
            call_command("check_seals", str(practice))
    file.write_text(f"{first}\n{second}\n")
    committed.owner(
        "UPDATE networks_auditentry SET action = 'x' WHERE practice_id = %s", [practice], redaction=True
    )
    with pytest.raises(CommandError, match="does not match its facts"):
        call_command("check_seals", str(practice))


def test_a_networks_own_acts_have_a_chain_of_their_own(committed: Committed, settings) -> None:
    committed.practice()
    network = organizations.found_network(name="Sealed", kind="cin", actor=SYSTEM, now=NOW)
    chain = Chain("network", network.pk)
    assert network.pk in work.due(work.Queue.SEAL_NETWORK, now=NOW)
    let_others_finish()
    with open_scope(chain.scope):
        made = sealing.seal_facts(chain, now=NOW)
        assert made is not None
        assert (made.network_id, made.practice_id, made.number, made.rows) == (network.pk, None, 1, 1)
        assert sealing.broken_seals(chain) == []
    assert network.pk not in work.due(work.Queue.SEAL_NETWORK, now=NOW)
    line = json.loads(Path(settings.SEAL_ROOTS_FILE).read_text())
    assert (line["network"], line["root"]) == (str(network.pk), bytes(made.root).hex())
    call_command("check_seals")
    committed.owner(
        "UPDATE networks_auditentry SET action = 'x' WHERE network_id = %s", [network.pk], redaction=True
    )
    with pytest.raises(CommandError, match=f"Network {network.pk}: seal 1 does not match its facts"):
        call_command("check_seals")
