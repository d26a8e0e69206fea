"""What a person types to correct a reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins import corrected_answers


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("", None),
        (" 4 ", 4),
        ("0", 0),
        ("10", 10),
        ("6.5", 6.5),
        ("6,5", 6.5),
        ("4-5", {"low": 4, "high": 5}),
        ("4 to 5.5", {"low": 4, "high": 5.5}),
        ("5 - 5", 5),
    ],
)
def test_scores_are_kept_as_the_reader_keeps_them(typed: str, kept: object) -> None:
    assert corrected_answers.score(typed) == kept


@pytest.mark.parametrize("typed", ["11", "4.3", "-1", "four", "5 to 4", "4 to 11", "²", "1e1", "4 5"])
def test_what_is_no_score_is_refused_in_words(typed: str) -> None:
    with pytest.raises(corrected_answers.UnreadableScoreError, match="Write a number from 0 to 10"):
        corrected_answers.score(typed)


@given(st.integers(0, 20).map(lambda half: half / 2))
def test_what_is_shown_for_editing_is_read_the_same(value: float) -> None:
    assert corrected_answers.score(corrected_answers.typed(value)) == value


def test_what_was_not_reported_is_left_out() -> None:
    assert corrected_answers.answers(pain="3", exercises="partial") == {"pain": 3, "exercises": "partial"}
    assert corrected_answers.answers() == {}
