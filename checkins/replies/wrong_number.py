"""Texts from somebody else: the number is not our patient's."""

from .lexicon import TABLES, VOCABULARY, phrase_book
from .phrases import Words
from .reading import Evidence
from .red_flags import evidence_of
from .tokens import Gap, Kind, Token
from .vocabulary import Keys

SAID = phrase_book("messages", sections=["wrong_number"])
NAME_FOLLOWS = phrase_book("messages", sections=["not_me"])
TAKEN_BACK = phrase_book("messages", sections=["retraction"])
NOT_NAMES = frozenset(TABLES["names"]["not_names"].split())
AFTER_A_NAME = frozenset(TABLES["names"]["after_a_name"].split())
BARE = frozenset({"not", "isnt", "dont know", "no es", "no conozco"})


def find_wrong_number(words: Words) -> Evidence | None:
    """Return what says that we text the wrong person, or None.

    "Not Maria" counts with any name; a word that is no name ("this is not working") does not.
    """
    match = SAID.first(words)
    if match is not None:
        return evidence_of(words, match, f"wrong_number.{match.rule.split('.')[1]}")
    for match in NAME_FOLLOWS.find(words):
        place = match.places[-1] + 1
        if _is_name(words, place, capital=words.tokens[match.places[0]].text in BARE):
            return evidence_of(words, match, "wrong_number.not_the_named_person")
    return None


def is_retraction(words: Words) -> bool:
    """Return whether the text takes back the one before ("oops wrong person")."""
    return TAKEN_BACK.first(words) is not None


def retracts_further(words: Words) -> bool:
    """Return whether more than its first word takes the text before it back ("nvm not for you")."""
    return any(match.places[0] > 0 for match in TAKEN_BACK.find(words))


def after_retraction(words: Words) -> int:
    """Return where the sentence behind a retraction begins ("wrong person. pain is 3"); the end if none follows."""
    match = TAKEN_BACK.first(words)
    last = match.places[-1] if match is not None else len(words)
    following = range(last + 1, len(words))
    return next((place for place in following if words.tokens[place].gap is Gap.SENTENCE), len(words))


def _is_known(token: Token, keys: Keys) -> bool:
    """Return whether the tables name the word; one with a capital may be a name that only begins like a stem."""
    return token.text in VOCABULARY.words() or (bool(keys) and not token.raw[:1].isupper())


def _is_name(words: Words, place: int, *, capital: bool) -> bool:
    if place >= len(words):
        return False
    token = words.tokens[place]
    if (
        token.kind is not Kind.WORD
        or token.gap is not Gap.NONE
        or token.text in NOT_NAMES
        or _is_known(token, words.keys[place])
    ):
        return False
    shouting = all(word.raw.isupper() for word in words.tokens)
    if capital and (not token.raw[:1].isupper() or shouting):
        return False
    for word in words.tokens[place + 1 : place + 3]:
        if word.gap is not Gap.NONE:
            return True
        if word.text not in AFTER_A_NAME and not word.raw[:1].isupper():
            return False
    return True
