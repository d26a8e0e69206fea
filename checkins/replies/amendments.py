"""What a later text puts right in the one before it ("oops fat fingers 3", "wait no that was yesterday").

The words that only say so are taken off, and the answer behind them is read as if it stood alone.
"""

from collections.abc import Sequence

from .lexicon import TABLES, phrase_book
from .numbers import WORDS
from .phrases import Words
from .tokens import Gap, Kind, Token

TABLE = TABLES["amendments"]
MARKERS = frozenset(tuple(marker.split()) for marker in TABLE["markers"])
OPENING = frozenset(marker[0] for marker in MARKERS)
LONGEST = max(map(len, MARKERS))
FILL_BEFORE, FILL_BEHIND = frozenset(TABLE["fill_before"].split()), frozenset(TABLE["fill_behind"].split())
AFTER_NO = frozenset(TABLE["after_no"].split())
# So many words behind a bare "sorry" are an answer and no more.
EXCUSES, SHORT = frozenset(TABLE["excuses"].split()), 2
PLAIN = frozenset(tuple(each.split()) for each in TABLE["plain"])
PLAIN_WHEN, DID = frozenset(TABLE["plain_when"].split()), frozenset(TABLE["did"].split())
COUNTS_BEFORE, COUNTS_BEHIND = (frozenset(TABLE[name].split()) for name in ("counts_before", "counts_behind"))
# Signs that part or close what is said; a question mark asks.
PLAIN_SIGNS = frozenset('.,!*-/&+;:()"\n\u2026\u2013\u2014')
ARTICLES = frozenset(TABLE["articles"].split())
UNDONE = frozenset({"not", "but", "except", "pero", "menos", "half", "some", "most", "no"})
COMPLETED = phrase_book("amendments", sections=["completed"])
WITHDRAWN = phrase_book("amendments", sections=["withdrawn"])


def amended_from(words: Words, *, follows: bool) -> int:
    """Return where the answer begins behind words of correction ("oops typo 3"), or 0 where none open the text.

    Where it follows another text, "no wait" only opens the correction; in a first text the "no" answers.
    """
    said = [token.text for token in words.tokens]
    place = end = 0
    while place < len(said):
        step = _marker_at(said, place)
        if step:
            end = place = place + step
        elif said[place] in FILL_BEFORE or (
            follows and said[place] == "no" and AFTER_NO & set(said[place + 1 : place + 2])
        ):
            place += 1
        else:
            break
    while 0 < end < len(said) and (said[end] in FILL_BEHIND or _denies_the_score(words, end)):
        end += 1
    return end if end < len(said) else 0


def _denies_the_score(words: Words, place: int) -> bool:
    """Return whether a "no" stands right before a number, and so denies the score before it ("oops no 4")."""
    following = words.tokens[place + 1 : place + 2]
    return words.tokens[place].text == "no" and any(token.kind is Kind.NUMBER for token in following)


def _marker_at(said: list[str], place: int) -> int:
    """Return of how many words the longest marker is that stands at a place, or 0."""
    if said[place] not in OPENING:
        return 0
    return next(
        (size for size in range(LONGEST, 0, -1) if tuple(said[place : place + size]) in MARKERS),
        0,
    )


def withdrawn_until(words: Words) -> int | None:
    """Return where a text goes on after it says that the answer before it was of another day, else None.

    0 where nothing follows: "wait no that was yesterday" may still answer no.
    """
    start = amended_from(words, follows=True)
    match = WITHDRAWN.first(words.after(start))
    if match is None:
        return None
    after = start + match.places[-1] + 1
    if after < len(words) and words.tokens[after].gap is Gap.NONE:
        return None
    return after if after < len(words) else 0


def puts_right(words: Words) -> bool:
    """Return whether a text opens with words that put right an answer before it ("oops 5", "*5", "sorry 5").

    A bare "sorry" counts only where next to nothing but the answer follows.
    """
    said = [token.text for token in words.tokens]
    if amended_from(words, follows=True):
        return True
    excused = next((place for place, word in enumerate(said) if word not in EXCUSES), len(said))
    return 0 < excused < len(said) <= excused + SHORT


def is_plain(tokens: Sequence[Token]) -> bool:
    """Return whether nothing in a text is left unexplained but a correction, an answer and courtesies.

    "Actually 3 would be better" or "oops that 6 was my wife" may be about anything; a person reads them.
    """
    left = [token for token in tokens if token.text not in ARTICLES]
    said = [token.text for token in left]
    place = 0
    while place < len(said):
        step = _plain_at(left[place].kind, said, place)
        if not step:
            return False
        place += step
    return True


def _plain_at(kind: Kind, said: list[str], place: int) -> int:
    """Return of how many words that is which stands plain at a place, or 0 where it is not."""
    if kind is Kind.NUMBER or said[place] in WORDS:
        return 0 if _counts_else(said, place) else 1
    if kind is Kind.EMOJI or said[place] in PLAIN_SIGNS:
        return 1
    if said[place] in PLAIN_WHEN and not DID.isdisjoint(said):
        return 1
    return _marker_at(said, place) or next(
        (size for size in range(3, 0, -1) if tuple(said[place : place + size]) in PLAIN), 0
    )


def _counts_else(said: list[str], place: int) -> bool:
    before, behind = said[max(place - 1, 0) : place], said[place + 1 : place + 2]
    return not (COUNTS_BEFORE.isdisjoint(before) and COUNTS_BEHIND.isdisjoint(behind))


def completes(words: Words) -> bool:
    """Return whether a text says that what was left has been done ("went back and finished the rest")."""
    return COMPLETED.first(words) is not None and UNDONE.isdisjoint(words.present)
