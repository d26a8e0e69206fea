"""Whether a sign that a text names is denied there ("no chest pain", "my calf is not swollen")."""

from .lexicon import TABLES
from .phrases import Match, Words
from .tokens import Gap

TABLE = TABLES["negation"]
NEGATORS = frozenset(TABLE["negators"].split())
ANSWERS = frozenset(TABLE["answers"].split())
BREAKERS = frozenset(TABLE["breakers"].split())
SUBJECTS = frozenset(TABLE["subjects"].split())
NOT_DENYING_AFTER = frozenset(TABLE["not_denying_after"].split())
CONTRASTS = frozenset(TABLE["contrasts"].split())
FINE = frozenset(TABLE["fine"].split())
LISTS = frozenset(TABLE["lists"].split())
# After "no" these make it a Spanish negation ("no me he caido").
CLITICS = frozenset({"me", "se", "te", "le", "lo", "nos"})
# A negation reaches this many words ahead ("no fever or chills or redness today").
REACH = 6
# And a word of health this many words back ("breathing is just fine").
AFTER_REACH = 4


def is_denied(words: Words, match: Match, *, signs: frozenset[int]) -> bool:
    """Return whether a negation governs the match; `signs` are the positions of all danger words found.

    A negation that the phrase itself needs ("can't breathe") is part of the sign and denies nothing.
    """
    own = frozenset(match.places)
    if any(place not in own and _denies_inside(words, place) for place in match.span):
        return True
    return _denied_before(words, match.places[0], signs) or _fine_after(words, match)


def _denies_inside(words: Words, place: int) -> bool:
    text = words.tokens[place].text
    return (text in NEGATORS and _really_negates(words, place)) or text in FINE


def _really_negates(words: Words, place: int) -> bool:
    after = words.tokens[place + 1] if place + 1 < len(words) else None
    return after is None or after.text not in NOT_DENYING_AFTER


def _denied_before(words: Words, start: int, signs: frozenset[int]) -> bool:
    for place in range(start - 1, max(start - 1 - REACH, -1), -1):
        token = words.tokens[place]
        following = words.tokens[place + 1]
        if following.gap is Gap.SENTENCE or token.text in CONTRASTS:
            return False
        if following.gap is Gap.COMMA and not _in_list(words, place, signs):
            return False
        if token.text in NEGATORS and _really_negates(words, place):
            return not (token.text in ANSWERS and _is_answer(words, place, start))
        if token.text in BREAKERS and place not in signs:
            return False
    return False


def _in_list(words: Words, place: int, signs: frozenset[int]) -> bool:
    return place in signs or words.tokens[place].text in LISTS


def _is_answer(words: Words, place: int, start: int) -> bool:
    """Return whether "no" answers another question ("no, I fell"; "no my chest hurts") and denies nothing."""
    if words.tokens[place + 1].gap is not Gap.NONE:
        return True
    if words.tokens[place + 1].text in CLITICS:
        return False
    return any(words.tokens[between].text in SUBJECTS for between in range(place + 1, start + 1))


def _well_after(words: Words, place: int) -> bool:
    """Return whether a part of the body that alone raises a flag is said to be well ("calf isn't swollen")."""
    negated = False
    for token in words.tokens[place : place + AFTER_REACH]:
        if token.gap is Gap.SENTENCE or token.text in CONTRASTS:
            break
        if token.text in FINE:
            return not negated
        negated = negated or token.text in NEGATORS
    return negated


def _fine_after(words: Words, match: Match) -> bool:
    place = match.places[-1] + 1
    if place >= len(words):
        return False
    if len(match.places) == 1 and _well_after(words, place):
        return True
    return (
        words.tokens[place].text in {"no", "none", "negative"} and words.tokens[place].gap is not Gap.SENTENCE
    )
