"""Milestone, free question and own activity: asked on their days, answered by text, kept as what they are."""

from datetime import timedelta

import pytest

from checkins.models import AdoptedProtocol, AskedWords, CheckIn, MonitoringDay, OutboundMessage, Reading
from checkins.services import own_activities
from networks.errors import DomainError
from networks.models import AuditEntry
from tests.checkins.services.conftest import Loop
from tests.world import SYSTEM

DAILY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
CLIMB = {"en": "climb the stairs without the rail", "es": "subir escaleras sin apoyarse"}
CONTENT = {
    "items": ["pain", "exercises", "function", "milestone", "free"],
    "item_days": {"function": ["mon"], "milestone": ["tue"], "free": ["wed"]},
    "activity": {"en": "climb stairs", "es": "subir escaleras"},
    "phases": [
        {"first": 1, "last": 14, "weekdays": DAILY, "milestone": CLIMB},
        {"first": 15, "last": None, "weekdays": DAILY},
    ],
}


@pytest.fixture
def asked(loop: Loop) -> Loop:
    AdoptedProtocol.objects.update(content=CONTENT)
    return loop


def _until(loop: Loop, weekday: int) -> CheckIn:
    """Ask day by day up to an ISO weekday of the plan and return that day's check-in."""
    while True:
        loop.plan()
        check_in = CheckIn.objects.latest("local_date")
        if check_in.local_date.isoweekday() == weekday:
            loop.send()
            return check_in
        loop.later(days=1)


def _said(loop: Loop, text: str) -> CheckIn:
    loop.write(text, sender=loop.episode.plans.get().phone.number)
    loop.read()
    return CheckIn.objects.latest("local_date")


def _values() -> dict[str, object]:
    return {each.item: each.low if each.word == "" else each.word for each in Reading.objects.all()}


def _texts(kind: str) -> list[str]:
    return [each.body for each in OutboundMessage.objects.filter(kind=kind).order_by("occurred_at")]


def test_each_question_is_asked_on_its_day(asked: Loop) -> None:
    for _ in range(21):
        asked.plan()
        asked.later(days=1)
    plan = asked.episode.plans.get()
    for check_in in CheckIn.objects.all():
        day = check_in.local_date.isoweekday()
        extra = {1: ["function"], 2: ["milestone"], 3: ["free"]}.get(day, [])
        if (check_in.local_date - plan.starts_on).days >= 14:
            extra = [each for each in extra if each != "milestone"]
        assert check_in.items == ["pain", "exercises", *extra]
    with_words = {tuple(each.words) for each in AskedWords.objects.all()}
    assert with_words == {("function",), ("milestone",), ("free",)}


def test_a_milestone_is_read_asked_once_more_and_makes_the_day(asked: Loop) -> None:
    _until(asked, 2)
    assert "3) Can you climb the stairs without the rail? Y or N" in _texts("check_in")[-1]
    check_in = _said(asked, "6 y")
    assert (check_in.open_items, check_in.clarified) == (["milestone"], True)
    assert _texts("clarify")[-1].endswith(": Can you climb the stairs without the rail? Y or N")
    asked.later(minutes=2)
    asked.send()
    check_in = _said(asked, "not yet")
    assert (check_in.state, check_in.open_items) == ("answered", [])
    assert _values() == {"pain": 6, "exercises": "yes", "milestone": "no"}
    assert len(_texts("clarify")) == 1


def test_all_in_one_text(asked: Loop) -> None:
    _until(asked, 2)
    assert _said(asked, "4 y n").state == "answered"
    assert _values() == {"pain": 4, "exercises": "yes", "milestone": "no"}


def test_a_free_answer_stays_words_and_makes_no_day(asked: Loop) -> None:
    AdoptedProtocol.objects.update(
        content=CONTENT | {"items": ["free"], "item_days": {}, "question": {"en": "How was your week?"}}
    )
    asked.plan()
    asked.send()
    assert _texts("check_in") == [f"{asked.practice.text_name}: How was your week?"]
    check_in = _said(asked, "About 7 of 10, my shoe pinches")
    assert (check_in.state, check_in.open_items) == ("answered", [])
    assert not Reading.objects.exists()
    assert not MonitoringDay.objects.exists()
    assert check_in.readings.get().answers == {"free": True}


def test_an_own_activity_is_asked_about_from_the_next_check_in_on(asked: Loop) -> None:
    own_activities.set_activity(asked.episode, words="lift my  toolbox.", actor=SYSTEM, now=asked.at)
    own_activities.set_activity(asked.episode, words="lift my toolbox", actor=SYSTEM, now=asked.at)
    assert AuditEntry.objects.filter(action="activity.set").count() == 1
    check_in = _until(asked, 1)
    assert "How well can you lift my toolbox, 0 to 10?" in _texts("check_in")[-1]
    assert AskedWords.objects.get(check_in=check_in).words == {"function": "lift my toolbox"}
    check_in = _said(asked, "pain 3 y")
    assert check_in.open_items == ["function"]
    assert "lift my toolbox" in _texts("clarify")[-1]
    own_activities.set_activity(asked.episode, words="", actor=SYSTEM, now=asked.at + timedelta(minutes=1))
    asked.later(days=1)
    _until(asked, 1)
    assert "climb stairs" in _texts("check_in")[-1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("run after my surgery", "diagnosis"),
        ("dance with Maria", "name"),
        ("x" * 61, "60 letters"),
        ("call 312 555 0142", "long number"),
        ("see {place}", "no place"),
    ],
)
def test_what_does_not_belong_into_a_text_is_refused(asked: Loop, words: str, sentence: str) -> None:
    asked.patient.given_name = "Maria"
    with pytest.raises(DomainError) as caught:
        own_activities.set_activity(asked.episode, words=words, actor=SYSTEM, now=asked.at)
    assert sentence in caught.value.sentence
