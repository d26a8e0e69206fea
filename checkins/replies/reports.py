"""A score and what the day was like, with no sign between ("8 hung 40 sheets", "hauled hay till dark 5").

Grammar tells them apart: a number above one counts no noun in the singular, and a number behind a whole sentence
about the day's work counts nothing that stands before it.
"""

from .neighbors import word_set
from .numbers import TOP, Shape
from .surroundings import PREFIXES, UNITS, Around, is_plural
from .tokens import Gap, Kind, Token

# What happened to a thing named in the singular ("7 kitchen got slammed").
HAPPENED, GROUPS, COMPOUNDS = word_set("happened"), word_set("groups"), word_set("compounds")
# The day's work ("raked leaves till supper 6"), and what may stand before its verb.
TOIL, TOLD_BY = word_set("toil"), word_set("told_by")
ARRIVED, FROM = (
    frozenset({"off", "home", "back", "in", "done"}),
    frozenset({"from", "the", "my", "a", "with", "work"}),
)
# "Back from the mill 7", "just walked in from the shop 6".
CAME = frozenset({"got", "walked", "came", "made", "rolled", "pulled"})
SAT = frozenset({"sat", "sit", "laid", "lay", "got", "settled"})
# Behind these a number names or times something ("drove the bus 5", "took her home 3").
NO_END = word_set("no_end") | PREFIXES | UNITS
FEWEST = 3
THERAPY = frozenset(
    {"pt", "therapy", "rehab", "session", "exercises", "stretches", "terapia", "sesion", "ejercicios"}
)
AROUND_THERAPY, REACH_OF_THERAPY = frozenset({"before", "after", "antes", "despues"}), 4
DAY = frozenset({"day", "morning", "mornin", "afternoon", "night", "week", "dia", "manana", "tarde", "noche"})
WHOLE = frozenset({"all", "whole", "entire", "todo", "toda"})


def tells_what_happened(around: Around, following: list[Token]) -> bool:
    """Return whether a thing in the singular and what it did follow a score that opens the text."""
    if not _opens(around) or around.number.value <= 1 or following[0].text in COMPOUNDS:
        return False
    for place, token in enumerate(following):
        if token.text in HAPPENED:
            return place > 0
        if token.text in GROUPS or is_plural(token.text) or (place == 0 and token.text in UNITS):
            return False
    return False


def closes_a_report(around: Around) -> bool:
    """Return whether the number stands last behind a sentence about the day's work."""
    words = around.before
    plain = around.number.shape is Shape.PLAIN and around.token.kind is Kind.NUMBER
    if not plain or not 0 < around.number.value <= TOP or around.after or around.token.gap is not Gap.NONE:
        return False
    start = 0
    while start < len(words) and words[start].text in TOLD_BY:
        start += 1
    if len(words) < FEWEST or start >= len(words) or any(token.kind is Kind.NUMBER for token in words):
        return False
    told = [token.text for token in words[start:]]
    if told[-1] == "down":
        return len(told) > 1 and told[-2] in SAT
    if (told[-1] in NO_END and not _lasts(told)) or is_plural(told[-1]):
        return False
    if told[0] in CAME:
        return (
            start > 0
            and len(told) >= FEWEST
            and told[1] in ARRIVED
            and bool(set(told[2:]) & FROM | {told[1]} & {"off"})
        )
    if told[0] in {"back", "home"}:
        return told[1] == "from" and len(told) >= FEWEST
    return told[0] in TOIL and len(told) > 1


def is_timed_by_therapy(around: Around) -> bool:
    """Return whether therapy right before the number says when it was ("3 before pt 6 after")."""
    words = [token.text for token in around.before[-REACH_OF_THERAPY:]]
    joined = bool(words) and around.token.gap is Gap.NONE and around.number.value <= TOP
    return joined and words[-1] in THERAPY and bool(AROUND_THERAPY & set(words[:-1]))


def _lasts(told: list[str]) -> bool:
    """Return whether a whole part of the day closes the report ("stacked wood all morning 4")."""
    return told[-1] in DAY and bool(WHOLE & set(told[-3:-1]))


def _opens(around: Around) -> bool:
    number = around.number
    return (
        number.shape is Shape.PLAIN
        and number.value <= TOP
        and all(token.kind is Kind.MARK for token in around.tokens[: number.first])
    )
