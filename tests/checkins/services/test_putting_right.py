"""A patient puts right what was answered: the later words count, the first text stays as it was read."""

import pytest

from checkins.models import Alert, CheckIn, Correction, InboundMessage, MonitoringDay, Reading, ReplyReading
from checkins.services import correcting
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
    ],
)
def test_whatever_is_not_plain_changes_nothing(loop: Loop, body: str) -> None:
    answered(loop, "6 y", body)
    assert values() == {"pain": 6, "exercises": "yes"}
    assert not Correction.objects.exists()


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
