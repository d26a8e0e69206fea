"""What a person types to correct a reading, as the answers of a text; pencil and paper only."""

import re
from collections.abc import Mapping

from checkins.replies.reading import Exercises, Milestone, Question

_HIGHEST = 10  # pain and function are asked on a scale from 0 to 10
_NUMBER = r"(\d{1,2}(?:[.,][05])?)"
_ONE = re.compile(rf"\s*{_NUMBER}\s*")
_TWO = re.compile(rf"\s*{_NUMBER}\s*(?:-|–|to)\s*{_NUMBER}\s*", re.IGNORECASE)


class UnreadableScoreError(ValueError):
    """What was typed is no score; the message is the sentence to show."""


def score(typed: str) -> object | None:
    """Return a typed score as answers keep it: a number, a range with both ends, None for nothing typed.

    >>> score("6.5"), score("4 to 5"), score("")
    (6.5, {'low': 4, 'high': 5}, None)
    """
    if not typed.strip():
        return None
    ends = [_number(each) for each in _ends(typed)]
    if max(ends) > _HIGHEST or ends != sorted(ends):
        raise UnreadableScoreError("Write a number from 0 to 10, or two, the smaller first.")
    low, high = ends[0], ends[-1]
    return low if low == high else {"low": low, "high": high}


def answers(
    *, pain: str = "", function: str = "", exercises: str = "", milestone: str = "", free: bool = False
) -> dict[str, object]:
    """Return the answers of a text as a person read them; what was not reported is left out.

    `free` keeps that the text answers the free question: its words need no correction.
    """
    found = {
        Question.PAIN.value: score(pain),
        Question.EXERCISES.value: Exercises(exercises).value if exercises else None,
        Question.FUNCTION.value: score(function),
        Question.MILESTONE.value: Milestone(milestone).value if milestone else None,
        Question.FREE.value: free or None,
    }
    return {item: value for item, value in found.items() if value is not None}


def typed(value: object) -> str:
    """Return a kept score as one would type it; empty for none.

    >>> typed({"low": 4, "high": 5}), typed(6.5), typed(None)
    ('4 to 5', '6.5', '')
    """
    if isinstance(value, Mapping):
        return f"{value['low']:g} to {value['high']:g}"
    return f"{value:g}" if isinstance(value, int | float) else ""


def _ends(typed_score: str) -> tuple[str, ...]:
    if found := _ONE.fullmatch(typed_score):
        return (found[1],)
    if found := _TWO.fullmatch(typed_score):
        return (found[1], found[2])
    raise UnreadableScoreError("Write a number from 0 to 10, such as 6, 6.5 or 4 to 5.")


def _number(digits: str) -> int | float:
    value = float(digits.replace(",", "."))
    return int(value) if value.is_integer() else value
