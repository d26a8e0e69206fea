"""A STOP with one slip of the thumb ("srop texting", "sotp pls"), where the text is of texts or says no more."""

from dataclasses import replace

from .lexicon import VOCABULARY
from .phrases import Match, Words
from .shorthand import thumb_slips
from .tokens import Gap, Kind

STOP = "stop"
# One slip from "stop" and words themselves: only right before "texting" are they meant as "stop".
REAL_WORDS = frozenset(
    {"top", "sop", "spot", "shop", "atop", "step", "stoop", "strop", "slop", "sto", "stow"}
)
# The verb itself, in its own forms, is no slip.
FORMS = frozenset({"stop", "stopp", "stops"})
SLIPS = (
    thumb_slips(STOP)
    | {STOP[:place] + STOP[place + 1 :] for place in range(len(STOP))}
    | {"spot", "stpop", "sotop", "tstop", "sttpo", "stopo", "stpp"}
) - FORMS
# "St op" is read as this slip, its second half as a courtesy.
HALVED, COURTESY = "stpo", "please"
STARTS = SLIPS | {STOP[:place] for place in range(1, len(STOP))}
# What may stand beside it where the whole text is nothing else ("sotp pls", "ok dtop it now").
BESIDE = frozenset(
    [
        "please",
        "pls",
        "plz",
        "plse",
        "now",
        "already",
        "thanks",
        "thank",
        "thx",
        "you",
        "sir",
        "maam",
        "ok",
        "okay",
        "hi",
        "hey",
        "hello",
        "just",
        "it",
        "this",
        "these",
        "those",
        "that",
        "them",
        "asap",
        "immediately",
        "today",
        "yes",
        "favor",
        "gracias",
        "por",
        "ya",
        "esto",
    ]
)
# "Can you srop texting me".
ASKING = frozenset(
    {"can", "could", "would", "will", "kindly", "i", "said", "want", "to", "and", "you", "yall"}
)
TEXTS = frozenset({"@texts", "@texting", "@contact", "@mensajes", "@mandar"})
NUMBER_OF_OURS = frozenset({"number", "phone", "line", "numero"})
VERB_REACH = 1


def with_stop_mended(words: Words) -> tuple[Words, int] | None:
    """Return the words with the one misspelt "stop" as it should be, and its place; None where there is none."""
    if not any(token.text in STARTS for token in words.tokens):
        return None
    words = _with_halves_joined(words)
    places = [place for place, token in enumerate(words.tokens) if token.text in SLIPS]
    if len(places) != 1 or not _opens(words, places[0]):
        return None
    place = places[0]
    if words.tokens[place].text in REAL_WORDS and not _texting_follows(words, place):
        return None
    tokens, keys = list(words.tokens), list(words.keys)
    tokens[place] = replace(tokens[place], text=STOP)
    keys[place] = VOCABULARY.keys(STOP)
    return Words(tuple(tokens), tuple(keys)), place


def _with_halves_joined(words: Words) -> Words:
    """Return the words with "st op" as a slip and a courtesy, so that the places stay."""
    tokens, keys = list(words.tokens), list(words.keys)
    for place, (token, following) in enumerate(zip(words.tokens, words.tokens[1:], strict=False)):
        if token.text + following.text == STOP and following.gap is Gap.NONE:
            tokens[place] = replace(token, text=HALVED)
            tokens[place + 1] = replace(following, text=COURTESY)
            keys[place + 1] = VOCABULARY.keys(COURTESY)
    return Words(tuple(tokens), tuple(keys))


def names_the_texts(words: Words, match: Match, place: int) -> bool:
    """Return whether a match that holds the mended word speaks of texts or of a number."""
    following = range(place + 1, len(words))
    named = any(
        not TEXTS.isdisjoint(words.keys[after]) or words.tokens[after].text in NUMBER_OF_OURS
        for after in following
    )
    return place in match.span and named


def is_bare_wish(words: Words, place: int) -> bool:
    """Return whether nothing but courtesy and "it" or "this" stands beside the mended word."""
    others = [token for at, token in enumerate(words.tokens) if at != place]
    return all(token.text in BESIDE or token.kind is not Kind.WORD for token in others)


def _opens(words: Words, place: int) -> bool:
    """Return whether the word opens the text or a clause, or only courtesy comes before it."""
    before = words.tokens[:place]
    return words.tokens[place].gap is not Gap.NONE or all(token.text in BESIDE | ASKING for token in before)


def _texting_follows(words: Words, place: int) -> bool:
    near = words.keys[place + 1 : place + 2 + VERB_REACH]
    return any("@texting" in keys for keys in near)
