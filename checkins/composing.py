"""Texts put together question by question, for the many sets that have no text of their own.

Like all texts of ours they need sign-off by a clinical lead and a qualified translator before going live.
"""

from collections.abc import Mapping, Sequence

from checkins.wording import PLAIN_LETTERS, WORDING_VERSION

COMPOSED = f"prompt.composed@{WORDING_VERSION}"
# In one text with others, to the patient; a question's words are filled in by its own name.
_PARTS = {
    "en": {
        "pain": "Pain, 0 to 10?",
        "exercises": "Exercises, Y or N?",
        "function": "How well can you {function}, 0 to 10?",
        "milestone": "Can you {milestone}? Y or N",
        "free": "{free}",
    },
    "es": {
        "pain": "Dolor, ¿0 a 10?",
        "exercises": "Ejercicios, ¿S o N?",
        "function": "¿Qué tan bien puede {function}, 0 a 10?",
        "milestone": "¿Puede {milestone}? S o N",
        "free": "{free}",
    },
}
# To a caregiver the person cared for is named once, at the beginning.
_CARED_PARTS = {
    "en": {
        "function": "How well can they {function}, 0 to 10?",
        "milestone": "Can they {milestone}? Y or N",
    },
    "es": {},
}
_CARED = {"en": "The person you care for: ", "es": "La persona que cuida: "}


def compose(
    items: Sequence[str],
    language: str,
    *,
    practice: str,
    words: Mapping[str, str],
    by_caregiver: bool = False,
) -> str:
    """Return a text that asks the questions in their order, numbered where they are several.

    `words` holds what the function, milestone and free questions are about; KeyError where one is missing.

    >>> compose(["pain", "milestone"], "en", practice="Oak", words={"milestone": "walk a mile"})
    'Oak: 1) Pain, 0 to 10? 2) Can you walk a mile? Y or N'
    """
    language = language if language in _PARTS else "en"
    asked = parts(items, language, words=words, by_caregiver=by_caregiver)
    if len(asked) > 1:
        asked = [f"{number}) {each}" for number, each in enumerate(asked, start=1)]
    cared = _CARED[language] if by_caregiver and list(items) != ["free"] else ""
    return f"{practice}: {cared}{' '.join(asked)}".translate(PLAIN_LETTERS)


def parts(
    items: Sequence[str], language: str, *, words: Mapping[str, str], by_caregiver: bool = False
) -> list[str]:
    """Return each question in its shortest words, for a patient or about the person a caregiver cares for."""
    known = _PARTS[language] | (_CARED_PARTS[language] if by_caregiver else {})
    return [known[item].format(**{item: words.get(item, "")}) for item in items]
