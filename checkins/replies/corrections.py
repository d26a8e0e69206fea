"""Answers that a patient takes back in the same text or the next ("No, I mean yes", "nvm just finished them")."""

from .lexicon import TABLES
from .phrases import Words
from .tokens import Gap, Kind

TABLE = TABLES["exercises"]
TAKING_BACK = frozenset(TABLE["taking_back"].split())
# Of these at least one must stand between; the others ("i", "it", "lol") only fill.
SURELY = TAKING_BACK - frozenset(TABLE["taking_back_fill"].split())
ANSWERS = frozenset(
    f"{TABLE['plain_answers']} {TABLE['opening_yes']} {TABLE['opening_no']} si did hice".split()
)
BARE = frozenset({"yes", "no", "nope", "yep", "si", "yeah", "nah"})
MENDS = frozenset({"wait", "oops", "actually", "perdon", "sorry"})
RESTATES = frozenset(TABLE["restates"].split())
# What may follow the answer that counts without a comma.
FOLLOWS = (
    RESTATES | frozenset(TABLE["explains"].split()) | frozenset({"today", "hoy", "not", "havent", "didnt"})
)
# A text that opens with one of these puts something in the place of the text before it, if it answers itself.
NEVER_MIND = (("nvm",), ("nevermind",), ("never", "mind"))
SAYS_SOMETHING = frozenset(
    {"@done", "@hice", "#", "yes", "si", "yep", "no", "not", "skipped", "skipping", "half"}
)


def answer_after(words: Words) -> int:
    """Return where the answer stands that takes the place of one before it, or 0 where none is taken back."""
    last = len(words) - 1
    if last > 0 and _closes(words, last):
        return last
    for place in range(last, 1, -1):
        if words.tokens[place].text not in ANSWERS or not _stands(words, place):
            continue
        start = place
        while start > 0 and words.tokens[start - 1].text in TAKING_BACK:
            start -= 1
        between = {token.text for token in words.tokens[start:place]}
        if start and between & SURELY and words.tokens[start - 1].text in ANSWERS:
            return place
    return 0


def _closes(words: Words, last: int) -> bool:
    """Return whether a bare answer is a last sentence of its own behind a correction ("yes... no wait ... no")."""
    token = words.tokens[last]
    alone = token.text in BARE and token.gap is Gap.SENTENCE
    return alone and any(before.text in MENDS for before in words.tokens[:last])


def _stands(words: Words, place: int) -> bool:
    if place + 1 == len(words):
        return True
    following = words.tokens[place + 1]
    return following.gap is not Gap.NONE or following.text in FOLLOWS


def puts_in_place(words: Words) -> bool:
    """Return whether "nvm" opens a text that gives the answer itself ("nvm just finished them")."""
    said = tuple(token.text for token in words.tokens[:2] if token.kind is Kind.WORD)
    return any(said[: len(opening)] == opening for opening in NEVER_MIND) and not SAYS_SOMETHING.isdisjoint(
        words.present
    )
