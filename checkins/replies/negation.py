"""Whether a sign that a text names is denied there ("no chest pain", "my calf is not swollen")."""

from itertools import pairwise

from .lexicon import TABLES
from .phrases import Match, Words
from .tokens import Gap

TABLE = TABLES["negation"]
NEGATORS = frozenset(TABLE["negators"].split())
ANSWERS = frozenset(TABLE["answers"].split())
BREAKERS = frozenset(TABLE["breakers"].split())
SUBJECTS = frozenset(TABLE["subjects"].split())
NOT_DENYING_AFTER = frozenset(TABLE["not_denying_after"].split())
AFTER_DENIAL = frozenset(TABLE["after_denial"].split())
NOBODY = frozenset({"nobody", "noone", "nadie", "ninguno"})
CONTRASTS = frozenset(TABLE["contrasts"].split())
DEEDS = frozenset(TABLE["deeds"].split())
FINE = frozenset(TABLE["fine"].split())
LISTS = frozenset(TABLE["lists"].split())
# "No siento nada": in Spanish a second negation bears out the first and denies nothing.
CONCORD, OPEN_CONCORD = frozenset(TABLE["concord"].split()), frozenset({"no", "sin", "nunca", "tampoco"})
# "Never had one this bad" bears a sign out.
EVER, THIS_BAD = frozenset({"never", "nunca", "jamas"}), frozenset(TABLE["this_bad"].split())
# "Never got hives this time" denies.
OCCASIONS = frozenset({"time", "week", "month", "year", "vez", "semana"})
THIS_BAD_REACH = 5
# "No he tenido fiebre": the Spanish verb and not an English "he".
HAVE_IN_SPANISH = frozenset({"he", "ha", "han", "hemos", "habia"})
# After a sign these say that it is not there ("asked about numbness, I don't have any").
DENIED_LATER = tuple(tuple(line.split()) for line in TABLE["denied_later"].splitlines() if line)
# "No me da de comer y me jala": a new verb after "and" is not denied any more.
ANDS, NEW_CLAUSE = (
    frozenset({"y", "and"}),
    frozenset({"me", "se", "te", "i", "im", "its", "it", "now", "estoy", "tengo", "siento", "ahora"}),
)
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
    if any(place not in own and _denies_inside(words, place, own) for place in match.span):
        return True
    return (
        _denied_before(words, match.places[0], signs)
        or _fine_after(words, match)
        or _denied_later(words, match)
        or _only_supposed(words, match.places[0])
    )


def _denies_inside(words: Words, place: int, own: frozenset[int]) -> bool:
    text = words.tokens[place].text
    if text in CONCORD and any(words.tokens[before].text in OPEN_CONCORD for before in own if before < place):
        return False
    return (text in NEGATORS and _really_negates(words, place)) or text in FINE


def _really_negates(words: Words, place: int) -> bool:
    after = words.tokens[place + 1] if place + 1 < len(words) else None
    if words.tokens[place].text in EVER:
        following = [token.text for token in words.tokens[place + 1 : place + 1 + THIS_BAD_REACH]]
        times = {before for before, word in pairwise(following) if word in OCCASIONS}
        if set(following) & THIS_BAD - times:
            return False
    if words.tokens[place].text == "sin" and after is not None and after.text == "poder":
        return False
    if after is not None and after.text == "se" and place + 2 < len(words):
        return words.tokens[place + 2].text in CLITICS | HAVE_IN_SPANISH
    return after is None or after.text not in NOT_DENYING_AFTER


def _denied_before(words: Words, start: int, signs: frozenset[int]) -> bool:
    for place in range(start - 1, max(start - 1 - REACH, -1), -1):
        token = words.tokens[place]
        following = words.tokens[place + 1]
        if following.gap is Gap.SENTENCE or token.text in CONTRASTS:
            return False
        if following.gap is Gap.COMMA and not _in_list(words, place, signs):
            return False
        if token.text in ANDS and following.text in NEW_CLAUSE:
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
    if words.tokens[place + 1].text in CLITICS or _is_spanish_perfect(words, place + 1):
        return False
    return any(words.tokens[between].text in SUBJECTS for between in range(place + 1, start + 1))


def _is_spanish_perfect(words: Words, place: int) -> bool:
    verb = words.tokens[place + 1].text if place + 1 < len(words) else ""
    return words.tokens[place].text in HAVE_IN_SPANISH and verb.endswith(("ado", "ido", "cho", "sto", "lto"))


def _only_supposed(words: Words, start: int) -> bool:
    """Return whether the sign is asked about for some day ("if I ever get a fever", "si algún día me da fiebre")."""
    said: list[str] = []
    for place in range(start - 1, max(start - 1 - REACH, -1), -1):
        if words.tokens[place + 1].gap is Gap.SENTENCE:
            break
        said.append(words.tokens[place].text)
    return {"if", "ever"} <= set(said) or {"si", "algun", "dia"} <= set(said)


def _denied_later(words: Words, match: Match) -> bool:
    """Return whether what follows the sign says that it is not there ("asked about numbness, i dont have any")."""
    after = words.tokens[match.places[-1] + 1 : match.places[-1] + 1 + REACH]
    said = tuple(token.text for token in after)
    return any(
        said[start : start + len(denial)] == denial
        and (start + len(denial) == len(said) or after[start + len(denial)].gap is not Gap.NONE)
        for start in range(min(3, len(said)))
        for denial in DENIED_LATER
    )


def _well_after(words: Words, place: int) -> bool:
    """Return whether a part of the body that alone raises a flag is said to be well ("calf isn't swollen")."""
    negated = False
    for at in range(place, min(place + AFTER_REACH, len(words))):
        token = words.tokens[at]
        if token.gap is Gap.SENTENCE or token.text in CONTRASTS or _begins_with_nobody(words, at):
            break
        if token.text in FINE:
            return not negated
        negated = negated or (token.text in NEGATORS and token.text not in EVER)
    return negated


def _begins_with_nobody(words: Words, place: int) -> bool:
    """Return whether "nobody" is the one that does something: "I fell and nobody called me back" denies no fall."""
    text = words.tokens[place].text
    return text in NOBODY or (
        text == "no" and place + 1 < len(words) and words.tokens[place + 1].text == "one"
    )


def _fine_after(words: Words, match: Match) -> bool:
    place = match.places[-1] + 1
    if place >= len(words):
        return False
    is_deed = words.tokens[match.places[-1]].text in DEEDS
    if len(match.places) == 1 and not is_deed and _well_after(words, place):
        return True
    if words.tokens[place].text not in {"no", "none", "negative"} or words.tokens[place].gap is Gap.SENTENCE:
        return False
    # "Chest pain: no" denies; "chest pain no one answers", "fell, no ride to the ER" do not.
    after = words.tokens[place + 1] if place + 1 < len(words) else None
    return after is None or after.gap is not Gap.NONE or after.text in AFTER_DENIAL
