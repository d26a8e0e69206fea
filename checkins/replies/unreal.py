"""Scores that a frame of several words makes unreal ("was going to say 6", "if I said 5 I'd be lying")."""

from .lexicon import phrase_book
from .phrases import Match, Words
from .tokens import Gap, Kind

GOVERNED = phrase_book("unreal", sections=["governed"])
LYING = phrase_book("unreal", sections=["before_lying"])
NUMBER, NUMERAL = "#", "@numeral"


def unreal_numbers(words: Words) -> frozenset[int]:
    """Return the offsets at which the numbers begin that one text wishes for, supposes or denies."""
    if words.present.isdisjoint({NUMBER, NUMERAL}):
        return frozenset()
    governed = [match for match in GOVERNED.find(words) if not _is_parted(words, match)]
    return frozenset(
        words.tokens[place].start
        for match in (*governed, *LYING.find(words))
        for place in match.places
        if words.tokens[place].kind is Kind.NUMBER or NUMERAL in words.keys[place]
    )


def _is_parted(words: Words, match: Match) -> bool:
    """Return whether a sign stands between the frame and the number ("can't say, a 5")."""
    return any(words.tokens[place].gap is not Gap.NONE for place in match.span[1:])
