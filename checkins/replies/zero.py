"""Words that say "no pain" as plainly as our own label for 0 does."""

from .lexicon import phrase_book
from .phrases import Words
from .reading import Evidence
from .red_flags import evidence_of

LOOK_ALIKES = phrase_book("zero", sections=["look_alike"])
SAID = phrase_book("zero", sections=["zero"])
ONE_WORD = phrase_book("zero", sections=["zero_word"])


def find_no_pain(words: Words, *, only_question: bool) -> Evidence | None:
    """Return what says that there is no pain; a bare "none" counts only if pain is the only question."""
    masked = frozenset(place for match in LOOK_ALIKES.find(words) for place in match.span)
    searched = words.without(masked)
    match = SAID.first(searched)
    if match is None and only_question:
        match = ONE_WORD.first(searched)
    return evidence_of(words, match, "pain.none") if match else None
