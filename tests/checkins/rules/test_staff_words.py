"""What staff learn of a text while they write it: its cost, and words that draw answers."""

import pytest

from checkins.staff_words import weigh


@pytest.mark.parametrize(
    ("words", "cost"),
    [
        ("Please call us.", "15 letters, 1 segment"),
        ("a" * 160, "160 letters, 1 segment"),
        ("a" * 161, "161 letters, 2 segments"),
        ("Great 👍", "7 letters, 1 segment"),
        ("  Please call us.  ", "15 letters, 1 segment"),
    ],
    ids=["short", "full", "over", "emoji", "spaces around are not sent"],
)
def test_says_what_a_text_costs(words: str, cost: str) -> None:
    assert weigh(words).cost == cost


def test_names_what_makes_a_text_dear() -> None:
    (warning,) = weigh("Great job 👍").warnings
    assert "👍" in warning
    assert "70 characters a segment" in warning


@pytest.mark.parametrize("words", ["", "   ", "\n"], ids=repr)
def test_says_nothing_about_nothing(words: str) -> None:
    found = weigh(words)
    assert (found.cost, found.warnings) == ("", ())


ANSWERED = [
    "Can you come at 3? Reply YES or NO.",
    "please reply yes",
    "Text Y or N",
    "answer with yes or no please",
    "Just say yes or no",
    "Confirm with YES",
    "Is 9 am good, Y/N?",
    "yes or no?",
    "reply 1 for morning, 2 for afternoon",
    "Reply with a number from 1 to 5",
    "reply C to confirm",
    "Responda SÍ o NO",
    "Conteste S o N",
    "¿sí o no?",
    "conteste con un número",
    "Reply 'YES' to confirm your visit",
    'Reply "1" to confirm',
]


@pytest.mark.parametrize("words", ANSWERED)
def test_warns_where_a_short_reply_would_be_read_as_an_answer(words: str) -> None:
    warning = weigh(words).warnings[-1]
    assert "read as the answer to a check-in" in warning


@pytest.mark.parametrize("words", ["Reply STOP to end", "text HELP for help", "responda ALTO", "reply START"])
def test_warns_of_words_that_end_or_restart_the_texts(words: str) -> None:
    (warning,) = weigh(words).warnings
    assert "ends, restarts or explains the texts" in warning


@pytest.mark.parametrize(
    "words",
    [
        "Please call us when you can.",
        "Yes, Tuesday at 3 works.",
        "No need to come in tomorrow.",
        "Reply any time with how you feel.",
        "We got your text. Do two sets of 10.",
        "Si, el martes nos queda bien.",
        "Stop the exercise if it hurts.",
        "Do the exercise 3 times, one day on and one day off.",
        "Your answer helps us.",
    ],
)
def test_is_silent_otherwise(words: str) -> None:
    assert weigh(words).warnings == ()
