"""Redis that refuses to write, a database that is away or full of connections: nothing lost, nothing twice."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import psycopg
import pytest

from tests.faults import invariants
from tests.faults.test_receiving_faults import sid_of
from tests.system.clinic import Clinic
from tests.system.product import Product

pytestmark = [pytest.mark.xdist_group("product")]


@contextmanager
def read_only(product: Product) -> Iterator[None]:
    """Redis as the copy of a server that is gone."""
    with product.redis_client() as redis:
        redis.execute_command("REPLICAOF", "127.0.0.1", "1")
        try:
            yield
        finally:
            redis.execute_command("REPLICAOF", "NO", "ONE")


@contextmanager
def out_of_memory(product: Product) -> Iterator[None]:
    """Redis that may not grow by a byte."""
    with product.redis_client() as redis:
        redis.config_set("maxmemory-policy", "noeviction")
        redis.config_set("maxmemory", "1")
        try:
            yield
        finally:
            redis.config_set("maxmemory", "0")


def write(clinic: Clinic, sids: list[str]) -> list[int]:
    return [clinic.post("6 y", sid=sid, patient=place % 3)[0] for place, sid in enumerate(sids)]


@pytest.mark.parametrize("fault", [read_only, out_of_memory], ids=["read-only", "out-of-memory"])
def test_texts_come_in_and_go_out_once_redis_takes_words_again(product: Product, fault) -> None:
    clinic = product.clinic(patients=3)
    sids = [sid_of(place, series=300 if fault is read_only else 301) for place in range(8)]
    with fault(product):
        assert write(clinic, sids) == [200] * 8
        clinic.queue([f"while Redis refuses {place}" for place in range(3)])
        time.sleep(3)
    product.wait(lambda: not invariants.unread_replies(clinic), seconds=60, what="read")
    clinic.wait_settled(seconds=60)
    assert invariants.replies_lost(clinic, sids) == []
    invariants.assert_all(clinic)
    assert len([each for each in clinic.accepted() if "Redis refuses" in each["body"]]) == 3
    assert product.alive()["worker-all"]


def test_while_the_database_is_down_nothing_is_acknowledged_and_texts_go_out_after_it(
    product: Product,
) -> None:
    clinic = product.clinic(patients=3)
    assert product.postgres is not None
    clinic.queue([f"around an outage {place}" for place in range(30)])
    before = [sid_of(place, series=310) for place in range(6)]
    assert write(clinic, before) == [200] * 6
    product.postgres.stop()
    try:
        during = [sid_of(place, series=311) for place in range(6)]
        with ThreadPoolExecutor(6) as pool:
            answers = list(pool.map(lambda place: answer_to(clinic, during[place]), range(6)))
        time.sleep(5)
    finally:
        product.postgres.start()
    assert 200 not in answers
    # What the carrier could not deliver stands in its list, as after any outage; here it delivers it again.
    product.wait(lambda: answer_to(clinic, during[0]) == 200, seconds=40, what="the web's connections")
    assert [answer_to(clinic, sid) for sid in during] == [200] * 6
    clinic.wait_settled(seconds=90)
    product.wait(lambda: not invariants.unread_replies(clinic), seconds=60, what="read")
    assert invariants.replies_lost(clinic, [*before, *during]) == []
    invariants.assert_all(clinic)
    assert len({each["body"] for each in clinic.accepted()} & around()) == 30


def around() -> set[str]:
    return {f"around an outage {place}" for place in range(30)}


def answer_to(clinic: Clinic, sid: str) -> int:
    """The webhook's answer; 0 for none."""
    try:
        return clinic.post("6 y", sid=sid)[0]
    except OSError:
        return 0


def take_all_connections(product: Product, stack: ExitStack) -> None:
    """Open connections until the server refuses; it must, or this raises nothing."""
    for _ in range(400):
        stack.enter_context(psycopg.connect(product.addresses["DATABASE_URL"]))


def test_with_every_connection_taken_what_is_acknowledged_is_stored(product: Product) -> None:
    clinic = product.clinic(patients=3)
    assert product.postgres is not None
    sids = [sid_of(place, series=320) for place in range(12)]
    with ExitStack() as stack:
        # First the product's own are ended, then others take all that there are.
        product.sql(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE pid <> pg_backend_pid() AND backend_type = 'client backend'"
        )
        with pytest.raises(psycopg.OperationalError, match="connection"):
            take_all_connections(product, stack)
        answers = [answer_to(clinic, sid) for sid in sids]
        assert set(answers) <= {200, 503, 0}
    product.wait(lambda: answer_to(clinic, sids[0]) == 200, seconds=40, what="the web's connections")
    acknowledged = [sid for sid, answer in zip(sids, answers, strict=True) if answer == 200] + sids[:1]
    assert invariants.replies_lost(clinic, sorted(set(acknowledged))) == []
    assert [answer_to(clinic, sid) for sid in sids] == [200] * 12
    assert invariants.replies_lost(clinic, sids) == []
    clinic.queue(["after the crowd"])
    clinic.wait_settled(seconds=60)
    product.wait(lambda: not invariants.unread_replies(clinic), seconds=60, what="read")
    invariants.assert_all(clinic)
