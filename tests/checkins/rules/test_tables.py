"""Wide tables of wordings, kept as data beside this file; fifty rows a test, and each that fails is named."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from checkins.replies.documents import answers_document
from checkins.replies.reading import Consent, FollowUp, Kind, Level

from .texts import PROMPT, reading

HERE = Path(__file__).parent
ROWS = 50


def lines(name: str) -> list[str]:
    return (HERE / name).read_text("utf-8").splitlines()


def parts(name: str) -> list[object]:
    """Return a table's rows in parts; a test for each row would cost more than reading it."""
    rows = lines(name)
    starts = range(0, len(rows), ROWS)
    return [pytest.param(rows[first : first + ROWS], id=f"{name}:{first + 1}") for first in starts]


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


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("i fell and nobody called me back", "L2"),
        ("fell yesterday no one was home", "L2"),
        ("me cai y nadie me ayudo", "L2"),
        ("i fell, not hard", "L2"),
        ("fell no injuries", "L2"),
        ("i fainted, not for long", "L1"),
        ("chest pain no one answers the phone", "L1"),
        ("i cant breathe no one answers", "L1"),
        ("passed out no one was there", "L1"),
        ("chest pain no ride to the er", "L1"),
        ("fell none of the nurses came", "L2"),
        ("chest pain: no", "review"),
        ("chest pain none today", "review"),
        ("fever no, chills no", "review"),
        ("nobody fell", "review"),
        ("falls none", "review"),
        ("calf not swollen", "review"),
    ],
)
def test_what_was_done_is_denied_by_no_word_behind_it(text: str, level: str) -> None:
    flag = reading(text).red_flag
    assert flag is not None
    assert flag.level.value == level


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


@pytest.mark.parametrize("rows", parts("follow_ups.txt"))
def test_what_happens_next(rows: Sequence[str]) -> None:
    read = {row: reading(row.split("|")[2], row.split("|")[1]).follow_up for row in rows}
    assert [(row, got.value) for row, got in read.items() if got.value != row.split("|")[0]] == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("whose phone is this", Kind.IDENTIFY),
        ("de quién es este número", Kind.IDENTIFY),
        ("Away message: out till Tuesday", Kind.AUTO_REPLY),
        ("I'm on PTO until Monday and will respond then.", Kind.AUTO_REPLY),
        ("Sleep focus is on", Kind.AUTO_REPLY),
        ("The person you are texting has not set up this mailbox.", Kind.AUTO_REPLY),
        ("theres no Rosa at this number", Kind.WRONG_NUMBER),
    ],
)
def test_who_writes(text, kind):
    assert reading(text).kind is kind


@pytest.mark.parametrize(
    ("text", "follow_up"),
    [
        ("🎉", FollowUp.NONE),
        ("around a 4", FollowUp.CLARIFY),
        ("my knee feels weird", FollowUp.HUMAN),
        ("see you then", FollowUp.NONE),
    ],
)
def test_text_while_nothing_is_open(text, follow_up):
    assert reading(text, "").follow_up is follow_up


@pytest.mark.parametrize(
    "text",
    [
        "turn them back on",
        "reenroll me",
        "reactívenme",
        "undo that i want the texts",
    ],
)
def test_wish_for_texts_again_is_asked_back(text):
    assert reading(text).consent is Consent.CONFIRM_OPT_IN


def test_answer_below_a_mail_header_is_the_answer():
    header = "On Mon, Nov 9, 2026 at 9:02 AM, Acme PT wrote: "
    assert reading(f"{header}{PROMPT}\n3 i think, y", prompt=PROMPT).answers.pain == 3
    assert reading(f"3 i think, y\n{header}Is it 9 today?", prompt=PROMPT).answers.pain == 3


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
