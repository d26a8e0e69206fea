"""How fast a worker really sends, and that a slow line holds no other practice up."""

import time

import pytest

from tests.faults import invariants
from tests.system.product import Product

pytestmark = [pytest.mark.xdist_group("product")]


def test_a_slow_sender_keeps_its_pace_and_holds_no_other_practice_up(product: Product) -> None:
    slow = product.clinic(patients=2, segments_per_second=2)
    quick = product.clinic(patients=2)
    slow.queue([f"slow {place:03d}" for place in range(24)])
    slow.ring_send()
    product.wait(lambda: len(slow.accepted()) >= 2, seconds=20, pause=0.05, what="the slow line under way")
    began = time.monotonic()
    quick.queue([f"quick {place:03d}" for place in range(10)])
    quick.ring_send()
    quick.wait_settled(seconds=30)
    took = time.monotonic() - began
    assert slow.states().get("sent", 0) < 24
    assert took < 12
    slow.wait_settled(seconds=60)
    times = sorted(each["at"] for each in slow.accepted())
    assert len(times) == 24
    # Ten in five seconds; two more since a busy machine delays one text and not the next.
    assert max(sum(1 for each in times if at <= each < at + 5) for at in times) <= 12
    assert times[-1] - times[0] >= 23 / 2 - 1
    for clinic in (slow, quick):
        invariants.assert_all(clinic)
