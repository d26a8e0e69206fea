"""What must hold for every text that a phone can send."""

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkins.replies.reader import read
from checkins.replies.reading import Answers, FollowUp, Kind, Question, Range, ReplyRequest

from .texts import PROMPT, reading

ANY_TEXT = st.text(st.characters(), max_size=300)
LIKELY_WORDS = (Path(__file__).parent / "likely.txt").read_text("utf-8").split()
LIKELY = st.lists(st.sampled_from(LIKELY_WORDS), max_size=12).map(" ".join)
PROMPTS = st.sampled_from(
    [
        PROMPT,
        "Acme PT: ¿Cómo está su dolor hoy, de 0 (nada) a 10 (el peor)? ¿Hizo sus ejercicios, S o N?",
        "Acme PT: 1) Pain today, 0 (none) to 10 (worst)? 2) Exercises done, Y or N? 3) How well can you climb your"
        " stairs, 0 (not at all) to 10 (fully)?",
    ]
)
DANGERS = [
    "my chest hurts",
    "can't breathe",
    "i fell and hit my head",
    "quiero morirme",
    "me cai",
    "calf is swollen",
]


def ends(score: object) -> list[Decimal]:
    if score is None:
        return []
    return [score.low, score.high] if isinstance(score, Range) else [score]


@settings(max_examples=300, deadline=None)
@given(texts=st.lists(ANY_TEXT | LIKELY, max_size=3), opened=st.sets(st.sampled_from(list(Question))))
def test_every_text_is_read(texts, opened):
    got = read(ReplyRequest(texts=tuple(texts), open=tuple(opened), prompt=PROMPT))
    assert got.answers.answered() <= opened
    assert all(
        Decimal(0) <= end <= Decimal(10) for end in ends(got.answers.pain) + ends(got.answers.function)
    )
    assert (got.kind is Kind.ANSWER) <= bool(got.answers)
    assert got.red_flag is None or got.follow_up is FollowUp.HUMAN
    assert got.reasons


@settings(max_examples=200, deadline=None)
@given(
    prompt=PROMPTS,
    cut=st.integers(5, 60),
    verb=st.sampled_from(["Liked ", "Loved ", "👍 to ", "Le gustó ", "Laughed at "]),
)
def test_no_value_from_our_own_prompt(prompt, cut, verb):
    words = prompt.split(" ")
    begun = " ".join(words[: max(cut, 5)])
    opened = tuple(Question)
    for text in (
        prompt,
        begun,
        f"{verb}“{prompt}”",
        f"{verb}“{begun}…”",
        f"> {prompt}",
        f'"{prompt}"',
        prompt.lower(),
    ):
        got = read(ReplyRequest(texts=(text,), open=opened, prompt=prompt))
        assert got.answers == Answers(), text
        assert got.red_flag is None


@settings(max_examples=200, deadline=None)
@given(
    danger=st.sampled_from(DANGERS),
    before=st.sampled_from(
        ["", "6 ", "hi ", "5 yes. ", "😀 ", "\u200b", "STOP ", "ok!! ", "a " * 50, "6, y, "]
    ),
    after=st.sampled_from(
        ["", " 6", "!!!", " 😭", " lol", "\n\nSent from my iPhone", " stop", " thanks", " \x00", " \ud83d"]
    ),
    shout=st.booleans(),
)
def test_a_red_flag_stays_under_noise(danger, before, after, shout):
    text = before + (danger.upper() if shout else danger) + after
    got = reading(text)
    assert got.red_flag is not None, text
    assert got.red_flag.level != "review"


@pytest.mark.parametrize(
    "text",
    [
        unit * (1600 // len(unit))
        for unit in (
            "a",
            "6",
            "6 ",
            "no ",
            "stop ",
            '"',
            "(",
            ">",
            "\n>",
            "0 to 10 ",
            "1/",
            "-",
            "a'",
            "é",
            "took pills ",
        )
    ]
    + [
        "Liked “" * 200,
        "on wrote:" * 160,
        "sent from my " * 120,
        "\ud800" * 1600,
        "\x00" * 1600,
        "٦" * 1600,
        "½" * 1600,
    ],
    ids=lambda text: repr(text[:14]),
)
def test_hostile_texts_are_read(text):
    assert read(ReplyRequest(texts=(text,), open=tuple(Question), prompt=PROMPT)).reasons


def test_same_text_same_reading():
    assert reading("6 yes and my chest hurts, stop texting") == reading(
        "6 yes and my chest hurts, stop texting"
    )
