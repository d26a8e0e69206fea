"""Texts out while senders die and the carrier misbehaves: once each, and every one comes to an end."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import psycopg
import pytest

from config.local.folders import PROJECT
from tests.faults import invariants
from tests.faults.dying_sender import BOUNDARIES
from tests.system.clinic import Clinic
from tests.system.product import Product

pytestmark = [pytest.mark.xdist_group("product")]


def bodies_of(clinic: Clinic) -> list[str]:
    return sorted(each["body"] for each in clinic.accepted())


def words(count: int, name: str) -> list[str]:
    """So many different texts."""
    return sorted(f"{name} {place:03d}" for place in range(count))


def struck(clinic: Clinic, kind: str) -> int:
    """How often a fault has befallen this clinic's patients."""
    log = clinic.product.simulator.log("fault")
    return len([each for each in log if each["kind"] == kind and each["phone"] in clinic.mobiles])


def test_senders_that_claim_side_by_side_never_share_a_text(product: Product) -> None:
    clinic = product.clinic(patients=1)
    # Due in an hour, so that only the claims of this test, two hours ahead, take them.
    waiting = clinic.queue(words(120, "claimed"), delay=3600, minutes=300)
    start = threading.Barrier(4)

    def claim_on(_: int) -> list[UUID]:
        found: list[UUID] = []
        with psycopg.connect(product.addresses["DATABASE_URL"]) as link:
            start.wait(20)
            while product.count("checkins_outboxrow", "practice_id = %s AND state = 'pending'", [clinic.id]):
                link.execute("SELECT set_config('daybook.practices', %s, true)", [f"{{{clinic.id}}}"])
                rows = link.execute(
                    "SELECT unnest(daybook_claim(%s, clock_timestamp() + interval '2 hours', 7, 60))",
                    [clinic.id],
                )
                found += [row[0] for row in rows]
                link.commit()
        return found

    with ThreadPoolExecutor(4) as pool:
        claimed = [each for found in pool.map(claim_on, range(4)) for each in found]
    assert sorted(claimed) == sorted(waiting)


def test_a_sender_killed_at_each_boundary_sends_each_text_once(product: Product) -> None:
    clinic = product.clinic(patients=1)
    product.kill("scheduler")  # nobody else may take the texts
    product.kill("worker-all")
    rows = [clinic.queue([f"killed at {boundary}"])[0] for boundary in BOUNDARIES]
    product.simulator.set_fault("hang_after", count=1, seconds=3, phone=clinic.mobiles[0])
    # The hang must meet the sender that dies in the middle of its call: its turn comes first.
    order = sorted(zip(rows, BOUNDARIES, strict=True), key=lambda pair: pair[1] != "post")
    product.sql(
        "UPDATE checkins_outboxrow SET priority = array_position(%s::uuid[], message_id) WHERE practice_id = %s",
        [[row for row, _ in order], clinic.id],
    )
    done = subprocess.run(
        [sys.executable, "-m", "tests.faults.dying_sender", str(clinic.id)]
        + [f"{row}:{boundary}" for row, boundary in order],
        cwd=PROJECT,
        env=product.environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert sorted(done.stdout.split()) == sorted(BOUNDARIES)
    product.repair()
    assert clinic.wait_settled() == {"sent": len(BOUNDARIES)}
    invariants.assert_all(clinic)
    assert bodies_of(clinic) == sorted(f"killed at {boundary}" for boundary in BOUNDARIES)


def test_accept_then_hang_is_one_text(product: Product) -> None:
    clinic = product.clinic(patients=4)
    # Without callbacks only the carrier's list can tell.
    product.simulator.set_fault("drop", rate=1)
    product.simulator.set_fault("hang_after", count=4, seconds=3)
    texts = words(8, "hang")
    clinic.queue(texts)
    assert clinic.wait_settled() == {"sent": 8}
    invariants.assert_all(clinic)
    assert bodies_of(clinic) == texts
    found = product.count("checkins_statusevent", "practice_id = %s AND source = 'list'", [clinic.id])
    assert found == 4
    assert invariants.most_attempts(clinic) == 1


def test_a_worker_killed_in_the_middle_of_its_calls(product: Product) -> None:
    clinic = product.clinic(patients=6)
    # A callback would prove a hanging call at once, and no text would be left in the open.
    product.simulator.set_fault("drop", rate=1)
    product.simulator.set_fault("hang_after", count=6, seconds=4)
    texts = words(30, "kill")
    clinic.queue(texts)
    clinic.ring_send()
    product.wait(lambda: struck(clinic, "hang_after") >= 2, seconds=20, pause=0.02, what="a hanging call")
    product.kill("worker-all")
    assert clinic.states().get("sending", 0) > 0
    product.start_worker()
    assert clinic.wait_settled() == {"sent": 30}
    invariants.assert_all(clinic)
    assert bodies_of(clinic) == texts


def test_every_fault_of_the_carrier_at_once(product: Product) -> None:
    clinic = product.clinic(patients=12)
    carrier = product.simulator
    for kind, options in {
        "rate_limit": {"rate": 0.1},
        "error_before": {"rate": 0.06},
        "error_after": {"rate": 0.06},
        "reset": {"rate": 0.04},
        "truncated": {"rate": 0.04},
        "list_error": {"rate": 0.1},
        "list_lag": {"rate": 1, "seconds": 1.0},
        "duplicate": {"rate": 0.3, "copies": 3},
        "shuffle": {"rate": 0.5, "seconds": 0.5},
        "drop": {"rate": 0.3},
    }.items():
        carrier.set_fault(kind, **options)
    texts = words(120, "storm")
    clinic.queue(texts)
    states = clinic.wait_settled(seconds=90)
    carrier.clear_faults()
    invariants.assert_all(clinic)
    assert states.get("failed", 0) == 0
    # A text whose second try was unknown too is given up; it is never sent a third time.
    assert len(bodies_of(clinic)) == states["sent"]
    assert states.get("skipped", 0) <= 6
    assert invariants.most_attempts(clinic) <= 6


def test_a_stop_in_the_middle_of_a_batch_is_heard(product: Product) -> None:
    clinic = product.clinic(patients=1)
    product.simulator.set_fault("hang_after", rate=1, seconds=0.3)  # a carrier that takes its time
    clinic.queue(words(200, "batch"))
    clinic.ring_send()
    product.wait(lambda: len(clinic.accepted()) >= 8, seconds=20, pause=0.02, what="texts on their way")
    status, _ = clinic.post("please stop texting me", sid="SM" + "57" * 16)
    acknowledged = time.time()
    assert status == 200
    states = clinic.wait_settled()
    late = [each for each in clinic.accepted() if each["at"] > acknowledged + 1.5]
    assert [each["body"] for each in late if each["body"].startswith("batch")] == []
    in_flight = [
        each for each in clinic.accepted() if each["at"] > acknowledged and each["body"].startswith("batch")
    ]
    assert len(in_flight) <= 16  # one for each thread that had already departed
    assert states["skipped"] > 100
    reasons = product.sql(
        "SELECT DISTINCT reason FROM checkins_outboxrow WHERE practice_id = %s AND state = 'skipped'",
        [clinic.id],
    )
    assert {row[0] for row in reasons} <= {"opted_out", "no_consent", "phone_suspended"}
    invariants.assert_all(clinic)


def test_who_stops_and_starts_again_and_again_is_held_to_the_last_word(product: Product) -> None:
    clinic = product.clinic(patients=2)
    product.simulator.set_fault("hang_after", rate=1, seconds=0.1)
    clinic.queue(words(240, "flap"))
    clinic.ring_send()
    product.wait(lambda: len(clinic.accepted()) >= 8, seconds=20, pause=0.02, what="texts on their way")
    for place in range(9):
        body = "START" if place % 2 else "STOP"
        assert clinic.post(body, sid=f"SM{'f1' * 15}{place:02x}", patient=0)[0] == 200
        time.sleep(0.2)
    acknowledged = time.time()
    clinic.wait_settled()
    late = [each for each in clinic.accepted() if each["at"] > acknowledged + 1.5]
    assert [each["body"] for each in late if each["to"] == clinic.mobiles[0] and "flap" in each["body"]] == []
    # The other phone's texts went on all the while.
    others = [each for each in clinic.accepted() if each["to"] == clinic.mobiles[1]]
    assert len([each for each in others if "flap" in each["body"]]) == 120
    state = product.sql(
        "SELECT act FROM patients_consentevent WHERE practice_id = %s AND kind = 'texts' "
        "ORDER BY occurred_at DESC, id DESC LIMIT 1",
        [clinic.id],
    )
    assert state == [("withdrawn",)]
    invariants.assert_all(clinic)
