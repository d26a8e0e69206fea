"""A patient puts right what was answered: the later words count, the first text stays as it was read."""

import pytest

from checkins.models import (
    Alert,
    CheckIn,
    Correction,
    InboundMessage,
    InboundRow,
    MonitoringDay,
    Reading,
    ReplyReading,
)
from checkins.services import conversation, correcting, understanding
from networks.actors import Actor
from networks.models import AuditEntry
from networks.permissions import Role
from tests.checkins.services.conftest import Loop
from tests.world import SYSTEM, World

pytestmark = pytest.mark.django_db


def values() -> dict[str, object]:
    return {each.item: each.word or float(each.low) for each in Reading.objects.all()}


def answered(loop: Loop, *bodies: str) -> None:
    loop.plan()
    loop.send()
    for body in bodies:
        loop.hears(body)
        loop.later(minutes=2)


@pytest.mark.parametrize(
    ("bodies", "counted"),
    [
        (["6 y", "sorry i meant 5"], {"pain": 5, "exercises": "yes"}),
        (["6 y", "*5"], {"pain": 5, "exercises": "yes"}),
        (["6", "yes", "oops fat fingers 5"], {"pain": 5, "exercises": "yes"}),
        (["6 y", "oops that was a no on the exercises"], {"pain": 6, "exercises": "no"}),
        (["6 n", "wait yes i did this morning"], {"pain": 6, "exercises": "yes"}),
        (["6", "oops 5", "yes"], {"pain": 5, "exercises": "yes"}),
        (["6", "oops 5 and yes"], {"pain": 5, "exercises": "yes"}),
        (["6 y", "oops 5", "wait 4"], {"pain": 4, "exercises": "yes"}),
    ],
    ids=lambda given: " | ".join(given) if isinstance(given, list) else "",
)
def test_the_last_clear_answer_counts(loop: Loop, bodies: list[str], counted: dict[str, object]) -> None:
    answered(loop, *bodies)
    assert values() == counted
    assert MonitoringDay.objects.count() == 1
    assert CheckIn.objects.get().state == CheckIn.State.ANSWERED


def test_the_first_text_keeps_what_was_read_and_says_who_put_it_right(loop: Loop) -> None:
    answered(loop, "6 y", "sorry i meant 5")
    first = InboundMessage.objects.earliest("occurred_at")
    assert ReplyReading.objects.get(message=first).answers == {"pain": 6, "exercises": "yes"}
    made = Correction.objects.get()
    assert (made.message, made.by, made.answers) == (first, None, {"pain": 5, "exercises": "yes"})
    assert made.reason == correcting.OWN_WORDS
    assert AuditEntry.objects.get(action="text.corrected").details == {"items": "exercises, pain"}
    second = ReplyReading.objects.exclude(message=first).get()
    assert (second.answers, second.follow_up) == ({}, "none")
    assert "puts_right" in second.reasons
    assert not Alert.objects.exists()


@pytest.mark.parametrize(
    "body",
    [
        "5",
        "5 is when i go to bed",
        "sorry took me 2 hours to answer",
        "oops can you call me at 5",
        "wait that was yesterday",
        "oops wrong person",
        "sorry i missed the 4 of you",
        "actually 3 would be better",
        "sorry 2 late",
        "sorry no time",
        "actually no i have work",
        "oops no that was my husband",
        "oops that 4 was my wife",
        "mistake 4 was his",
        "actually 5?",
    ],
)
def test_whatever_is_not_plain_changes_nothing(loop: Loop, body: str) -> None:
    answered(loop, "6 y", body)
    assert values() == {"pain": 6, "exercises": "yes"}
    assert not Correction.objects.exists()


@pytest.mark.parametrize(
    "body", ["oops that 6 was my wife", "mistake 6 was his", "oops i meant 6", "actually yes"]
)
def test_what_would_change_nothing_is_read_by_a_person(loop: Loop, body: str) -> None:
    answered(loop, "6 y", body)
    _is_left_to_a_person()


@pytest.mark.parametrize("body", ["sorry no", "actually 3", "oops 5"])
def test_what_may_answer_a_text_of_staff_is_read_by_a_person(loop: Loop, world: World, body: str) -> None:
    answered(loop, "6 y")
    conversation.write_to_patient(
        loop.patient,
        body="Can you come Friday at 3?",
        actor=Actor.person(world.oak.people[Role.CLINICIAN].pk),
        now=loop.at,
    )
    loop.send()
    loop.later(minutes=1)
    loop.hears(body)
    _is_left_to_a_person()


def test_what_may_answer_whether_to_stop_is_read_by_a_person(loop: Loop) -> None:
    answered(loop, "6 y", "how do i stop these?")
    loop.send()
    loop.later(minutes=1)
    loop.hears("actually no")
    assert values() == {"pain": 6, "exercises": "yes"}
    assert not Correction.objects.exists()


def _is_left_to_a_person() -> None:
    assert values() == {"pain": 6, "exercises": "yes"}
    assert not Correction.objects.exists()
    assert Alert.objects.get().kind == Alert.Kind.UNCLEAR
    assert "puts_right" not in ReplyReading.objects.latest("message__occurred_at").reasons


def test_a_text_of_staff_before_the_answers_is_not_what_a_correction_answers(
    loop: Loop, world: World
) -> None:
    conversation.write_to_patient(
        loop.patient, body="See you!", actor=Actor.person(world.oak.people[Role.CLINICIAN].pk), now=loop.at
    )
    loop.send()
    loop.later(minutes=1)
    answered(loop, "6 y", "oops 5")
    assert values() == {"pain": 5, "exercises": "yes"}


def test_a_severe_pain_in_words_that_are_not_plain_is_heard_and_not_recorded(loop: Loop) -> None:
    answered(loop, "6 y", "sorry 10 awful")
    assert values() == {"pain": 6, "exercises": "yes"}
    assert Alert.objects.get().sign == "severe_pain"


def _corrects(loop: Loop, world: World, message: InboundMessage, **answers: object) -> None:
    correcting.correct(
        message,
        answers=answers,
        reason="Said so on the phone",
        by=world.oak.people[Role.CLINICIAN],
        actor=SYSTEM,
        now=loop.at,
    )


def test_what_a_person_corrected_before_the_text_was_read_stays_theirs(loop: Loop, world: World) -> None:
    answered(loop, "6 y")
    loop.write("oops i meant 5")
    loop.later(seconds=20)
    _corrects(loop, world, InboundMessage.objects.earliest("occurred_at"), pain=7, exercises="yes")
    loop.later(seconds=20)
    loop.read()
    assert values() == {"pain": 7, "exercises": "yes"}
    assert Alert.objects.get().kind == Alert.Kind.UNCLEAR
    assert not _understood_again().puts_right


def test_what_a_person_corrected_while_the_text_was_being_read_stays_theirs(loop: Loop, world: World) -> None:
    answered(loop, "6 y", "oops i meant 5")
    understood = _understood_again()
    assert understood.puts_right
    _corrects(loop, world, InboundMessage.objects.earliest("occurred_at"), pain=7, exercises="yes")
    assert correcting.put_right(understood, actor=SYSTEM, now=loop.at) == []
    assert values() == {"pain": 7, "exercises": "yes"}
    assert Alert.objects.get().message == understood.message


def _understood_again() -> understanding.Understanding:
    row = InboundRow.objects.select_related("message", "phone__patient", "check_in__episode").latest(
        "received_at"
    )
    assert row.phone is not None
    return understanding.understand(row, row.message, row.phone, check_in=row.check_in)


@pytest.mark.parametrize("answers", [{"pain": 7}, {}], ids=["one of two", "nothing"])
def test_what_a_person_has_read_does_not_wait_for_one_at_the_end(
    loop: Loop, world: World, answers: dict[str, object]
) -> None:
    answered(loop, "bla bla")
    _corrects(loop, world, InboundMessage.objects.get(), **answers)
    loop.later(hours=26)
    loop.plan()
    assert CheckIn.objects.earliest("planned_at").closed_reason == CheckIn.Closed.EXPIRED
    assert not Alert.objects.exists()


def test_the_next_day_is_not_put_right(loop: Loop) -> None:
    answered(loop, "6 y")
    loop.later(hours=16)
    loop.hears("oops i meant 5")
    assert values() == {"pain": 6, "exercises": "yes"}
    assert Alert.objects.get().kind == Alert.Kind.UNCLEAR


def test_what_a_person_corrected_stays_theirs(loop: Loop, world: World) -> None:
    answered(loop, "6 y")
    correcting.correct(
        InboundMessage.objects.get(),
        answers={"pain": 7, "exercises": "yes"},
        reason="Said so on the phone",
        by=world.oak.people[Role.CLINICIAN],
        actor=SYSTEM,
        now=loop.at,
    )
    loop.later(minutes=1)
    loop.hears("oops i meant 5")
    assert values() == {"pain": 7, "exercises": "yes"}
    assert Alert.objects.get().kind == Alert.Kind.UNCLEAR


def test_a_severe_pain_is_heard_although_it_puts_right(loop: Loop) -> None:
    answered(loop, "6 y", "oops i meant 9")
    assert values() == {"pain": 9, "exercises": "yes"}
    assert Alert.objects.get().sign == "severe_pain"
