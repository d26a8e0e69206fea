"""Texts that never reached us are found in the carrier's list and stored, once."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from checkins.gateways import twilio
from checkins.models import InboundMessage, Reading
from checkins.services import polling
from tests.checkins.services.conftest import MOBILE, OUR_NUMBER, Loop


@pytest.fixture(autouse=True)
def fresh_clients() -> Iterator[None]:
    twilio.forget()
    yield
    twilio.forget()


def poll(loop: Loop) -> int:
    return polling.poll(loop.practice.pk, now=loop.now)


def lost_text(loop: Loop, body: str, **more: object) -> str:
    """A text that reached the carrier, whose webhook was never called."""
    return loop.carrier.text(sender=MOBILE, to=OUR_NUMBER, body=body, **more)


def test_a_lost_text_is_stored_once_and_read(loop: Loop) -> None:
    loop.plan()
    loop.send()
    sid = lost_text(loop, "6 y")
    assert poll(loop) == 1
    assert poll(loop) == 0
    stored = InboundMessage.objects.get()
    assert (stored.carrier_sid, stored.body, stored.source) == (sid, "6 y", InboundMessage.Source.POLL)
    assert loop.read() == {"read": 1}
    assert Reading.objects.filter(item="pain", low=6).exists()


def test_a_text_that_reached_us_is_not_stored_again(loop: Loop) -> None:
    sid = lost_text(loop, "6 y")
    loop.write("6 y", sid=sid)
    assert poll(loop) == 0
    assert InboundMessage.objects.count() == 1


def test_a_webhook_that_comes_after_the_poll_changes_nothing(loop: Loop) -> None:
    sid = lost_text(loop, "6 y")
    poll(loop)
    assert loop.write("6 y", sid=sid) is False
    assert InboundMessage.objects.count() == 1


def test_our_own_texts_are_not_taken_for_replies(loop: Loop) -> None:
    loop.plan()
    loop.send()
    assert poll(loop) == 0


def test_many_lost_texts_are_all_found(loop: Loop) -> None:
    sids = {lost_text(loop, f"text {place}") for place in range(60)}
    assert poll(loop) == 60
    assert {each.carrier_sid for each in InboundMessage.objects.all()} == sids


def test_without_the_list_nothing_happens_and_the_next_look_finds_them(loop: Loop) -> None:
    lost_text(loop, "6 y")
    loop.carrier.set_fault("list_error", count=1)
    assert poll(loop) == 0
    assert poll(loop) == 1


def test_texts_of_long_ago_are_left_alone(loop: Loop) -> None:
    lost_text(loop, "6 y")
    loop.at = datetime.now(UTC) + timedelta(hours=25)
    assert poll(loop) == 0


def test_an_empty_text_with_pictures_is_kept_with_their_number(loop: Loop) -> None:
    lost_text(loop, "", media=["image/jpeg"] * 10)
    assert poll(loop) == 1
    assert InboundMessage.objects.get().media == 10


def test_a_poll_leaves_no_scope_open(loop: Loop) -> None:
    lost_text(loop, "6 y")
    poll(loop)
    assert InboundMessage.objects.count() == 1  # the test's own scope is as it was
