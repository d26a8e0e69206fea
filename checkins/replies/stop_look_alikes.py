"""What only sounds like a wish to stop ("bus stop", "cancel my 4"), and when it is one all the same."""

from .lexicon import phrase_book
from .phrases import Match, Words
from .tokens import Gap, Kind

LOOK_ALIKES = phrase_book("consent", sections=["not_consent"])
# A whole-message CANCEL may be about a visit, and leaving therapy concerns the clinician: staff hear of both.
STAFF_WORDS = frozenset(
    {
        "cancel",
        "cancelar",
        "discharge",
        "therapy",
        "terapia",
        "pt",
        "program",
        "programa",
        "clinic",
        "call",
        "called",
        "calls",
        "file",
        "llamada",
        "llamen",
    }
)
PLAIN_KEYWORDS = frozenset({"stop", "stopall", "unsubscribe", "optout", "alto", "paren"})
# "Stop my pain is fine now" tells of the pain; "stop the pain" asks for help.
HURTING, IS_OR_WAS = (
    frozenset({"pain", "dolor", "knee", "back", "hip"}),
    frozenset({"is", "was", "has", "went", "hurts"}),
)
SCALE = frozenset({"bajo", "medio", "go", "or", "and", "o", "y"})
# "Can these be stopped", "I want these stopped".
HALTED, PASSIVE = "stopped", frozenset({"be", "get", "these", "those", "them"})
GETTING = frozenset({"getting", "receiving", "answering", "replying", "responding"})
# A wish of its own after a comma: "no chest pain, and please stop the texts", "ya no mas, dejen de mandar".
ASKS = frozenset({"please", "pls", "plz", "favor", "dejen", "deje", "paren"})
# "Not interested, remove me"; in "don't remove me" no sign parts the two.
REMOVALS = frozenset(
    [
        "remove",
        "delete",
        "erase",
        "drop",
        "take",
        "unsubscribe",
        "lose",
        "quitenme",
        "quiteme",
        "saquenme",
        "saqueme",
        "borrenme",
        "borreme",
        "eliminenme",
        "quiten",
        "saquen",
        "borren",
        "eliminen",
        "cancelen",
    ]
)
STOPPING = frozenset({"stop", "stopping", "quit", "quitting", "cancel", "end", "done"})
MAY = frozenset({"can", "could"})


def look_alikes(words: Words) -> frozenset[int]:
    """Return the places of words that sound like a wish to stop and are none."""
    return frozenset(
        place for match in LOOK_ALIKES.find(words) if not _is_apart(words, match) for place in match.span
    )


def cancelled_hours(words: Words, kept: tuple[int, ...]) -> frozenset[int]:
    """Return the places among the kept words of a "cancel" with an hour behind it ("cancel my 4")."""
    return frozenset(
        at
        for at, place in enumerate(kept)
        if words.tokens[place].text in STAFF_WORDS
        and place + 1 < len(words)
        and words.tokens[place + 1].kind is Kind.NUMBER
        and words.tokens[place + 1].gap is Gap.NONE
    )


def _is_apart(words: Words, match: Match) -> bool:
    """Return whether a look-alike runs over a comma or names the texts ("no pain, stop the texts")."""
    if _opens_with_a_stop(words, match) or _is_passive(words, match):
        return True
    said = {words.tokens[place].text for place in match.span}
    if words.tokens[match.places[0]].text in MAY and "not" in said:
        return True  # "Can you not text this number".
    starts = {words.tokens[place].text for place in match.span[1:] if words.tokens[place].gap is not Gap.NONE}
    if any(
        words.tokens[place].gap is Gap.SENTENCE and words.tokens[place].text in PLAIN_KEYWORDS
        for place in match.span[1:]
    ):
        return True  # "Chest pain. STOP".
    return (bool(starts) and bool(said & ASKS or starts & REMOVALS)) or _of_texts(words, match)


def _is_passive(words: Words, match: Match) -> bool:
    """Return whether a lone "stopped" is what is wished for ("I'd like these texts stopped")."""
    place = match.places[0]
    if len(match.places) > 1 or words.tokens[place].text != HALTED:
        return False
    if any(token.text in GETTING for token in words.tokens[place + 1 : place + 2]):
        return True
    return place > 0 and (words.tokens[place - 1].text in PASSIVE or "@texts" in words.keys[place - 1])


def _opens_with_a_stop(words: Words, match: Match) -> bool:
    """Return whether the look-alike is a STOP of its own and a reason behind it ("stop, my pain is worse")."""
    place = match.places[0]
    opens = place == 0 or words.tokens[place].gap is Gap.SENTENCE
    following = words.tokens[place + 1 : place + 3]
    if not opens or words.tokens[place].text not in PLAIN_KEYWORDS or not following:
        return False
    if following[0].text in SCALE:
        return False
    tells = len(following) > 1 and following[1].gap is Gap.NONE and following[1].text in IS_OR_WAS
    return following[0].gap is not Gap.NONE or (following[0].text in HURTING and tells)


def _of_texts(words: Words, match: Match) -> bool:
    """Return whether what looks like stopping something else names the texts ("stop doing these surveys")."""
    following = range(match.places[-1] + 1, min(match.places[-1] + 3, len(words)))
    named = any("@texts" in words.keys[place] for place in following)
    return named and words.tokens[match.places[0]].text in STOPPING
