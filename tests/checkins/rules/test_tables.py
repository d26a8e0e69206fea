"""Wide tables of wordings, kept as data beside this file; fifty rows a test, and each that fails is named."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from checkins.replies.documents import answers_document
from checkins.replies.reading import Consent, FollowUp, Level

from .texts import reading

HERE = Path(__file__).parent
ROWS = 50


def lines(name: str) -> list[str]:
    return (HERE / name).read_text("utf-8").splitlines()


def parts(name: str) -> Iterator[object]:
    """Yield a table's rows in parts; a test for each row would cost more than reading it."""
    rows = lines(name)
    for first in range(0, len(rows), ROWS):
        yield pytest.param(rows[first : first + ROWS], id=f"{name}:{first + 1}")


@pytest.mark.parametrize("rows", parts("answers.jsonl"))
def test_answers(rows: Sequence[str]) -> None:
    found = []
    for row in map(json.loads, rows):
        got = answers_document(reading(row["text"], row["open"], language=row["language"]).answers)
        if got != row["answers"]:
            found.append((row["open"], row["text"], got))
    assert found == []


@pytest.mark.parametrize("rows", parts("danger.txt"))
def test_danger_is_heard(rows: Sequence[str]) -> None:
    read = {text: reading(text) for text in rows}
    assert [text for text, got in read.items() if got.red_flag is None] == []
    assert [text for text, got in read.items() if got.follow_up is not FollowUp.HUMAN] == []


@pytest.mark.parametrize("rows", parts("no_danger.txt"))
def test_look_alike_is_no_danger(rows: Sequence[str]) -> None:
    assert [text for text in rows if reading(text).red_flag is not None] == []


@pytest.mark.parametrize("rows", parts("opt_outs.txt"))
def test_opt_out_is_heard(rows: Sequence[str]) -> None:
    heard = {Consent.OPT_OUT, Consent.CONFIRM_OPT_OUT}
    assert [text for text in rows if reading(text).consent not in heard] == []


@pytest.mark.parametrize("rows", parts("no_opt_outs.txt"))
def test_look_alike_is_no_opt_out(rows: Sequence[str]) -> None:
    assert [text for text in rows if reading(text).consent is not None] == []


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
