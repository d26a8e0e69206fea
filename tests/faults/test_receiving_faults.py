"""Texts in while Redis dies, PostgreSQL restarts and the carrier repeats itself: none lost, none twice."""

import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.faults import invariants
from tests.system.product import Product

pytestmark = [pytest.mark.xdist_group("product")]


def sid_of(place: int, *, series: int) -> str:
    return f"SM{series:04x}{place:028x}"


def test_the_same_text_many_times_at_once_is_stored_once(product: Product) -> None:
    clinic = product.clinic(patients=1)
    sid = sid_of(1, series=1)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: clinic.post("6 y", sid=sid)[0], range(20)))
    assert answers == [200] * 20
    assert invariants.replies_lost(clinic, [sid]) == []
    product.wait(lambda: not invariants.unread_replies(clinic), what="read")


def test_texts_of_one_phone_are_read_in_order_although_many_workers_read(product: Product) -> None:
    clinic = product.clinic(patients=8)
    sids = []
    for place in range(40):
        sids.append(sid_of(place, series=2))
        assert clinic.post(f"text {place}", sid=sids[-1], patient=place % 8)[0] == 200
    product.wait(lambda: not invariants.unread_replies(clinic), what="read")
    assert invariants.replies_lost(clinic, sids) == []
    rows = product.sql(
        "SELECT from_index, array_agg(received_at ORDER BY finished_at) FROM checkins_inboundrow "
        "WHERE practice_id = %s GROUP BY 1",
        [clinic.id],
    )
    assert len(rows) == 8
    assert all(times == sorted(times) for _, times in rows)


def test_without_redis_texts_are_stored_and_sent_when_it_is_back(product: Product) -> None:
    clinic = product.clinic(patients=3)
    product.redis.kill()
    try:
        began = time.monotonic()
        answers = [
            clinic.post("6 y", sid=sid_of(place, series=3), patient=place % 3)[0] for place in range(8)
        ]
        took = time.monotonic() - began
        clinic.queue(["while Redis is down"])
    finally:
        product.redis.launch_again()
    assert answers == [200] * 8
    # Each of the two web processes finds out once, within half a second, that Redis is away.
    assert took < 5
    product.wait(lambda: not invariants.unread_replies(clinic), seconds=60, what="read")
    clinic.wait_settled(seconds=60)
    assert invariants.replies_lost(clinic, [sid_of(place, series=3) for place in range(8)]) == []
    invariants.assert_all(clinic)


def test_a_worker_outlives_a_redis_that_dies_again_and_again(product: Product) -> None:
    clinic = product.clinic(patients=3)
    for series in range(40, 46):
        for place in range(6):
            assert clinic.post("6 y", sid=sid_of(place, series=series), patient=place % 3)[0] == 200
        clinic.queue([f"just before outage {series}"])
        product.redis.kill()
        product.redis.launch_again()
        product.wait(lambda: not invariants.unread_replies(clinic), seconds=60, what="read")
    assert product.alive()["worker-all"]


def test_a_flushed_redis_loses_only_bells(product: Product) -> None:
    clinic = product.clinic(patients=3)
    clinic.queue([f"flushed {place}" for place in range(12)])
    for place in range(6):
        clinic.post("6 y", sid=sid_of(place, series=4), patient=place % 3)
        with product.redis_client() as redis:
            redis.flushall()
    product.wait(lambda: not invariants.unread_replies(clinic), seconds=60, what="read")
    clinic.wait_settled(seconds=60)
    invariants.assert_all(clinic)
    sent = [each for each in clinic.accepted() if each["body"].startswith("flushed")]
    assert len(sent) == 12, clinic.reasons()


def test_a_text_whose_webhook_never_came_is_found_in_the_list(product: Product) -> None:
    clinic = product.clinic(patients=1)
    product.simulator.set_fault("inbound_drop", count=2)
    sids = [clinic.hears("6 y"), clinic.hears("and thanks")]
    assert invariants.replies_lost(clinic, sids) == sids
    for _ in range(2):
        product.ring("checkins.tasks.poll_texts", clinic.id, queue="status")
    product.wait(lambda: not invariants.replies_lost(clinic, sids), what="found")
    product.wait(lambda: not invariants.unread_replies(clinic), what="read")


def test_a_restart_of_postgres_under_load_loses_no_acknowledged_text(
    product: Product, record_property, capsys: pytest.CaptureFixture[str]
) -> None:
    clinic = product.clinic(patients=8)
    assert product.postgres is not None
    acknowledged: list[str] = []
    failed: list[int | str] = []
    longest = 0.0
    over = threading.Event()
    lock = threading.Lock()

    def write(series: int) -> None:
        nonlocal longest
        place = 0
        while not over.is_set():
            place += 1
            sid = sid_of(place, series=series)
            began = time.monotonic()
            try:
                status: int | str = clinic.post(f"text {place}", sid=sid, patient=series % 8)[0]
            except OSError as error:
                status = type(error).__name__
            with lock:
                longest = max(longest, time.monotonic() - began)
                (acknowledged if status == 200 else failed).append(sid if status == 200 else status)

    threads = [threading.Thread(target=write, args=(100 + each,)) for each in range(8)]
    for thread in threads:
        thread.start()
    time.sleep(1.0)
    product.postgres.restart_immediately()
    restarted = len(acknowledged)
    product.wait(lambda: len(acknowledged) > restarted + 50, seconds=40, what="texts after the restart")
    over.set()
    for thread in threads:
        thread.join()
    line = (
        f"PostgreSQL restarted under load: {len(acknowledged)} acknowledged, "
        f"{len(failed)} not ({sorted(set(map(str, failed)))}), longest answer {longest:.1f} s"
    )
    record_property("restart", line)
    with capsys.disabled():
        sys.stdout.write(f"\n{line}\n")
    assert invariants.replies_lost(clinic, acknowledged) == []
    assert len(failed) <= 64
    product.wait(lambda: not invariants.unread_replies(clinic), seconds=120, what="read")
