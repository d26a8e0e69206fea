"""A text whose reading fails again and again is set aside for a person and holds nobody up."""

from typing import Any

import pytest
from django.db import DataError

from checkins.models import InboundRow, LineNotice
from checkins.services import reading
from networks import work
from networks.models import WorkDue
from tests.checkins.services.conftest import MOBILE, Loop

STRANGER = "+13125550177"


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading that the database refuses for one text's words, whatever else happens."""
    keeps = reading.consequences.follow

    def follow(understood: Any, **more: Any) -> None:
        if understood.message.body == "breaks":
            raise DataError("refused")
        keeps(understood, **more)

    monkeypatch.setattr(reading.consequences, "follow", follow)


def states() -> dict[str, str]:
    return {row.message.body: row.state for row in InboundRow.objects.select_related("message")}


def tries() -> dict[str, int]:
    return {row.message.body: row.tries for row in InboundRow.objects.select_related("message")}


def test_three_failures_set_it_aside_and_the_next_text_of_the_phone_is_read(
    loop: Loop, failing: None
) -> None:
    loop.write("breaks")
    loop.write("thanks")
    loop.write("who is this", sender=STRANGER)
    counts = loop.read()
    assert counts == {"failed": 2, "quarantined": 1, "read": 1, "unknown_sender": 1}
    assert states() == {"breaks": "quarantined", "thanks": "read", "who is this": "unknown_sender"}
    assert LineNotice.objects.filter(kind=LineNotice.Kind.QUARANTINED).count() == 1
    assert loop.read() == {}


def test_a_turn_that_ended_leaves_no_mark_and_one_that_died_makes_the_next_wary(loop: Loop) -> None:
    loop.hears("thanks")
    row = WorkDue.objects.get(practice_id=loop.practice.pk, queue=work.Queue.READ.value)
    assert row.busy_since is None
    # A worker that began a turn and was never heard of again.
    assert work.begin(loop.practice.pk, work.Queue.READ, now=loop.at) is False
    loop.later(seconds=59)
    assert work.begin(loop.practice.pk, work.Queue.READ, now=loop.at) is False
    loop.later(seconds=61)
    loop.write("thank you", sender=MOBILE)
    assert loop.read() == {"read": 1}
    assert tries()["thank you"] == 1
    # The mark stays for ten minutes, then all is forgotten.
    loop.later(minutes=11)
    loop.hears("thanks again")
    assert tries()["thanks again"] == 0
