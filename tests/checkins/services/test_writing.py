"""The texts of planned check-ins: written when their sender comes to them, once each, and never for who stopped."""

from datetime import timedelta

import pytest
from django.db import transaction

from checkins.models import CheckIn, OutboundMessage, OutboxRow, Plan
from checkins.services import outbox, planning, send_turn, stopping, watching, writing
from checkins.services.texts import Draft, Line, queue_text
from networks.keys import uuid7
from networks.scoping import practice_scope
from patients.models import Phone
from tests.checkins.services.conftest import Loop


@pytest.fixture
def planned(loop: Loop) -> Loop:
    """A check-in that is planned, and no sender came by yet."""
    with practice_scope(loop.practice.pk):
        assert planning.plan_day(loop.practice.pk, now=loop.at) == 1
    return loop


def warn(loop: Loop) -> None:
    """Queue a safety reply, which waits for nothing."""
    plan = loop.episode.plans.get()
    queue_text(
        Draft(kind=OutboundMessage.Kind.SAFETY, body="Call 911.", template="", language="en"),
        line=Line(phone=plan.phone, sender=plan.sender, episode=loop.episode),
        not_before=loop.at,
        not_after=loop.at + timedelta(minutes=5),
        now=loop.at,
    )


def test_planning_writes_the_check_in_and_leaves_its_text_to_the_sender(planned: Loop) -> None:
    check_in = CheckIn.objects.get()
    # Nine in the morning in Chicago: texts may go until eight in the evening.
    assert (check_in.state, check_in.write_by) == ("open", planned.at + timedelta(hours=10, minutes=55))
    assert OutboundMessage.objects.count() == 0


def test_a_text_is_written_once_with_the_words_of_its_day(planned: Loop) -> None:
    assert writing.write_texts(planned.practice.pk, now=planned.at) == 1
    assert writing.write_texts(planned.practice.pk, now=planned.at) == 0
    text = OutboundMessage.objects.select_related("check_in", "outbox").get()
    assert (text.kind, text.check_in.write_by, text.outbox.state) == ("check_in", None, "pending")
    assert text.outbox.not_after == planned.at + timedelta(hours=10, minutes=55)
    assert "0" in text.body
    assert "10" in text.body
    assert planned.send() == ["sent"]


def test_no_more_are_written_at_once_than_asked_for(planned: Loop) -> None:
    assert writing.write_texts(planned.practice.pk, now=planned.at, limit=0) == 0
    assert OutboundMessage.objects.count() == 0


def test_who_stops_before_the_sender_comes_has_no_text_written(planned: Loop) -> None:
    stopping.end_texts(Phone.objects.get(), reason="opted_out", now=planned.at)
    assert writing.write_texts(planned.practice.pk, now=planned.at) == 0
    assert (CheckIn.objects.get().closed_reason, OutboundMessage.objects.count()) == ("opted_out", 0)


def test_a_check_in_to_which_no_sender_came_in_its_hours_closes_as_not_sent(planned: Loop) -> None:
    planned.later(hours=10, minutes=55)
    assert writing.write_texts(planned.practice.pk, now=planned.at) == 0
    planning.close_expired(planned.practice.pk, now=planned.at)
    check_in = CheckIn.objects.get()
    assert (check_in.state, check_in.closed_reason) == ("closed", "not_sent")
    assert OutboundMessage.objects.count() == 0


def test_who_moved_to_other_questions_meanwhile_is_asked_those(planned: Loop) -> None:
    protocol = planned.episode.plans.get().protocol
    content = {**protocol.content, "items": ["pain"]}
    content["phases"] = [
        {"first": 1, "last": None, "weekdays": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]}
    ]
    protocol.pk, protocol.version, protocol.content = uuid7(), protocol.version + 1, content
    protocol.save(force_insert=True)
    assert CheckIn.objects.get().items == ["pain", "exercises"]
    Plan.objects.update(protocol=protocol)
    assert writing.write_texts(planned.practice.pk, now=planned.at) == 1
    check_in = CheckIn.objects.get()
    assert (check_in.items, check_in.open_items) == (["pain"], ["pain"])


def test_a_check_in_for_which_nobody_has_words_closes_and_holds_up_no_other(planned: Loop) -> None:
    # Its plan begins later now, so that no phase of the protocol asks on the planned day.
    Plan.objects.update(starts_on=planned.at.date() + timedelta(days=3))
    assert writing.write_texts(planned.practice.pk, now=planned.at) == 1
    check_in = CheckIn.objects.get()
    assert (check_in.state, check_in.closed_reason, check_in.write_by) == ("closed", "not_sent", None)
    assert OutboundMessage.objects.count() == 0


def test_a_sender_takes_what_waits_before_it_writes_more(planned: Loop) -> None:
    warn(planned)
    first = send_turn._claimed(planned.practice.pk, now=planned.now)
    assert first is not None
    assert [OutboxRow.objects.get(pk=each).message.kind for each in first.loads] == ["safety"]
    second = send_turn._claimed(planned.practice.pk, now=planned.now)
    assert second is not None
    assert [OutboxRow.objects.get(pk=each).message.kind for each in second.loads] == ["check_in"]
    assert send_turn._claimed(planned.practice.pk, now=planned.now) is None


def test_a_wording_that_cannot_be_made_holds_up_no_urgent_text(planned: Loop, monkeypatch) -> None:
    def broken(_: object) -> dict[str, list[object]]:
        raise ValueError("no words")

    monkeypatch.setattr(writing, "texts_of", broken)
    warn(planned)
    assert send_turn._claimed(planned.practice.pk, now=planned.now) is not None
    with pytest.raises(ValueError, match="no words"), transaction.atomic():
        send_turn._claimed(planned.practice.pk, now=planned.now)
    assert CheckIn.objects.get().write_by is not None


def test_check_ins_to_which_no_sender_comes_raise_the_alarm(planned: Loop) -> None:
    assert watching.watch_line(planned.practice.pk, now=planned.at) == []
    planned.later(minutes=11)
    assert watching.watch_line(planned.practice.pk, now=planned.at) == ["texts_stuck"]
    writing.write_texts(planned.practice.pk, now=planned.at)
    planned.send()
    assert watching.watch_line(planned.practice.pk, now=planned.at) == []


def test_two_senders_write_no_text_twice(planned: Loop) -> None:
    assert writing.write_texts(planned.practice.pk, now=planned.at) == 1
    # What the other one does that looked before the first had committed.
    CheckIn.objects.update(write_by=planned.at + timedelta(hours=1))
    with pytest.raises(Exception, match="once_a_check_in"), transaction.atomic():
        writing.write_texts(planned.practice.pk, now=planned.at)
    assert outbox.claim(planned.practice.pk, now=planned.at) == list(
        OutboxRow.objects.values_list("pk", flat=True)
    )
