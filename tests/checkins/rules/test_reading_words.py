"""What was read, in plain words."""

import pytest

from checkins.reading_words import answers_in_words, recorded_in_words, rule_in_words, rules_in_words


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({}, ""),
        ({"pain": 6}, "Pain 6"),
        ({"pain": 6.5, "exercises": "partial"}, "Pain 6.5 · Exercises done in part"),
        ({"pain": {"low": 5, "high": 6}}, "Pain 5 to 6"),
        ({"function": 10, "exercises": "later"}, "Function 10 · Exercises to be done later"),
        ({"sleep": "well"}, "Sleep well"),
    ],
)
def test_answers(answers: dict[str, object], words: str) -> None:
    assert answers_in_words(answers) == words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("pain.number", "Pain: a number."),
        ("exercises.yes_letter", "Exercises: a letter for yes."),
        ("exercises.partial_count", "Exercises: how many were done."),
        ("missing.exercises", "Not answered: exercises."),
        ("missing.function_pain", "Not answered: function and pain."),
        ("unread", "Daybook could not read this: a person must."),
        ("red_flag.cardiac.pecho", "Holds words for chest or heart trouble."),
        ("red_flag.dvt.leg.denied", "Mentions a swollen or hot leg and says there is none."),
        ("red_flag.new.rule", "Holds words for danger."),
        ("consent.opt_out.keyword", "Asks to stop the texts."),
        ("consent.confirm_opt_in.leaning", "May want the texts again: a person looks."),
        ("reaction.emoji", "Reacts to a text of ours."),
        ("wrong_number.said", "Says that this is a wrong number."),
        ("media.no_words", "A picture without words."),
        ("media.kind", "Holds a picture or a file."),
        ("something.new", "By the rule something.new."),
    ],
)
def test_rules(rule: str, words: str) -> None:
    assert rule_in_words(rule) == words


def test_nothing_was_unreadable_when_nothing_was_asked() -> None:
    assert "could not read" not in rules_in_words(["unread"], is_unasked=True)[0]
    assert recorded_in_words(["unread"], is_unasked=True) == "A message, not an answer"
    assert recorded_in_words(["unread.nothing_open"], is_unasked=False) == "A message, not an answer"
    assert recorded_in_words(["unread"], is_unasked=False) == "Nothing recorded from this"


def test_each_rule_is_said_once() -> None:
    assert rules_in_words(["pain.number", "pain.number", "thanks"]) == ["Pain: a number.", "Says thanks."]
