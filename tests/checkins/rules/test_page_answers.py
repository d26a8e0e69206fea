"""What is tapped on the one-tap page reads as the same answer that a text would give."""

import pytest

from checkins.page_answers import choices_for, words_for
from checkins.replies.documents import answers_document
from checkins.replies.reader import read
from checkins.replies.reading import Question, ReplyRequest

TAPS = [(item.value, choice.value) for item in Question for choice in choices_for(item.value) if choice.value]


@pytest.mark.parametrize(("item", "value"), TAPS, ids=[f"{item}-{value}" for item, value in TAPS])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_tap_is_read_as_itself(item: str, value: str, language: str) -> None:
    # A tap on the milestone is read for the milestone alone.
    asked = (Question.MILESTONE,) if item == "milestone" else tuple(Question)
    reading = read(ReplyRequest(texts=(words_for(item, value),), open=asked, language=language))
    expected: object = value if item in {"exercises", "milestone"} else int(value)
    assert answers_document(reading.answers) == {item: expected}
    # Nine or ten is severe pain however it is told.
    assert (reading.red_flag is not None) == (item == "pain" and value in {"9", "10"})
    assert reading.consent is None


@pytest.mark.parametrize(
    ("item", "value"),
    [("pain", "11"), ("pain", "-1"), ("pain", ""), ("pain", "yes"), ("exercises", "6"), ("mood", "3")],
)
def test_nothing_else_becomes_an_answer(item: str, value: str) -> None:
    with pytest.raises(ValueError, match="Tap one of the answers"):
        words_for(item, value)
