"""What a denied verb or a hedge speaks of: "havent had a cigarette", "kinda rough day" are no answers."""

from .clauses import CONNECTIVES, DOING, FOLLOWS, NEUTRAL, NOUNS, PLAIN_ANSWERS
from .lexicon import TABLES
from .numbers import WORDS as NUMBER_WORDS
from .phrases import Match, Words
from .tokens import Gap, Kind

TABLE = TABLES["exercises"]
NEGATED, NEGATED_PAIRS = frozenset(TABLE["negated"].split()), frozenset(TABLE["negated_pairs"].split())
ADVERBS, HAVING = frozenset(TABLE["adverbs"].split()), frozenset(TABLE["having"].split())
HAD, HEDGED = frozenset(TABLE["had"].split()), frozenset(TABLE["hedged"].split())
DONTS = frozenset({"dont", "wont", "doesnt"})
HEDGES, HEDGE_OPENS = frozenset(TABLE["hedges"].split()), frozenset(TABLE["hedge_opens"].split())
NEUTRAL_OR_HEDGE, HAVING_OR_HAD = NEUTRAL | HEDGES, HAVING | HAD
WHOLE_HEDGES = frozenset(tuple(hedge.split()) for hedge in TABLE["whole_hedges"])
HAVING_OR_HEDGED = HAVING | HEDGED
# "Yes we take the bus", "si soy Karen": who, and what besides exercises somebody has, takes or can do.
AFFIRMS, INTRODUCES = PLAIN_ANSWERS | {"si"}, frozenset({"soy", "habla", "its", "im"})
AFFIRMED_OF, OTHER_VERBS = frozenset(TABLE["affirmed_of"].split()), frozenset(TABLE["other_verbs"].split())
# "Yes my address changed".
THING_VERBS = frozenset({"changed", "is", "was", "has", "can", "will", "works", "expired", "cambio"})
NAMED_OR_DID = NOUNS | {"did", "done", "finished", "completed", "doing", "hice", "termine"}
OBJECT = frozenset({"@them", "@done", "@hice", "@named", "@group"})
KNOWN = NEUTRAL | CONNECTIVES | FOLLOWS | NOUNS | PLAIN_ANSWERS | DOING | NUMBER_WORDS.keys()


def denies_something_else(words: Words, match: Match) -> bool:
    """Return whether what was not done is no exercise ("havent had a cigarette", "no pude abrir la pagina")."""
    said = [words.tokens[place].text for place in match.places]
    said = said[1:] if len(said) > 1 and said[0] in ADVERBS else said
    if _denies_a_strange_verb(words, match, said):
        return True
    alone = len(said) == 1 and said[0] in NEGATED
    place = match.places[-1] + 1
    if said == ["no"] and _joins(words, place) and words.tokens[place].text in NEGATED_PAIRS:
        said.append(words.tokens[place].text)
        place += 1
    paired = len(said) == 2 and said[0] in {"no", "nunca"} and said[1] in NEGATED_PAIRS
    if not (alone or paired):
        return False
    while _joins(words, place) and words.tokens[place].text in ADVERBS:
        place += 1
    if not _joins(words, place):
        return False
    verb = words.tokens[place].text
    if verb in HAD:
        return _joins(words, place + 1) and not _is_known(words, place + 1, HAVING)
    return not _is_known(words, place, HAVING_OR_HAD)


def _denies_a_strange_verb(words: Words, match: Match, said: list[str]) -> bool:
    """Return whether a verb that no table explains stands between the words of a denial ("cant afford it")."""
    named = any(
        words.tokens[place].text != "it" and not OBJECT.isdisjoint(words.keys[place])
        for place in match.places
    )
    if said[0] not in NEGATED | DONTS or named:
        return False
    between = [
        place for place in match.span if place not in match.places and words.tokens[place].text not in ADVERBS
    ]
    return bool(between) and between[0] < match.places[-1] and not _is_known(words, between[0], HAVING_OR_HAD)


def hedges_something_else(words: Words, match: Match) -> bool:
    """Return whether a hedge shades another word than an exercise ("kinda rough day", "un poco de todo")."""
    if not all(words.tokens[place].text in HEDGES for place in match.places):
        return False
    if words.tokens[match.places[0]].text not in HEDGE_OPENS:
        return False
    after = match.places[-1] + 1
    while _joins(words, after) and words.tokens[after].text in {"of", "de", "a", "que"}:
        after += 1
    return _joins(words, after) and not _is_known(words, after, HEDGED)


def affirmed_elsewhere(words: Words) -> frozenset[int]:
    """Return the places of an opening yes that affirms another thing ("yes i have insurance", "si soy Karen")."""
    place = 0
    while place < len(words) and words.tokens[place].kind is Kind.NUMBER:
        place += 1
    if place >= len(words) or words.tokens[place].text not in AFFIRMS or not _joins(words, place + 1):
        return frozenset()
    end = place + 1
    while _joins(words, end) and words.tokens[end].text not in CONNECTIVES:
        end += 1
    clause = range(place + 1, end)
    if any(words.tokens[at].text in NAMED_OR_DID or not OBJECT.isdisjoint(words.keys[at]) for at in clause):
        return frozenset()
    return frozenset({place}) if _tells_of_another(words, place + 1) else frozenset()


def _tells_of_another(words: Words, place: int) -> bool:
    """Return whether a person or a thing is, has or can do something that is no exercise."""
    if words.tokens[place].text in INTRODUCES and _joins(words, place + 1):
        return words.tokens[place + 1].raw.istitle() and not words.keys[place + 1]
    if words.tokens[place].text not in AFFIRMED_OF:
        changed = place == 1 and _joins(words, place + 1) and words.tokens[place + 1].text in THING_VERBS
        return changed and not _is_known(words, place, HAVING_OR_HEDGED)
    place += 1
    while _joins(words, place) and words.tokens[place].text in ADVERBS:
        place += 1
    if not _joins(words, place) or words.tokens[place].text not in OTHER_VERBS:
        return False
    place += 1
    while _joins(words, place) and words.tokens[place].text in ADVERBS:
        place += 1
    return _joins(words, place) and not _is_known(words, place, HAVING_OR_HEDGED)


def bare_hedge(words: Words) -> frozenset[int]:
    """Return the places of a hedge that is all the text says ("ahi mas o menos"): of the pain or of the exercises."""
    said = [token.text for token in words.tokens]
    if any(text not in NEUTRAL_OR_HEDGE for text in said):
        return frozenset()
    hedged = any(
        tuple(said[place : place + len(hedge)]) in WHOLE_HEDGES
        for hedge in WHOLE_HEDGES
        for place in range(len(said))
    )
    if not hedged:
        return frozenset()
    return frozenset(place for place, text in enumerate(said) if text in HEDGES)


def _joins(words: Words, place: int) -> bool:
    """Return whether a word stands there that no sign parts from the one before."""
    return (
        place < len(words) and words.tokens[place].gap is Gap.NONE and words.tokens[place].kind is Kind.WORD
    )


def _is_known(words: Words, place: int, further: frozenset[str]) -> bool:
    text = words.tokens[place].text
    return text in KNOWN or text in further or not OBJECT.isdisjoint(words.keys[place])
