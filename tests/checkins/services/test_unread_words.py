"""Words that no rule reads end on a list of staff, whatever was or was not asked; nothing of them is lost."""

import pytest

from checkins.models import Alert, CheckIn, OutboundMessage, ReplyReading
from checkins.selectors import inbox
from tests.checkins.services.conftest import Loop

WORDS = ["stop by the desk tomorrow?", "hablo luego", "my sister drives me", "¿paso mañana por la clínica?"]


def _on_the_list(loop: Loop) -> list[str]:
    """The texts that staff find under "Needs a person", newest first."""
    found = inbox(loop.practice.pk, now=loop.at).unclear
    return [each.message.body for each in found if each.message]


def _asked_back() -> int:
    return OutboundMessage.objects.filter(kind=OutboundMessage.Kind.CLARIFY).count()


@pytest.mark.parametrize("words", WORDS)
class TestNothingWasOpen:
    def test_before_anything_was_planned(self, loop: Loop, words: str) -> None:
        loop.hears(words)
        assert _on_the_list(loop) == [words]
        assert _asked_back() == 0

    def test_after_everything_was_answered(self, loop: Loop, words: str) -> None:
        loop.plan()
        loop.send()
        loop.hears("3 y")
        loop.later(hours=1)
        loop.hears(words)
        assert _on_the_list(loop) == [words]
        assert _asked_back() == 0

    def test_while_the_days_text_had_not_left(self, loop: Loop, words: str) -> None:
        loop.plan()
        loop.hears(words)
        assert _on_the_list(loop) == [words]
        assert _asked_back() == 0
        assert ReplyReading.objects.get().reasons == ["unread.nothing_open"]

    def test_after_nobody_answered_in_time(self, loop: Loop, words: str) -> None:
        loop.plan()
        loop.send()
        loop.later(days=6)
        loop.hears(words)
        assert _on_the_list(loop) == [words]
        assert _asked_back() == 0


def test_an_answer_before_the_text_left_is_still_an_answer(loop: Loop) -> None:
    loop.plan()
    loop.hears("3 y")
    assert CheckIn.objects.get().state == CheckIn.State.ANSWERED
    assert _on_the_list(loop) == []


class TestAQuestionWasOpen:
    @pytest.mark.parametrize("words", [WORDS[0], WORDS[3], "is the pool open friday?"])
    def test_a_question_to_the_practice_goes_to_a_person(self, loop: Loop, words: str) -> None:
        loop.plan()
        loop.send()
        loop.hears(words)
        assert _on_the_list(loop) == [words]

    @pytest.mark.parametrize("words", ["hablo luego", "6?", "??", "huh?"])
    def test_other_words_are_asked_back_first(self, loop: Loop, words: str) -> None:
        loop.plan()
        loop.send()
        loop.hears(words)
        assert _on_the_list(loop) == []
        assert _asked_back() <= 1

    def test_words_whose_question_back_stays_unanswered_go_to_a_person(self, loop: Loop) -> None:
        loop.plan()
        loop.send()
        loop.hears("hablo luego")
        assert _on_the_list(loop) == []
        loop.later(days=3)
        loop.plan()
        loop.plan()
        assert _on_the_list(loop) == ["hablo luego"]
        assert Alert.objects.count() == 1

    def test_words_whose_question_back_was_answered_do_not(self, loop: Loop) -> None:
        loop.plan()
        loop.send()
        loop.hears("hablo luego")
        loop.later(minutes=2)
        loop.hears("3 y")
        loop.later(days=3)
        loop.plan()
        assert _on_the_list(loop) == []

    def test_half_an_answer_does_not_either(self, loop: Loop) -> None:
        loop.plan()
        loop.send()
        loop.hears("3")
        loop.later(days=3)
        loop.plan()
        assert _on_the_list(loop) == []
