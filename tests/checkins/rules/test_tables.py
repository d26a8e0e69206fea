"""Wide tables of wordings, kept as data beside this file and judged one by one."""

import json
from pathlib import Path

import pytest

from checkins.replies.documents import answers_document
from checkins.replies.reading import Consent, FollowUp, Level

from .texts import reading

HERE = Path(__file__).parent


def lines(name: str) -> list[str]:
    return (HERE / name).read_text("utf-8").splitlines()


ANSWERS = [json.loads(line) for line in lines("answers.jsonl")]


@pytest.mark.parametrize("row", ANSWERS, ids=[f"{row['open']}:{row['text']}" for row in ANSWERS])
def test_answers(row):
    got = reading(row["text"], row["open"], language=row["language"])
    assert answers_document(got.answers) == row["answers"]


@pytest.mark.parametrize("text", lines("danger.txt"))
def test_danger_is_heard(text):
    got = reading(text)
    assert got.red_flag is not None
    assert got.follow_up is FollowUp.HUMAN


@pytest.mark.parametrize("text", lines("no_danger.txt"))
def test_look_alike_is_no_danger(text):
    assert reading(text).red_flag is None


@pytest.mark.parametrize("text", lines("opt_outs.txt"))
def test_opt_out_is_heard(text):
    assert reading(text).consent in {Consent.OPT_OUT, Consent.CONFIRM_OPT_OUT}


@pytest.mark.parametrize("text", lines("no_opt_outs.txt"))
def test_look_alike_is_no_opt_out(text):
    assert reading(text).consent is None


@pytest.mark.parametrize(
    "text",
    [
        "no chest pain",
        "no fever or chills today",
        "my calf is not swollen",
        "I haven't fallen",
        "didn't fall",
        "no tengo dolor de pecho",
        "sin fiebre",
        "no me cai",
        "i dont want to die",
    ],
)
def test_denied_sign_is_reviewed(text):
    assert reading(text).red_flag.level is Level.REVIEW


@pytest.mark.parametrize(
    "text",
    [
        "no, my chest hurts",
        "no my chest hurts",
        "didn't do them. my chest hurts",
        "no fever but my chest hurts",
        "not sure but i think it's chest pain",
        "chest pain is gone now",
        "can't breathe",
        "no puedo respirar",
        "i dont want to live",
        "7, no, and my calf is hot and swollen",
    ],
)
def test_sign_that_stands_keeps_its_level(text):
    assert reading(text).red_flag.level is Level.L1
