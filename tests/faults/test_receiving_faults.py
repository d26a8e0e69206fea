"""Texts in while Redis dies, PostgreSQL restarts and the carrier repeats itself: none lost, none twice."""

import itertools
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest

from checkins.services import outbox
from tests.faults import invariants
from tests.system.clinic import now
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


def test_a_text_that_cannot_be_stored_harms_none_of_those_that_share_its_commit(product: Product) -> None:
    clinic = product.clinic(patients=8)
    poisoned = sid_of(0, series=200)
    product.sql(
        "CREATE FUNCTION refuse_it() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN IF NEW.carrier_sid = '{poisoned}' THEN RAISE 'refused'; END IF; RETURN NEW; END $$"
    )
    product.sql(
        "CREATE TRIGGER refuse_it BEFORE INSERT ON checkins_inboundmessage FOR EACH ROW EXECUTE FUNCTION refuse_it()"
    )
    sids = [sid_of(place, series=201) for place in range(160)]
    calls = [poisoned if place % 8 == 0 else "" for place in range(len(sids))]
    try:
        with ThreadPoolExecutor(24) as pool:
            refused = pool.map(lambda sid: clinic.post("6 y", sid=sid)[0], filter(None, calls))
            taken = pool.map(
                lambda place: clinic.post("6 y", sid=sids[place], patient=place % 8)[0], range(160)
            )
            answers, refusals = set(taken), set(refused)
    finally:
        product.sql("DROP TRIGGER refuse_it ON checkins_inboundmessage")
        product.sql("DROP FUNCTION refuse_it")
    assert (answers, refusals) == ({200}, {500})
    assert invariants.replies_lost(clinic, sids) == []
    assert invariants.replies_lost(clinic, [poisoned]) == [poisoned]


def test_a_web_killed_under_load_loses_no_acknowledged_text(product: Product) -> None:
    clinic = product.clinic(patients=8)
    acknowledged: list[str] = []
    over = threading.Event()

    def write(series: int) -> None:
        for place in itertools.count():
            if over.is_set():
                return
            sid = sid_of(place, series=series)
            try:
                if clinic.post(f"text {place}", sid=sid, patient=series % 8)[0] == 200:
                    acknowledged.append(sid)
            except OSError:
                time.sleep(0.05)

    threads = [threading.Thread(target=write, args=(300 + each,)) for each in range(16)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(2):
            before = len(acknowledged)
            product.wait(lambda: len(acknowledged) > before + 200, what="texts")  # noqa: B023 - called at once
            product.kill("web")
            product.start_web()
        before = len(acknowledged)
        product.wait(lambda: len(acknowledged) > before + 50, what="texts after the kill")
    finally:
        over.set()
        for thread in threads:
            thread.join()
    assert invariants.replies_lost(clinic, acknowledged) == []


def test_statuses_of_one_text_at_once_leave_the_furthest(product: Product) -> None:
    clinic = product.clinic(patients=4)
    with clinic.scope():
        clinic.queue([f"text {place}" for place in range(4)])
        claimed = outbox.claim(clinic.id, now=now(), limit=4)
        attempts = [each.attempt_id for each in outbox.depart_many(clinic.id, claimed, now=now())]
    words = [
        (attempt, status)
        for status in ("delivered", "queued", "sent", "sending", "sent")
        for attempt in attempts
        for _ in range(4)
    ]

    def call(word: tuple[UUID, str]) -> int:
        attempt, status = word
        document = {
            "MessageSid": f"SM{attempt.hex}",
            "AccountSid": clinic.account,
            "MessageStatus": status,
        }
        return product.webhook(f"{clinic.status_path}?m={attempt}", document, token=clinic.token)[0]

    with ThreadPoolExecutor(24) as pool:
        assert set(pool.map(call, words)) == {204}
    rows = product.sql(
        "SELECT state, status, carrier_sid FROM checkins_outboxrow WHERE practice_id = %s ORDER BY 3",
        [clinic.id],
    )
    assert rows == [("sent", "delivered", f"SM{each.hex}") for each in sorted(attempts)]
    events = product.sql(
        "SELECT attempt_id, status FROM checkins_statusevent WHERE practice_id = %s", [clinic.id]
    )
    assert sorted(events) == sorted(set(words))
