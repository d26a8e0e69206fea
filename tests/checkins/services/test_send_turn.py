"""A turn of sending: groups that depart together, answers written down together, and what an error may not do."""

from concurrent.futures import Future
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DataError

from checkins.gateways import twilio
from checkins.models import OutboundMessage, OutboxRow, SendAttempt, StatusEvent
from checkins.services import last_second, outbox, pace, send_turn, sending
from checkins.services.desk import Desk
from checkins.services.slots import Slots
from checkins.services.texts import Draft, Line, queue_text
from tests.checkins.services.conftest import Loop


def in_hand(loop: Loop, number: int) -> dict[UUID, outbox.Departure]:
    """Queue, claim and depart so many texts; staff texts are not counted against a phone."""
    plan = loop.episode.plans.get()
    for place in range(number):
        queue_text(
            Draft(kind=OutboundMessage.Kind.STAFF, body=f"Text {place}", template="", language="en"),
            line=Line(phone=plan.phone, sender=plan.sender, episode=loop.episode),
            not_before=loop.at,
            not_after=loop.at + timedelta(hours=1),
            now=loop.at,
        )
    claimed = outbox.claim(loop.practice.pk, now=loop.at)
    return outbox.depart_together(loop.practice.pk, claimed, now=loop.at)


def came(loop: Loop, departure: outbox.Departure, outcome: twilio.Outcome) -> sending.Came:
    return sending.Came(departure.message_id, sending.pack(departure, route=loop.route, now=loop.at), outcome)


def under_way(loop: Loop, *texts: sending.Came | Exception) -> send_turn._UnderWay:
    """Let these texts come through one after the other."""
    found = send_turn._UnderWay(loop.practice.pk, loop.now)
    for each in texts:
        future: Future[sending.Came] = Future()
        found.add(future)
        if isinstance(each, Exception):
            future.set_exception(each)
        else:
            future.set_result(each)
    return found


def in_turn(loop: Loop, departure: outbox.Departure) -> sending.Came:
    """Let one text that departs at once go its way through a turn."""
    sender = loop.route.sender_id
    with Desk(lambda _: {departure.message_id: departure}) as desk:
        return send_turn._send_in_turn(
            departure.message_id,
            desk=desk,
            slots=Slots(1, reserve=1),
            batch=send_turn._Batch(
                loads={departure.message_id: outbox.Load(sender_id=sender, phone_id=uuid4(), segments=1)},
                paces={sender: 100.0},
                routes={sender: loop.route},
            ),
            now=loop.now,
        )


def states() -> list[tuple[str, str]]:
    return sorted(OutboxRow.objects.values_list("state", "reason"))


def sid(place: int) -> str:
    return f"SM{place:032x}"


def test_a_group_departs_each_text_under_its_own_attempt(loop: Loop) -> None:
    departures = in_hand(loop, 3)
    assert len({each.attempt_id for each in departures.values()}) == 3
    assert SendAttempt.objects.count() == 3
    assert all(message_id == each.message_id for message_id, each in departures.items())


def test_answers_that_come_together_are_written_down_together(
    loop: Loop, django_assert_max_num_queries
) -> None:
    departures = list(in_hand(loop, 5).values())
    texts = [came(loop, each, twilio.Accepted(sid(place), "queued")) for place, each in enumerate(departures)]
    turn = under_way(loop, *texts)
    with django_assert_max_num_queries(4):
        turn.settle(leave=0)
    assert turn.counts == {"sent": 5}
    assert states() == [("sent", "accepted")] * 5
    assert set(StatusEvent.objects.values_list("source", flat=True)) == {"answer"}
    assert sorted(OutboxRow.objects.values_list("carrier_sid", flat=True)) == [
        sid(place) for place in range(5)
    ]


def test_an_answer_that_cannot_be_stored_keeps_no_other_from_being_written_down(loop: Loop) -> None:
    sids = [sid(1), "SM\x00", sid(3)]
    departures = in_hand(loop, 3).values()
    texts = [
        came(loop, each, twilio.Accepted(found, "queued"))
        for each, found in zip(departures, sids, strict=True)
    ]
    turn = under_way(loop, *texts)
    with pytest.raises((DataError, ValueError)):
        turn.settle(leave=0)
    assert turn.counts == {"sent": 2}
    assert states() == [("sending", ""), ("sent", "accepted"), ("sent", "accepted")]


def test_a_text_that_failed_on_its_way_keeps_no_other_from_being_written_down(loop: Loop) -> None:
    accepted, refused, doubted, late = in_hand(loop, 4).values()
    turn = under_way(
        loop,
        ConnectionError("its departure's transaction broke"),
        came(loop, accepted, twilio.Accepted(sid(1), "queued")),
        came(loop, refused, twilio.Refused(code=21617)),
        came(loop, doubted, twilio.Unknown("no_answer")),
        sending.Came(late.message_id, outcome=pace.Later(30)),
        sending.Came(late.message_id),
    )
    with pytest.raises(ConnectionError):
        turn.settle(leave=0)
    assert turn.counts == {"sent": 1, "refused": 1, "unknown": 1, "paced": 1, "stayed": 1}
    assert states() == [
        ("failed", "refused_21617"),
        ("pending", "sender_busy"),
        ("sent", "accepted"),
        ("unknown", "no_answer"),
    ]


def test_a_text_calls_when_it_has_departed_and_a_slot_is_free(loop: Loop) -> None:
    (departure,) = in_hand(loop, 1).values()
    turn = under_way(loop, in_turn(loop, departure))
    turn.settle(leave=0)
    assert turn.counts == {"sent": 1}
    assert states() == [("sent", "accepted")]
    assert [each["body"] for each in loop.accepted()] == ["Text 0"]


def test_a_call_waits_until_its_sender_has_room_in_the_second(loop: Loop, monkeypatch) -> None:
    (departure,) = in_hand(loop, 1).values()
    waited = []
    monkeypatch.setattr(last_second.time, "sleep", waited.append)
    last_second.await_room(loop.route.sender_id, segments=10_000, per_second=10_000.0)
    turn = under_way(loop, in_turn(loop, departure))
    turn.settle(leave=0)
    assert turn.counts == {"sent": 1}
    assert [each for each in waited if 0.5 < each <= 1.025] != []


def test_a_text_that_found_no_slot_in_time_goes_back_without_a_call(loop: Loop, monkeypatch) -> None:
    (departure,) = in_hand(loop, 1).values()
    monkeypatch.setattr(send_turn, "_FRESH", -1.0)
    turn = under_way(loop, in_turn(loop, departure))
    turn.settle(leave=0)
    assert turn.counts == {"busy": 1}
    assert states() == [("pending", "carrier_busy")]
    assert loop.accepted() == []
    loop.later(seconds=6)
    assert loop.send() == ["sent"]
