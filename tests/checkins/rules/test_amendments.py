"""Where the answer begins behind words of correction, and what a later text withdraws."""

import pytest

from checkins.replies.amendments import amended_from, withdrawn_until
from checkins.replies.lexicon import words_of
from checkins.replies.patient_texts import says_only_that
from checkins.replies.phrases import Words
from checkins.replies.tokens import tokenize


def words(text: str) -> Words:
    return words_of(tokenize(text))


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("oops fat fingers 3", "3"),
        ("no wait its more of a 6", "its more of 6"),
        ("oh hang on, yes i did", "yes i did"),
        ("perdon, me equivoque es 6", "es 6"),
        ("that should be 5", "5"),
        ("wait", "wait"),
        ("no, i forgot", "no i forgot"),
        ("sorry 5", "sorry 5"),
    ],
)
def test_words_of_correction_are_taken_off(text, rest):
    said = words(text)
    assert " ".join(token.text for token in said.after(amended_from(said, follows=True)).tokens) == rest


def test_a_first_text_answers_with_its_no():
    assert amended_from(words("no, wait, when is my visit"), follows=False) == 0


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("wait no that was yesterday", 0),
        ("no wait that was last night, nothing today", 6),
        ("eso fue ayer", 0),
        ("that was yesterdays bread", None),
        ("no", None),
    ],
)
def test_an_answer_of_another_day_is_withdrawn(text, place):
    assert withdrawn_until(words(text)) == place


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("*5", True),
        ("oops my bad its a 5!!", True),
        ("sorry typo i meant to put 3", True),
        ("oops that was a no on the exercises", True),
        ("oops pain was 4 & i did do my exercises", True),
        ("that should be 5 not 6", True),
        ("oops five out of ten", True),
        ("actually i did them tonight", True),
        ("perdón, quise decir 4", True),
        ("se me fue el dedo es 5", True),
        ("actually 3 would be better", False),
        ("actually 3 tonight", False),
        ("sorry 2 late", False),
        ("actually no i have work", False),
        ("oops that 6 was my wife", False),
        ("mistake 6 was his", False),
        ("actually 5?", False),
        ("actually 4pm", False),
        ("actually i did 2", False),
        ("oops 3 exercises", False),
    ],
)
def test_only_a_correction_an_answer_and_courtesies_are_plain(text, is_plain):
    assert says_only_that(text) is is_plain
