"""What a patient taps on the one-tap page, as the words that the reader reads: the same facts as a text."""

from dataclasses import dataclass

LONGEST_NOTE = 600
_NUMBER_WORDS = {"pain": "Pain", "function": "Function"}
_EXERCISES = {"yes": "Yes", "no": "No", "partial": "Some"}
_MILESTONE = {"yes": "Yes", "no": "Not yet"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to tap: what is sent and what stands on it, in both languages."""

    value: str
    en: str
    es: str


NUMBERS: tuple[Choice, ...] = tuple(Choice(str(each), str(each), str(each)) for each in range(11))
EXERCISES: tuple[Choice, ...] = (
    Choice("yes", "Yes", "Sí"),
    Choice("partial", "Some of them", "Algunos"),
    Choice("no", "No", "No"),
)

MILESTONE: tuple[Choice, ...] = (Choice("yes", "Yes", "Sí"), Choice("no", "Not yet", "Todavía no"))


def choices_for(item: str) -> tuple[Choice, ...]:
    """Return what can be tapped for a question, nothing for a written one; KeyError for one it cannot ask."""
    return {
        "pain": NUMBERS,
        "function": NUMBERS,
        "exercises": EXERCISES,
        "milestone": MILESTONE,
        "free": (),
    }[item]


def words_for(item: str, value: str) -> str:
    """Return an answer in words, such as "Pain 6"; ValueError for what nobody could have tapped.

    >>> words_for("pain", "6")
    'Pain 6'
    >>> words_for("exercises", "partial")
    'Some'
    >>> words_for("free", " My shoe pinches ")
    'My shoe pinches'
    """
    if item == "free" and 0 < len(value.strip()) <= LONGEST_NOTE:
        return value.strip()
    if item == "milestone" and value in _MILESTONE:
        return _MILESTONE[value]
    if item in _NUMBER_WORDS and value in {each.value for each in NUMBERS}:
        return f"{_NUMBER_WORDS[item]} {value}"
    if item == "exercises" and value in _EXERCISES:
        return _EXERCISES[value]
    if item == "free":
        raise ValueError(f"Write a few words, at most {LONGEST_NOTE} letters, or call us.")
    raise ValueError("Tap one of the answers on the page.")
