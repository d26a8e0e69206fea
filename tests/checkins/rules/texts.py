"""Requests as the tables of these tests write them: open questions as letters, texts split by " || "."""

from checkins.replies.reader import read
from checkins.replies.reading import Question, Reading, ReplyRequest

LETTERS = {"p": Question.PAIN, "e": Question.EXERCISES, "f": Question.FUNCTION}
PROMPT = "Acme PT: How is your pain today, 0 (none) to 10 (worst)? And did you do your exercises, Y or N?"


def reading(text: str, questions: str = "pe", **others: object) -> Reading:
    """Return the reading of a text with the questions open that the letters name."""
    opened = tuple(LETTERS[letter] for letter in questions)
    return read(ReplyRequest(texts=tuple(text.split(" || ")), open=opened, **others))
