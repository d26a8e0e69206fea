"""What a later text puts right in the one before it ("oops fat fingers 3", "wait no that was yesterday").

The words that only say so are taken off, and the answer behind them is read as if it stood alone.
"""

from .lexicon import TABLES, phrase_book
from .phrases import Words
from .tokens import Gap, Kind

TABLE = TABLES["amendments"]
MARKERS = frozenset(tuple(marker.split()) for marker in TABLE["markers"])
OPENING = frozenset(marker[0] for marker in MARKERS)
LONGEST = max(map(len, MARKERS))
FILL_BEFORE, FILL_BEHIND = frozenset(TABLE["fill_before"].split()), frozenset(TABLE["fill_behind"].split())
AFTER_NO = frozenset(TABLE["after_no"].split())
# So many words behind a bare "sorry" are an answer and no more.
EXCUSES, SHORT = frozenset(TABLE["excuses"].split()), 2
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
    """Return whether a text says outright that it puts right an answer before it ("oops 5", "*5", "sorry 5").

    A bare "sorry" counts only where next to nothing but the answer follows.
    """
    said = [token.text for token in words.tokens]
    if amended_from(words, follows=True):
        return True
    excused = next((place for place, word in enumerate(said) if word not in EXCUSES), len(said))
    return 0 < excused < len(said) <= excused + SHORT


def completes(words: Words) -> bool:
    """Return whether a text says that what was left has been done ("went back and finished the rest")."""
    return COMPLETED.first(words) is not None and UNDONE.isdisjoint(words.present)
