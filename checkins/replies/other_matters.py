"""Answers to something else: visits, papers, questions to the staff, chores, other people's exercises."""

from .clauses import CONNECTIVES, EXERCISE_UNITS, EXPLAINED, FOLLOWS, NEUTRAL, NOUNS, PLAIN_ANSWERS
from .lexicon import TABLES
from .numbers import WORDS as NUMBER_WORDS
from .objects import affirmed_elsewhere
from .phrases import Match, Words
from .surroundings import is_plural
from .tokens import Gap, Kind, Token

TABLE = TABLES["exercises"]


def _set(name: str) -> frozenset[str]:
    return frozenset(TABLE[name].split())


# Visits, papers and money; days that are confirmed or declined; verbs of coming and moving.
BUSINESS, WEEKDAYS, COMING = _set("business"), _set("weekdays"), _set("coming")
NO = frozenset({"no", "nope", "nah", "naw", "nop", "nel", "noup"})
YES = (PLAIN_ANSWERS | {"si"}) - NO
ANSWERS = YES | NO
DID = _set("did_words")
# "No i had a doctors appt" tells why nothing was done.
TOLD = _set("told")
PERSONS, VERBS_OF_ANSWERS = (
    frozenset({"i", "we", "he", "she", "they", "ive", "weve"}),
    _set("verbs_of_answers"),
)
ADVERBS = _set("adverbs") | frozenset({"already", "also", "then", "finally", "ya"})
KNOWN = (
    NEUTRAL
    | CONNECTIVES
    | FOLLOWS
    | NOUNS
    | PLAIN_ANSWERS
    | EXPLAINED
    | NUMBER_WORDS.keys()
    | VERBS_OF_ANSWERS
    | DID
)
# "Will the exercises be done for good ...", "do I have to ...": the verb before its subject asks.
INVERTED = {
    **dict.fromkeys(
        ("do", "does", "will", "are", "am", "is", "can", "could", "should", "would", "may", "must", "shall"),
        _set("asked_subjects"),
    ),
    **dict.fromkeys(
        ("did", "have", "has", "were", "was"), frozenset({"you", "u", "yall", "they", "i", "we"})
    ),
}
# "Can you believe it, i did all of them" asks nothing; "is it" may tell in slang.
RHETORICAL = frozenset({"believe", "tell"})
# What is half done is the last thing named ("painted the fence, half done").
CHORES, OF_A_CHORE = _set("chores"), _set("of_a_chore")
WORKED_ON = _set("worked_on")
# "Just waxed my car": the verb stands near the beginning.
FEW_WORDS = 3
# What may open where and when something was done.
ADVERBIAL = _set("adverbial")
# "My sister did her exercises": people who seldom answer for a patient.
OTHERS = _set("other_people")
# "I gave you all 5 stars": so many words may stand between.
DO_THEM = frozenset({"@them"})
ONES_OWN = frozenset({"mio", "mia", "mios", "mias"})
ONESELF, SAID = frozenset({"i", "we", "ive", "mine", "yo"}), frozenset({"said", "dijo"})


def other_matters(words: Words) -> frozenset[int]:
    """Return the places of words that seem to answer about the exercises and speak of something else."""
    return (
        _of_business(words) | _asked(words) | _of_chores(words) | _of_others(words) | _said_by_others(words)
    )


def spans_a_chore(words: Words, match: Match) -> bool:
    """Return whether a chore stands within a match or right behind it ("half my emails")."""
    after = match.places[-1] + 1
    if (
        after < len(words)
        and words.tokens[after].gap is Gap.NONE
        and words.tokens[after].text in CHORES
        and words.tokens[match.places[-1]].text in OF_A_CHORE
    ):
        return True
    return any(words.tokens[place].text in CHORES for place in match.span if place not in match.places)


def counts_a_thing(words: Words, match: Match) -> bool:
    """Return whether the number that ends a match counts what is no exercise ("all 5 stars")."""
    last, after = match.places[-1], match.places[-1] + 1
    if after >= len(words) or words.tokens[after].gap is not Gap.NONE:
        return False
    counted = words.tokens[last].kind is Kind.NUMBER or words.tokens[last].text in NUMBER_WORDS
    following = words.tokens[after].text
    return counted and is_plural(following) and following not in NOUNS | EXERCISE_UNITS


def _of_business(words: Words) -> frozenset[int]:
    """Return the places of the yes and no of a text that answers about visits, papers or other doings."""
    answers = [place for place, token in enumerate(words.tokens) if token.text in ANSWERS]
    if not answers:
        return frozenset()
    another = [place for place in answers if _opens(words, place) and _answers_another(words, place)]
    if not another and not affirmed_elsewhere(words):
        return frozenset()
    if any(token.text in NOUNS for token in words.tokens):
        return frozenset(another)
    return frozenset(answers).union(*(_clause(words, start + 1) for start in another))


def _opens(words: Words, place: int) -> bool:
    return (
        place == 0 or words.tokens[place].gap is not Gap.NONE or words.tokens[place - 1].kind is Kind.NUMBER
    )


def _clause(words: Words, start: int) -> range:
    end = start
    while end < len(words) and words.tokens[end].text not in CONNECTIVES:
        if words.tokens[end].gap is not Gap.NONE and not (end == start and end == 1):
            break
        end += 1
    return range(start, end)


def _answers_another(words: Words, place: int) -> bool:
    clause = _clause(words, place + 1)
    said = {words.tokens[at].text for at in clause}
    if not clause or said & NOUNS:
        return False
    denies = words.tokens[place].text in NO
    if not denies and place == 0 and _tells_more(words, clause, said):
        return True
    if said & BUSINESS and not (denies and said & TOLD):
        return True
    apart = words.tokens[clause[0]].gap is not Gap.NONE
    if _does_another_thing(words, clause) and not apart and words.tokens[place].text in YES:
        return True
    if said & DID or any(words.tokens[at].text in {"them", "em", "los"} for at in clause):
        return bool(said & WEEKDAYS and {"cant", "do"} <= said)
    dated = bool(said & WEEKDAYS) or ({"be", "there"} <= said)
    return dated and (words.tokens[place].text in YES or bool(said & COMING))


def _tells_more(words: Words, clause: range, said: set[str]) -> bool:
    """Return whether an unexplained word stands in what is joined to a yes ("yes the 9am slot").

    Where, when and with whom may be told in any words ("yes in the parking lot at Loves").
    """
    if words.tokens[clause[0]].gap is not Gap.NONE or words.tokens[clause[0]].text in ADVERBIAL:
        return False
    if said & (DID | {"do"}) or not DO_THEM.isdisjoint(frozenset().union(*(words.keys[at] for at in clause))):
        return False
    return any(not _is_known(words, at) for at in clause)


def _does_another_thing(words: Words, clause: range) -> bool:
    """Return whether somebody did what no word here explains ("yes we parked in the back lot")."""
    place = clause[0]
    if words.tokens[place].text not in PERSONS:
        return False
    place += 1
    while place in clause and words.tokens[place].text in ADVERBS:
        place += 1
    if place not in clause or place + 1 not in clause:
        return False
    return not _is_known(words, place) and not any(
        words.tokens[at].text in DID | {"them", "em"} for at in clause
    )


def _is_known(words: Words, place: int) -> bool:
    token = words.tokens[place]
    return token.text in KNOWN or token.kind is not Kind.WORD or not DO_THEM.isdisjoint(words.keys[place])


def _asked(words: Words) -> frozenset[int]:
    """Return the places of a clause whose verb stands before its subject, up to a sign."""
    places: set[int] = set()
    for place, token in enumerate(words.tokens[:-2]):
        subjects = INVERTED.get(token.text)
        if subjects is None or not _opens(words, place) or words.tokens[place + 1].gap is not Gap.NONE:
            continue
        if words.tokens[place + 1].text not in subjects or words.tokens[place + 2].text in RHETORICAL:
            continue
        end = place + 1
        while end < len(words) and words.tokens[end].gap is Gap.NONE:
            end += 1
        places.update(range(place, end))
    return frozenset(places)


def _of_chores(words: Words) -> frozenset[int]:
    """Return the places of "half done" and the like behind a chore, up to the end of the sentence."""
    first = next((at for at, token in enumerate(words.tokens) if token.text in CHORES), None)
    if first is None:
        first = next((at for at in range(1, len(words)) if _is_finished(words, at)), None)
    if first is None or any(token.text in NOUNS for token in words.tokens):
        return frozenset()
    places: set[int] = set()
    for place in range(first + 1, len(words)):
        token = words.tokens[place]
        if token.gap is Gap.SENTENCE or token.text in ANSWERS or _did_them(words, place):
            break
        if token.text in OF_A_CHORE:
            places.add(place)
    return frozenset(places)


def _is_finished(words: Words, place: int) -> bool:
    """Return whether an unexplained thing was finished ("finished my scarf, all done")."""
    before, token = words.tokens[place - 1], words.tokens[place]
    worked = (
        (before.text.endswith("ed") and before.text not in KNOWN) or before.text in WORKED_ON
    ) and place <= FEW_WORDS
    return (worked or before.text == "finished") and token.gap is Gap.NONE and not _is_known(words, place)


def _did_them(words: Words, place: int) -> bool:
    following = words.tokens[place + 1].text if place + 1 < len(words) else ""
    return words.tokens[place].text in DID | {"didnt", "do", "doing"} and following in {
        "them",
        "em",
        "mine",
        "all",
    }


def _of_others(words: Words) -> frozenset[int]:
    """Return the places of what somebody did who is not the patient ("my sister did her exercises")."""
    places: set[int] = set()
    for place, token in enumerate(words.tokens[:-1]):
        if token.text not in OTHERS:
            continue
        end = place + 1
        while (
            end < len(words)
            and words.tokens[end].gap is Gap.NONE
            and words.tokens[end].text not in ANSWERS
            and not _turns_to_oneself(words, end)
        ):
            end += 1
        if _acts(words.tokens[place + 1 : end]):
            places.update(range(place + 1, end))
    return frozenset(places)


def _turns_to_oneself(words: Words, place: int) -> bool:
    """Return whether "and i" or "but we" begins there what the patient did."""
    following = words.tokens[place + 1 : place + 2]
    return words.tokens[place].text in CONNECTIVES and bool(following) and following[0].text in ONESELF


def _said_by_others(words: Words) -> frozenset[int]:
    """Return the place of a yes or no that another said ("she said yes!!") or that is of a thing ("el mio si")."""
    if any(token.text in NOUNS or token.kind is Kind.NUMBER for token in words.tokens):
        return frozenset()
    return frozenset(
        place
        for place in range(2, len(words))
        if words.tokens[place].text in ANSWERS
        and (
            (words.tokens[place - 1].text in SAID and words.tokens[place - 2].text not in ONESELF)
            or words.tokens[place - 1].text in ONES_OWN
        )
        and DO_THEM.isdisjoint(words.present)
    )


def _acts(tokens: tuple[Token, ...]) -> bool:
    said = [token.text for token in tokens if token.text not in ADVERBS]
    return (
        "said" in said
        or said[:1] in (["does"], ["skipped"], ["hasnt"], ["didnt"])
        or bool(set(said[:1]) & DID)
    )
