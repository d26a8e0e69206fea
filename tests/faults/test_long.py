"""The long fault run: thousands of texts, senders killed at random, a carrier that fails all the while.

    make faults

Prints its counts; the seed is fixed, the machine's timing is not.
"""

import random
import sys
import time
from collections import Counter
from collections.abc import Iterator

import pytest
from pytest_django.plugin import blocking_manager_key

from tests.faults import invariants
from tests.system.clinic import Clinic
from tests.system.product import Product, running_product

pytestmark = [pytest.mark.long, pytest.mark.xdist_group("product")]

TEXTS = 2500
KILLS = 10
PATIENTS = 100
# Rates of issue 4's fault driver: performance notes, section 2 (A6), far above real life.
FAULTS: dict[str, dict[str, float]] = {
    "rate_limit": {"rate": 0.03},
    "error_before": {"rate": 0.01},
    "error_after": {"rate": 0.01},
    "hang_after": {"rate": 0.015, "seconds": 2},
    "hang_before": {"rate": 0.01, "seconds": 2},
    "late_accept": {"rate": 0.005, "seconds": 1.5},
    "reset": {"rate": 0.005},
    "truncated": {"rate": 0.005},
    "drop": {"rate": 0.02},
    "duplicate": {"rate": 0.05, "copies": 3},
    "shuffle": {"rate": 0.2, "seconds": 1},
    "list_lag": {"rate": 1, "seconds": 1.0},
    "list_error": {"rate": 0.05},
}


@pytest.fixture(scope="module")
def long_product(request: pytest.FixtureRequest) -> Iterator[Product]:
    """A product of its own: settle time six seconds, longer than every lag above."""
    settings = {"SEND_SETTLE_SECONDS": "6", "SEND_LEASE_SECONDS": "3", "TWILIO_TOTAL_SECONDS": "1"}
    unblock = request.config.stash[blocking_manager_key].unblock
    with running_product(own_postgres=True, unblock=unblock, **settings) as product:
        yield product


def kill_at_random(product: Product, clinic: Clinic, chance: random.Random) -> int:
    """Kill the worker ten times while texts leave; return how many attempts were cut off."""
    cut_off = 0
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.3, 2.0))
        product.kill("worker-all")
        states = clinic.states()
        cut_off += states.get("sending", 0) + states.get("claimed", 0)
        product.start_worker()
    return cut_off


def test_ten_kills_among_2500_texts(long_product: Product, capsys: pytest.CaptureFixture[str]) -> None:
    product, chance = long_product, random.Random(20261122)
    clinic = product.clinic(patients=PATIENTS)
    for kind, options in FAULTS.items():
        product.simulator.set_fault(kind, **options)
    texts = [f"long {place:05d}" for place in range(TEXTS)]
    clinic.queue(texts, minutes=60)
    began = time.monotonic()
    clinic.ring_send()
    cut_off = kill_at_random(product, clinic, chance)
    states = clinic.wait_settled(seconds=420)
    took = time.monotonic() - began
    product.simulator.clear_faults()
    struck = Counter(each["kind"] for each in product.simulator.log("fault"))
    accepted = Counter(each["body"] for each in clinic.accepted())
    with capsys.disabled():
        sys.stdout.write(
            f"\n{TEXTS} texts, {KILLS} kills, {cut_off} texts in hand when killed, {took:.0f} s\n"
            f"  ended: {states}\n  accepted once: {sum(1 for n in accepted.values() if n == 1)}, "
            f"more than once: {sum(1 for n in accepted.values() if n > 1)}, "
            f"never: {TEXTS - len(accepted)}\n"
            f"  looked up in the list: "
            f"{product.count('checkins_statusevent', 'practice_id = %s AND source = %s', [clinic.id, 'list'])}, "
            f"most attempts: {invariants.most_attempts(clinic)}\n  faults: {dict(struck)}\n"
            f"  reasons: {clinic.reasons()}\n"
        )
    invariants.assert_all(clinic)
    # Given up after two unknown tries is the one way not to be sent.
    assert set(clinic.reasons()) <= {"sent: accepted", "skipped: outcome_unknown"}
    assert states.get("skipped", 0) <= TEXTS * 0.005
    assert len(accepted) == states["sent"]
