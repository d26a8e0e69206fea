"""What staff should know of a text while they write it: what it costs, and which words draw answers that get read."""

import re
from dataclasses import dataclass

from checkins.segments import count_segments

LONGEST = 1_600  # characters; Twilio's API document of 2026-04
TOO_LONG = "Shorten the text to 1,600 characters."

_ASK = (
    r"(?:reply|replies|text|txt|answer|respond|say|write|type|send|confirm|conteste|contesta|responda|responde"
    r"|escriba|escribe|diga|mande|env[ií]e|confirme)"
)
_WITH = (
    r"(?:\s+(?:me|us|back|just|only|please|with|by|the|word|a|con|la|palabra|s[oó]lo|un|una|por|favor)){0,3}"
)
_QUOTE = "[\"'“”‘’«»(]?"
_SHORT = r"(?:yes|no|y|n|s[ií]|s|c|ok|okay|number|n[uú]mero|\d{1,2})"
_KEYWORD = r"(?:stop|stopall|end|quit|cancel|unsubscribe|start|unstop|help|info|alto|parar|cancelar|ayuda)"
# Bounded repeats of single words only: nothing here backtracks without bound.
_ANSWERS = (
    re.compile(rf"\b{_ASK}{_WITH}\s+{_QUOTE}{_SHORT}\b", re.IGNORECASE),
    re.compile(r"\b(?:yes|s[ií])\s*(?:/|or|o)\s*no\b", re.IGNORECASE),
    re.compile(r"\b(?:y\s*(?:/|or)\s*n|s\s*(?:/|o)\s*n)\b", re.IGNORECASE),
)
_KEYWORDS = re.compile(rf"\b{_ASK}{_WITH}\s+{_QUOTE}{_KEYWORD}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a text costs, "" where there is none yet, and gentle sentences about its words."""

    cost: str
    warnings: tuple[str, ...]


def weigh(words: str) -> Weighed:
    """Return what staff should know of a text before it goes; nothing here keeps it from going.

    Of a text that is too long the first 1,600 characters are weighed, and it is said.

    >>> weigh("Can you come at 3? Reply YES or NO.").cost
    '35 letters, 1 segment'
    """
    words = words.strip()
    if not words:
        return Weighed("", ())
    too_long = TOO_LONG if len(words) > LONGEST else None
    words = words[:LONGEST]
    counted = count_segments(words)
    plural = "" if counted.count == 1 else "s"
    found = [too_long, counted.warning, _read_as_answer(words), _read_as_keyword(words)]
    return Weighed(
        f"{'More than ' if too_long else ''}{len(words)} letters, {counted.count} segment{plural}",
        tuple(each for each in found if each),
    )


def _read_as_answer(words: str) -> str | None:
    match = next((found for found in (each.search(words) for each in _ANSWERS) if found), None)
    if match is None:
        return None
    return (
        f"“{match.group().strip()}” asks for a short reply. While a check-in waits, a bare yes, no or number is read"
        " as the answer to a check-in, not to you. Ask for a few words, or ask them to call."
    )


def _read_as_keyword(words: str) -> str | None:
    match = _KEYWORDS.search(words)
    if match is None:
        return None
    return f"“{match.group().strip()}” asks for a word that ends, restarts or explains the texts. Word it otherwise."
