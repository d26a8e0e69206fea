"""Many plain answers at once end in the same rows as one by one, with a constant number of queries."""

from datetime import date, time

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from checkins.models import CheckIn, InboundRow, MonitoringDay, Reading, ReplyReading
from checkins.services import batch_reading, enrollment
from networks.scoping import practice_scope
from tests.checkins.services.conftest import Loop
from tests.world import NOW, SYSTEM, World


def _enroll(loop: Loop, world: World, how_many: int) -> list[str]:
    numbers = [f"+13125550{100 + place}" for place in range(how_many)]
    for place, number in enumerate(numbers):
        enrollment.enroll(
            loop.practice,
            request=enrollment.EnrollmentRequest(
                given_name=f"Given{place}",
                family_name="Batch",
                mobile=number,
                language="en",
                condition="hip",
                side="left",
                clinician_id=world.oak.clinician.pk,
                time_zone="America/Chicago",
                send_at=time(9, 0),
                welcome=False,
            ),
            actor=SYSTEM,
            now=NOW,
        )
    return numbers


WORDS = [
    "6 y",
    "3 n",
    "seven and yes",
    "2, no",
    "10/10 pain",
    "stop",
    "hmm",
    "4 yes",
    "my calf is hot and red",
    "5",
]


def test_both_ways_give_the_same_rows(loop: Loop, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = _enroll(loop, world, len(WORDS))
    loop.plan()
    loop.send()
    loop.later(minutes=5)
    for number, words in zip(numbers, WORDS, strict=True):
        loop.write(words, sender=number)
    with transaction.atomic():
        with practice_scope(loop.practice.pk):
            assert batch_reading.read_plain_answers(loop.practice.pk, now=loop.at) == 5
        loop.read()
        at_once = _shapes()
        transaction.set_rollback(True)
    monkeypatch.setattr(batch_reading, "_lone_rows", lambda *_, **__: [])
    loop.read()
    assert _shapes() == at_once
    assert {each.local_date for each in MonitoringDay.objects.all()} == {date(2026, 3, 3)}


def _shapes() -> list[tuple[object, ...]]:
    """The derived rows without ids, which differ between the two runs."""
    return [
        *Reading.objects.order_by("message__carrier_sid", "item").values_list(
            "item", "low", "high", "word", "source", "received_at", "local_date"
        ),
        *ReplyReading.objects.order_by("message__carrier_sid").values_list(
            "kind", "answers", "consent", "red_flag_class", "follow_up", "reasons", "spans", "reader"
        ),
        *CheckIn.objects.order_by("episode__patient__given_name").values_list(
            "state", "open_items", "clarified"
        ),
        *InboundRow.objects.order_by("message__carrier_sid").values_list("state", "phone__last_four"),
    ]


def test_queries_do_not_grow_with_the_texts(loop: Loop, world: World) -> None:
    numbers = _enroll(loop, world, 24)
    loop.plan()
    loop.send()
    loop.later(minutes=5)
    counts = []
    for batch in (numbers[:4], numbers[4:]):
        for number in batch:
            loop.write("4 y", sender=number)
        with practice_scope(loop.practice.pk), CaptureQueriesContext(connection) as queries:
            assert batch_reading.read_plain_answers(loop.practice.pk, now=loop.at) == len(batch)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 24
