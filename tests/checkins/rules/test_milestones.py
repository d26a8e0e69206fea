"""A yes or no to a milestone, alone and beside the exercises, and the free question's words."""

import pytest

from checkins.replies.documents import answers_document
from checkins.replies.reader import read
from checkins.replies.reading import FollowUp, Question, ReplyRequest

CLIMB = "Oak: 1) Pain, 0 to 10? 2) Exercises, Y or N? 3) Can you climb the stairs? Y or N"


def _read(text: str, asked: str, *, language: str = "en", prompt: str | None = None):
    questions = tuple(Question(each) for each in asked.split())
    return read(ReplyRequest(texts=(text,), open=questions, language=language, prompt=prompt))


@pytest.mark.parametrize(
    ("text", "milestone"),
    [
        ("y", "yes"),
        ("Yes!", "yes"),
        ("yes i can", "yes"),
        ("I can but it hurts", "yes"),
        ("sí, ya puedo", "yes"),
        ("no", "no"),
        ("not yet", "no"),
        ("I can't", "no"),
        ("todavía no", "no"),
        ("almost", None),
        ("7", None),
        ("no pain", None),
        ("I can't sleep", None),
        ("si me duele mucho", None),
        ("I did my exercises", None),
        ("can you call me?", None),
        ("stop", None),
    ],
)
def test_a_milestone_alone(text: str, milestone: str | None) -> None:
    assert answers_document(_read(text, "milestone").answers).get("milestone") == milestone


@pytest.mark.parametrize(
    ("text", "language", "exercises", "milestone"),
    [
        ("6 y", "en", "yes", None),
        ("6 y n", "en", "yes", "no"),
        ("6 y y", "en", "yes", "yes"),
        ("6, yes, not yet", "en", "yes", "no"),
        ("1) 6 2) y 3) n", "en", "yes", "no"),
        ("6 s y n", "es", "yes", "no"),
        ("6 si, todavía no", "es", "yes", "no"),
        ("yes to both", "en", "yes", "yes"),
        ("6 did them, I can climb stairs now", "en", "yes", "yes"),
        ("6 yes I can", "en", None, "yes"),
        ("6 no pain in my knee", "en", None, None),
        ("6, I can't sleep", "en", None, None),
        ("6 y y my shoe pinches", "en", "yes", None),
    ],
)
def test_beside_the_exercises_no_answer_goes_to_the_wrong_question(
    text: str, language: str, exercises: str | None, milestone: str | None
) -> None:
    reading = _read(text, "pain exercises milestone", language=language, prompt=CLIMB)
    answers = answers_document(reading.answers)
    assert (answers.get("exercises"), answers.get("milestone")) == (exercises, milestone)
    assert (reading.follow_up is FollowUp.NONE) == ({"pain", "exercises", "milestone"} <= set(answers))


@pytest.mark.parametrize(
    ("text", "asked", "is_told"),
    [
        ("my shoe pinches", "free", True),
        ("7", "free", True),
        ("no", "free", True),
        ("stop", "free", False),
        ("who is this", "free", False),
        ("HELP", "free", False),
        ("wrong number", "free", False),
        ("Liked “How was your week?”", "free", False),
        ("6", "pain free", False),
        ("6 and sleeping much better this week", "pain free", True),
        ("6 nothing else", "pain free", True),
    ],
)
def test_the_free_question_takes_words_and_no_values(text: str, asked: str, is_told: bool) -> None:
    answers = answers_document(_read(text, asked, prompt="How was your week?").answers)
    assert answers.get("free", False) == is_told
    assert set(answers) <= set(asked.split())


def test_a_danger_sign_in_a_free_answer_is_heard() -> None:
    reading = _read("my calf is hot and swollen", "free")
    assert reading.red_flag is not None
    assert reading.follow_up is FollowUp.HUMAN
