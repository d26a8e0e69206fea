"""What the reader found in a text, said in plain words: values, and the rules that decided."""

from collections.abc import Mapping, Sequence

SIGNS = {
    "cardiac": "chest or heart trouble",
    "respiratory": "trouble breathing",
    "stroke": "signs of a stroke",
    "cauda_equina": "numbness or loss of control",
    "dvt": "a swollen or hot leg",
    "self_harm": "thoughts of self-harm",
    "overdose": "too much medicine",
    "allergy": "an allergic reaction",
    "abuse": "being hurt by somebody",
    "fall": "a fall",
    "syncope": "passing out",
    "injury": "a new injury",
    "infection": "signs of an infection",
    "severe_pain": "severe pain",
    "distress": "distress",
}
_ITEMS = {
    "pain": "Pain",
    "function": "Function",
    "exercises": "Exercises",
    "milestone": "Milestone",
    "free": "Free question",
}
_EXERCISES = {"yes": "done", "no": "not done", "partial": "done in part", "later": "to be done later"}
_MILESTONE = {"yes": "reached", "no": "not yet"}
_HOW = {
    "number": "a number",
    "range": "two numbers, kept as a range",
    "word": "a number word",
    "none": "a word for none",
    "yes_word": "a word for yes",
    "yes_letter": "a letter for yes",
    "no_word": "a word for no",
    "no_letter": "a letter for no",
    "later_word": "words for later",
    "partial_word": "words for partly",
    "partial_count": "how many were done",
    "yes_second": "the second of two answers",
    "no_second": "the second of two answers",
    "yes_both": "one answer for both",
    "no_both": "one answer for both",
    "yes_able": "words for being able to",
    "no_unable": "words for not being able to",
    "told": "words of their own, for you to read",
}
# Said of a text at which the reading itself failed, again and again.
FAILED = "It could not be read: read it yourself."
_WHOLE = {
    "unread": "Daybook could not read this: a person must.",
    "unread.nothing_open": "Nothing was asked at that time: a message for a person to answer.",
    "request": "Asks for something: a person must answer.",
    "question": "Asks a question: a person must answer.",
    "thanks": "Says thanks.",
    "puts_right": "Puts right an answer of before.",
    "auto_reply": "Reads like an automatic answer of the phone.",
    "carrier_notice": "Reads like a notice of the phone company.",
    "identify": "Asks who writes.",
    "empty": "Holds no words.",
    "language.other": "Seems to be in another language.",
}
_FAMILIES = {
    "consent": {
        "opt_out": "Asks to stop the texts.",
        "confirm_opt_out": "May want to stop the texts: asked back.",
        "leaning_clause": "May want to stop the texts: asked back.",
        "opt_in": "Asks for the texts again.",
        "confirm_opt_in": "May want the texts again: a person looks.",
    },
    "reaction": {},
    "media": {"no_words": "A picture without words.", "with_words": "Words with a picture."},
}
_PREFIXES = {
    "reaction": "Reacts to a text of ours.",
    "help": "Asks for help with the texts.",
    "wrong_number": "Says that this is a wrong number.",
    "media": "Holds a picture or a file.",
}


def answers_in_words(answers: Mapping[str, object]) -> str:
    """Say the recorded values in one line; empty when nothing was recorded.

    >>> answers_in_words({"pain": {"low": 5, "high": 6}, "exercises": "yes"})
    'Pain 5 to 6 · Exercises done'
    >>> answers_in_words({"milestone": "no", "free": True})
    'Milestone not yet · Free question answered in their words'
    """
    return " · ".join(
        f"{_ITEMS.get(item, item.title())} {_value(item, value)}" for item, value in answers.items()
    )


def rule_in_words(rule: str) -> str:
    """Say one rule of the reader in plain words; a rule without words of its own is named.

    >>> rule_in_words("pain.number")
    'Pain: a number.'
    """
    if rule in _WHOLE:
        return _WHOLE[rule]
    family, _, rest = rule.partition(".")
    if family == "red_flag":
        return _flag(rest)
    if family == "missing":
        return f"Not answered: {rest.replace('_', ' and ').replace('free', 'free question')}."
    if family in _ITEMS and rest in _HOW:
        return f"{_ITEMS[family]}: {_HOW[rest]}."
    known = _FAMILIES.get(family, {}).get(rest.partition(".")[0])
    return known or _PREFIXES.get(family) or f"By the rule {rule}."


def rules_in_words(rules: Sequence[str], *, is_unasked: bool = False) -> list[str]:
    """Say every rule once, in their order; what came while nothing was asked was never unreadable.

    >>> rules_in_words(["unread"], is_unasked=True)
    ['Nothing was asked at that time: a message for a person to answer.']
    """
    unread = {"unread": "unread.nothing_open"} if is_unasked else {}
    return list(dict.fromkeys(rule_in_words(unread.get(each, each)) for each in rules))


def recorded_in_words(rules: Sequence[str], *, is_unasked: bool) -> str:
    """Say what became of words of which no value was recorded.

    >>> recorded_in_words(["thanks"], is_unasked=True)
    'Nothing recorded from this'
    """
    if "puts_right" in rules:
        return "Puts right the answer before it"
    is_message = "unread.nothing_open" in rules or (is_unasked and "unread" in rules)
    return "A message, not an answer" if is_message else "Nothing recorded from this"


def _flag(rest: str) -> str:
    sign = SIGNS.get(rest.partition(".")[0], "danger")
    if rest.endswith(".denied"):
        return f"Mentions {sign} and says there is none."
    return f"Holds words for {sign}."


def _value(item: str, value: object) -> str:
    if value is True:
        return "answered in their words"
    if isinstance(value, Mapping):
        return f"{_number(value['low'])} to {_number(value['high'])}"
    if isinstance(value, str):
        return (_MILESTONE if item == "milestone" else _EXERCISES).get(value, value)
    return _number(value)


def _number(value: object) -> str:
    """A number as people write it: 6 for 6.0, 6.5 for 6.5."""
    return f"{value:g}" if isinstance(value, (int, float)) else str(value)
