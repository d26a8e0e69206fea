"""A danger sign on its way up the ladder, over the simulator and the mailbox, with time moved by hand."""

from datetime import time, timedelta

import pytest
from django.core import mail
from django.db import DatabaseError, transaction

from checkins.models import (
    Alert,
    AlertEvent,
    Escalation,
    EscalationStep,
    OperatorAlarm,
    OutboundMessage,
    SafetyNotice,
    SafetyNoticeRow,
)
from checkins.services import alerts, escalating
from networks.actors import Actor
from networks.permissions import Role
from networks.services import rota
from networks.work import Queue, due
from tests.checkins.services.conftest import MOBILE, Loop
from tests.world import SYSTEM, World

ON_CALL_MOBILE = "+13125550161"


@pytest.fixture
def staffed(loop: Loop, world: World) -> Loop:
    """The assistant is on call all week by text too, the admin is the owner, the clinician the backup."""
    people = world.oak.people
    for weekday in range(7):
        rota.add_shift(
            loop.practice,
            user_id=people[Role.ASSISTANT].pk,
            weekday=weekday,
            starts_at=time(0),
            ends_at=time(0),
            actor=SYSTEM,
            now=loop.at,
        )
    rota.set_mobile(
        loop.practice, user_id=people[Role.ASSISTANT].pk, mobile="312 555 0161", actor=SYSTEM, now=loop.at
    )
    rota.set_cover(
        loop.practice,
        cover=rota.Cover(
            opens=time(8),
            closes=time(18),
            weekdays=frozenset(range(5)),
            backup_id=people[Role.CLINICIAN].pk,
            owner_id=people[Role.PRACTICE_ADMIN].pk,
        ),
        actor=SYSTEM,
        now=loop.at,
    )
    return loop


def walk(loop: Loop) -> dict[str, int]:
    return escalating.walk_due(loop.practice.pk, now=loop.at)


def mailed() -> list[str]:
    """Whom mails went to since the last look."""
    found = sorted(address for message in mail.outbox for address in message.to)
    mail.outbox.clear()
    return found


def paged(loop: Loop) -> list[dict]:
    return [each for each in loop.accepted() if each["to"] == ON_CALL_MOBILE]


def the_alert(loop: Loop) -> Alert:
    return Alert.objects.get(practice=loop.practice, kind=Alert.Kind.RED_FLAG)


def test_pages_at_once_again_backup_and_owner(staffed: Loop) -> None:
    staffed.hears("my calf is hot and swollen")
    assert due(Queue.SAFETY, now=staffed.at) == [staffed.practice.pk]
    assert walk(staffed)["stepped"] == 1
    assert mailed() == ["assistant@oak.test"]
    assert len(paged(staffed)) == 1
    assert walk(staffed).get("stepped") is None
    staffed.later(minutes=5)
    walk(staffed)
    assert mailed() == ["assistant@oak.test"]
    staffed.later(minutes=5)
    walk(staffed)
    assert mailed() == ["assistant@oak.test", "clinician@oak.test"]
    staffed.later(minutes=5)
    walk(staffed)
    assert mailed() == ["assistant@oak.test", "clinician@oak.test", "practice_admin@oak.test"]
    assert len(paged(staffed)) == 4
    steps = EscalationStep.objects.order_by("number").values_list("number", "rung", "people")
    assert list(steps) == [(0, "page", 1), (1, "page_again", 1), (2, "backup", 2), (3, "owner", 3)]


def test_a_page_names_nobody_and_nothing_that_was_written(staffed: Loop) -> None:
    staffed.hears("my calf is hot and swollen")
    walk(staffed)
    words = "\n".join(
        [mail.outbox[0].subject, mail.outbox[0].body, *(each["body"] for each in paged(staffed))]
    )
    assert "A patient of yours needs you now. Sign in: Today." in words
    for secret in ("Rosa", "Vance", "calf", "swollen", "knee", "0142"):
        assert secret not in words


def test_stops_when_acknowledged(staffed: Loop, world: World) -> None:
    staffed.hears("my chest hurts")
    walk(staffed)
    actor = Actor.person(world.oak.people[Role.CLINICIAN].pk)
    alerts.acknowledge(the_alert(staffed), actor=actor, now=staffed.at)
    mailed()
    staffed.later(hours=3)
    walk(staffed)
    assert mailed() == []
    assert Escalation.objects.get().state == Escalation.State.ACKNOWLEDGED
    assert EscalationStep.objects.count() == 1


def test_handed_back_it_is_paged_again(staffed: Loop, world: World) -> None:
    staffed.hears("my chest hurts")
    walk(staffed)
    actor = Actor.person(world.oak.people[Role.CLINICIAN].pk)
    alerts.acknowledge(the_alert(staffed), actor=actor, now=staffed.at)
    staffed.later(minutes=2)
    alerts.hand_back(the_alert(staffed), actor=actor, now=staffed.at)
    mailed()
    staffed.later(minutes=4)
    walk(staffed)
    assert mailed() == ["assistant@oak.test"]


def test_after_a_standstill_one_step_calls_everybody(staffed: Loop) -> None:
    staffed.hears("my chest hurts")
    staffed.later(hours=2)
    walk(staffed)
    assert EscalationStep.objects.count() == 1
    assert mailed() == ["assistant@oak.test", "clinician@oak.test", "practice_admin@oak.test"]


def test_without_a_rota_the_episodes_clinician_and_then_the_admin_are_called(loop: Loop) -> None:
    loop.hears("my chest hurts")
    walk(loop)
    assert mailed() == ["clinician@oak.test"]
    loop.later(minutes=10)
    walk(loop)
    assert mailed() == ["clinician@oak.test", "practice_admin@oak.test"]


def test_what_can_wait_waits_for_the_morning_and_the_patient_is_told(staffed: Loop) -> None:
    staffed.later(hours=12)
    staffed.hears("my knee gave out and I can't put weight on it")
    walk(staffed)
    assert mailed() == []
    reply = OutboundMessage.objects.get(kind=OutboundMessage.Kind.SAFETY)
    assert "Nobody reads texts at this hour" in reply.body
    staffed.later(hours=11)
    walk(staffed)
    assert mailed() == ["assistant@oak.test"]


def test_what_cannot_wait_is_paged_at_night_too(staffed: Loop) -> None:
    staffed.later(hours=12)
    staffed.hears("I can't breathe")
    walk(staffed)
    assert mailed() == ["assistant@oak.test"]
    reply = OutboundMessage.objects.get(kind=OutboundMessage.Kind.SAFETY)
    assert reply.body.startswith("Nobody reads texts at this hour. If this may be an emergency call 911")


def test_two_workers_make_a_step_once(staffed: Loop) -> None:
    staffed.hears("my chest hurts")
    walk(staffed)
    row = Escalation.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        EscalationStep.objects.create(
            practice=staffed.practice,
            escalation=row,
            number=0,
            rung="page",
            ladder=row.ladder,
            due_at=staffed.at,
            people=0,
            occurred_at=staffed.at,
            recorded_at=staffed.at,
        )


def test_steps_stand_in_the_alerts_history_and_nothing_closes_it(staffed: Loop) -> None:
    staffed.hears("my chest hurts")
    for _ in range(4):
        walk(staffed)
        staffed.later(minutes=5)
    events = AlertEvent.objects.order_by("occurred_at").values_list("act", "reason")
    assert list(events) == [
        ("paged", "On call"),
        ("paged", "On call again"),
        ("paged", "On call and backup"),
        ("paged", "On call, backup and owner"),
    ]
    assert list(Alert.objects.open()) == [the_alert(staffed)]


def test_nobody_answering_for_a_day_alarms_the_operator(staffed: Loop) -> None:
    staffed.hears("my chest hurts")
    staffed.later(hours=30)
    walk(staffed)
    staffed.later(hours=1)
    walk(staffed)
    assert Escalation.objects.get().state == Escalation.State.EXHAUSTED
    assert OperatorAlarm.objects.filter(kind="nobody_answers").exists()


def test_a_page_in_doubt_is_tried_again_and_one_that_fails_is_seen(staffed: Loop) -> None:
    staffed.hears("my chest hurts")
    staffed.carrier.set_fault("error_before")
    walk(staffed)
    text = SafetyNoticeRow.objects.get(notice__channel=SafetyNotice.Channel.TEXT)
    assert (text.state, text.attempts) == (SafetyNoticeRow.State.PENDING, 1)
    staffed.carrier.clear_faults()
    staffed.later(seconds=10)
    walk(staffed)
    text.refresh_from_db()
    assert text.state == SafetyNoticeRow.State.SENT
    assert len(paged(staffed)) == 1


def test_a_stranger_in_danger_alerts_the_practice_and_is_answered_once(staffed: Loop) -> None:
    staffed.hears("I have chest pain", sender="+13125550188")
    alert = the_alert(staffed)
    assert (alert.patient_id, alert.level) == (None, "L1")
    walk(staffed)
    assert "Somebody wrote of danger to your practice's number" in mail.outbox[0].subject
    staffed.later(minutes=1)
    staffed.hears("please my chest pain is bad", sender="+13125550188")
    walk(staffed)
    replies = [each for each in staffed.accepted() if each["to"] == "+13125550188"]
    assert len(replies) == 1
    assert "call 911" in replies[0]["body"]


@pytest.mark.parametrize("body", ["who is this", "STOP", "7"], ids=["question", "stop", "number"])
def test_a_stranger_who_is_in_no_danger_is_not_answered(staffed: Loop, body: str) -> None:
    staffed.hears(body, sender="+13125550188")
    walk(staffed)
    assert not Alert.objects.exists()
    assert staffed.accepted() == []


def test_a_patients_reply_still_goes_by_the_outbox(staffed: Loop) -> None:
    staffed.hears("my chest hurts")
    staffed.send()
    assert [each["to"] for each in staffed.accepted()] == [MOBILE]
    staffed.later(seconds=1)
    assert timedelta(0) < staffed.at - the_alert(staffed).occurred_at
