"""Words that say "no pain" as plainly as our own label for 0 does."""

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from .lexicon import TABLES, phrase_book
from .phrases import Words
from .reading import Evidence
from .red_flags import evidence_of
from .tokens import Kind, Token, fold

LOOK_ALIKES = phrase_book("zero", sections=["look_alike"])
SAID = phrase_book("zero", sections=["zero"])
# The prompt's own labels: "0 (none) to 10 (worst)".
LABEL = re.compile(r"\b(0|10) \(([^()\n]{1,40})\)")
FIRST = phrase_book("zero", sections=["zero_first"])
ONE_WORD = phrase_book("zero", sections=["zero_word"])
# What may follow such a word: time, thanks, blessings, people spoken to ("nada hoy bendito sea Dios").
TAIL = frozenset(TABLES["zero"]["tail"].split())


def find_no_pain_first(words: Words) -> tuple[Evidence, frozenset[int]] | None:
    """Return what says "no pain" before the answer to the second question ("none and yep"), and its place."""
    match = FIRST.first(words)
    if match is None:
        return None
    word = replace(match, places=match.places[:1])
    return evidence_of(words, word, "pain.none"), frozenset(word.places)


def find_no_pain(words: Words, *, only_question: bool) -> Evidence | None:
    """Return what says that there is no pain; a bare "none" counts only if pain is the only question."""
    masked = frozenset(place for match in LOOK_ALIKES.find(words) for place in match.span)
    searched = words.without(masked)
    match = SAID.first(searched)
    if match is None and only_question and not any(token.kind is Kind.NUMBER for token in words.tokens):
        match = ONE_WORD.first(searched)
        if match is not None and any(
            token.text not in TAIL
            for token in words.tokens[match.places[-1] + 1 :]
            if token.kind is Kind.WORD
        ):
            return None
    return evidence_of(words, match, "pain.none") if match else None


def find_label(tokens: Sequence[Token], prompt: str | None) -> tuple[Decimal, Evidence] | None:
    """Return the end of the scale whose label in our prompt the whole text repeats ("not at all")."""
    said = [token for token in tokens if token.kind is not Kind.MARK]
    for value, label in LABEL.findall(prompt or ""):
        if said and [token.text for token in said] == [fold(word) for word in label.split()]:
            first, last = said[0], said[-1]
            words = " ".join(token.raw for token in said)
            return Decimal(value), Evidence("score.label", first.index, first.start, last.end, words)
    return None
