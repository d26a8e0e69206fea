"""Which of the words found about the exercises are surely about them, and which stand in talk of something else."""

from collections.abc import Iterable, Sequence

from .lexicon import TABLES
from .numbers import WORDS as NUMBER_WORDS
from .phrases import Match, Words
from .tokens import Gap, Kind, Token

TABLE = TABLES["exercises"]
NEUTRAL, CONNECTIVES = frozenset(TABLE["neutral"].split()), frozenset(TABLE["connectives"].split())
NOUNS, DOING = frozenset(TABLE["nouns"].split()), frozenset(TABLE["doing"].split())
OBJECT = frozenset({"@them"})
# An exercise named this near after the words is what they speak of ("some of my stretches").
NOUN_REACH = 2
# These answer wherever a clause begins with them, whatever follows ("yep fell right into the routine").
PLAIN_ANSWERS = frozenset(TABLE["plain_answers"].split())
BARE_ANSWERS = frozenset(f"{TABLE['opening_yes']} {TABLE['opening_no']}".split())
# "No me los quiten": before these a Spanish "no" denies a verb and answers nothing.
TAKES_OBJECT, FOLLOWS = frozenset(TABLE["takes_object"].split()), frozenset(TABLE["follows"].split())
# "Done with this weather": what is done stands behind these.
POINTING = frozenset({"with", "de", "this", "that", "these", "those"})
# "Done with work", "finished work late" are not about the exercises.
ERRANDS = frozenset({"work", "working", "lunch", "dinner", "breakfast"})
DONE = frozenset({"done", "finished", "through", "finish", "completed"})
# "Did laundry today": a verb, an object that is no exercise, and only then the word that made it an answer.
LOOSE = frozenset(["no", "some", "sum", "few", "couple", "half", "part", "algo", "unos", "unas", "varios"])
DOES = (TAKES_OBJECT - LOOSE) | {"did"}
EXERCISE_KEYS = frozenset({"@them", "@named", "@group", "@limb"})
EXERCISE_WORDS = NOUNS | {"ones", "thing", "things", "list", "sheet", "mine", "part", "all", "everything"}
EXERCISE_UNITS = frozenset(TABLES["numbers"]["exercise_units"].split())
# "Got the car done" tells of the car.
SAID_OF, COPULAS = frozenset({"done", "listo"}), frozenset({"is", "are", "were", "was"})
EXPLAINS = frozenset({"because", "cuz", "bc", "porque", "pq"})
CLITICS = frozenset({"me", "te", "se", "le", "les", "nos"})
# Words that an answer about the exercises may have beside it, besides those that say nothing further; and answers
# that mean them wherever they stand.
EXPLAINED = frozenset(f"{TABLE['explained']} {TABLE['having']} {TABLE['hedged']}".split()) | FOLLOWS | NOUNS
BESIDE_AN_ANSWER = NEUTRAL | CONNECTIVES | NOUNS | PLAIN_ANSWERS | EXPLAINED | {"they", "theyre"}
SURELY_MEANT = frozenset(TABLE["surely_meant"].split())
PLAIN_OR_SURE = PLAIN_ANSWERS | SURELY_MEANT
MANY_PLACES, TWO = 3, 2
GONE = frozenset({"headed", "bound", "gotta", "had", "got", "was", "were", "went", "off"})
LEFT_OUT, TODAY = frozenset({"skipped", "skipping", "skip"}), frozenset({"today", "tonight", "em", "them"})
# So many further words in the same clause speak of something else ("no me los quiten", "some nights I wish ...").
MOST_OTHER_WORDS = 3


def clauses_of(words: Words) -> list[range]:
    """Return the places of the clauses: a sign, a number or a word such as "and" or "but" parts them."""
    found: list[range] = []
    start = 0
    for place, token in enumerate(words.tokens):
        parts = _is_number(token) or token.text in CONNECTIVES
        if parts or token.gap is not Gap.NONE:
            if place > start:
                found.append(range(start, place))
            start = place + parts
    if start < len(words):
        found.append(range(start, len(words)))
    return found


def _is_number(token: Token) -> bool:
    return token.kind is Kind.NUMBER or token.text in NUMBER_WORDS


def bare_clauses(words: Words, answers: frozenset[str]) -> list[int]:
    """Return the places of the given words that are a clause each ("power was out so no. pain 5")."""
    return [
        clause[0]
        for clause in clauses_of(words)
        if len(clause) == 1 and words.tokens[clause[0]].text in answers
    ]


# "4 no sorry 3".
PUTTING_RIGHT = frozenset(
    {"sorry", "wait", "i", "mean", "meant", "actually", "oops", "perdon", "digo", "its", "make", "it", "es"}
)


def _corrects(words: Words, place: int) -> bool:
    """Return whether a "no" between two numbers takes back the first ("un 5... no, un 4")."""
    after = place + 1
    while after < len(words) and words.tokens[after].text in PUTTING_RIGHT:
        after += 1
    return (
        place > 0
        and after < len(words)
        and _is_number(words.tokens[place - 1])
        and _is_number(words.tokens[after])
    )


def taken_back(words: Words) -> frozenset[int]:
    """Return the places of a "no" that corrects a number; only sure while one number was asked for."""
    return frozenset(
        place for place, token in enumerate(words.tokens) if token.text == "no" and _corrects(words, place)
    )


def own_clauses(words: Words, matches: Iterable[Match]) -> frozenset[int]:
    """Return the places of the clauses that say only what the matches say ("did half" before "then I fell")."""
    covered = {place for match in matches for place in match.places}
    return frozenset(
        place
        for clause in clauses_of(words)
        if covered & set(clause)
        and all(inside in covered or words.tokens[inside].text in NEUTRAL for inside in clause)
        for place in clause
    )


def far_from_exercises(words: Words, matches: Sequence[Match]) -> frozenset[int]:
    """Return the places of the clauses that speak of something else for the most part."""
    covered = {place for match in matches for place in match.span}
    named = {
        place
        for match in matches
        if _names_exercises(words, match) or _stands_by(words, match) or _tells_of_today(words, match)
        for place in match.places
    }
    few = MOST_OTHER_WORDS if any(_is_surely_meant(words, match) for match in matches) else 1
    return frozenset(
        place
        for clause in clauses_of(words)
        if not named & set(clause) and _is_of_other_things(words, clause, covered, few)
        for place in clause
    )


def _tells_of_today(words: Words, match: Match) -> bool:
    """Return whether the text opens with what was left out and goes on with why ("skipped today going to ...")."""
    after = match.places[-1] + 1
    opens = match.places[0] == 0 and words.tokens[0].text in LEFT_OUT
    told = opens and len(match.places) == TWO and words.tokens[match.places[-1]].text in TODAY
    return (
        told
        and after < len(words)
        and (words.tokens[after].text.endswith("ing") or words.tokens[after].text in GONE)
    )


def _is_surely_meant(words: Words, match: Match) -> bool:
    """Return whether a plain yes or no, or a wording of several words, needs no further proof."""
    plain = words.tokens[match.places[0]].text in PLAIN_OR_SURE
    return plain or len(match.places) >= MANY_PLACES or match.rule.endswith(".whole")


def _is_of_other_things(words: Words, clause: range, covered: set[int], few: int) -> bool:
    """Return whether the clause tells of other things: three words that say more, or as many unexplained as `few`."""
    others = [
        words.tokens[place].text
        for place in clause
        if place not in covered
        and words.tokens[place].kind is Kind.WORD
        and words.tokens[place].text not in NEUTRAL
    ]
    strangers = sum(text not in EXPLAINED for text in others)
    return len(others) >= MOST_OTHER_WORDS or strangers >= few


def surely_said(words: Words, matches: Sequence[Match], own: frozenset[int]) -> list[Match]:
    """Return the matches that fill a clause of their own or name the exercises."""
    return [
        match
        for match in matches
        if not _is_weary(words, match)
        and (own.issuperset(match.places) or _names_exercises(words, match) or _stands_by(words, match))
    ]


def _is_weary(words: Words, match: Match) -> bool:
    """Return whether "I'm done" may mean worse than finished, as beside a danger sign or a wish to stop."""
    place = match.places[0]
    return words.tokens[place].text in DONE and place > 0 and words.tokens[place - 1].text in {"im", "am"}


def _stands_by(words: Words, match: Match) -> bool:
    """Return whether a bare yes or no stands beside a number or ends the text ("pain two yes", "... so no")."""
    place = match.places[0]
    if len(match.places) > 1 or words.tokens[place].text not in BARE_ANSWERS:
        return False
    after = words.tokens[place + 1] if place + 1 < len(words) else None
    before = words.tokens[place - 1] if place else None
    opens = (
        place == 0
        or words.tokens[place].gap is not Gap.NONE
        or (before is not None and before.text in CONNECTIVES)
    )
    if opens and words.tokens[place].text in PLAIN_ANSWERS:
        return True
    joined = before is not None and _is_number(before)
    ends = after is None or _is_number(after)
    subject = place - 2 if place > 1 and before is not None and before.text in COPULAS else place - 1
    said_of = words.tokens[place].text in SAID_OF and not opens and not _is_explained(words, subject)
    return joined or (ends and not said_of)


def _is_explained(words: Words, place: int) -> bool:
    """Return whether a word says nothing further beside an answer, or names an exercise."""
    token = words.tokens[place]
    return (
        token.text in BESIDE_AN_ANSWER or _is_number(token) or not EXERCISE_KEYS.isdisjoint(words.keys[place])
    )


def steps_over_an_object(words: Words, match: Match) -> bool:
    """Return whether an object that is no exercise stands within the match ("did laundry today")."""
    if words.tokens[match.places[0]].text not in DOES or len(match.places) == len(match.span):
        return False
    if any(
        words.tokens[place].text in EXERCISE_WORDS or not EXERCISE_KEYS.isdisjoint(words.keys[place])
        for place in match.span
    ):
        return False
    first = match.places[0] + 1
    return words.tokens[first].text in ERRANDS or any(
        words.tokens[place].kind is Kind.WORD and not _is_explained(words, place)
        for place in match.span
        if place not in match.places
    )


def speaks_of_an_object(words: Words, match: Match, covered: frozenset[int]) -> bool:
    """Return whether a verb, a "no" or a "some" alone has an object that is no exercise ("forgot my umbrella")."""
    after = match.places[-1] + 1
    open_ended = len(match.places) == 1 or words.tokens[match.places[-1]].text in POINTING
    if words.tokens[match.places[0]].text not in TAKES_OBJECT or not open_ended or after >= len(words):
        return False
    while (
        after + 1 < len(words)
        and words.tokens[after].text in POINTING
        and words.tokens[after + 1].gap is Gap.NONE
    ):
        after += 1
    counted = after
    while counted + 1 < len(words) and _is_number(words.tokens[counted]) and _continues(words, counted + 1):
        counted += 1
    if counted > after and words.tokens[match.places[0]].text in DOES:
        # "Did 3 loads of laundry".
        return not (_is_explained(words, counted) or words.tokens[counted].text in FOLLOWS | EXERCISE_UNITS)
    following = words.tokens[after]
    known = (
        after in covered
        or _is_number(following)
        or following.text in NEUTRAL | CONNECTIVES | NOUNS | PLAIN_ANSWERS
        or (following.text in FOLLOWS and not _is_errand(words.tokens[match.places[0]].text, following.text))
    )
    return not (known or following.gap is not Gap.NONE or following.kind is not Kind.WORD)


def _continues(words: Words, place: int) -> bool:
    return words.tokens[place].gap is Gap.NONE and words.tokens[place].kind is Kind.WORD


def _is_errand(done: str, following: str) -> bool:
    return done in DONE and following in ERRANDS


def counts_over_a_comma(words: Words, match: Match) -> bool:
    """Return whether a number of the match stands apart from the words before it ("nomas, 1 si")."""
    return any(
        words.tokens[place].kind is Kind.NUMBER and words.tokens[place].gap is not Gap.NONE
        for place in match.places[1:]
    )


def answers_beside_a_number(words: Words) -> bool:
    """Return whether a bare yes or no stands beside a number, so that nothing else need be looked for ("1 y")."""
    return any(
        token.text in BARE_ANSWERS and place and _is_number(words.tokens[place - 1]) and _closes(words, place)
        for place, token in enumerate(words.tokens)
    )


def _closes(words: Words, place: int) -> bool:
    return place + 1 == len(words) or words.tokens[place + 1].gap is not Gap.NONE


def answers_apart(words: Words) -> frozenset[int]:
    """Return the places of a "no" that stands apart from what follows ("no porque me falta el aire", "6 no, ...")."""
    return frozenset(
        place
        for place, token in enumerate(words.tokens[:-1])
        if token.text == "no"
        and (place == 0 or _is_number(words.tokens[place - 1]))
        and (words.tokens[place + 1].text in EXPLAINS or words.tokens[place + 1].gap is not Gap.NONE)
    )


def denies_the_next(words: Words, match: Match) -> bool:
    """Return whether a bare "no" belongs to what follows and answers nothing ("no me los quiten")."""
    after = match.places[-1] + 1
    if len(match.places) > 1 or words.tokens[match.places[0]].text != "no" or after >= len(words):
        return False
    following = words.tokens[after]
    shouting = all(token.raw.isupper() for token in words.tokens)
    named = following.raw[:1].isupper() and len(following.raw) > 1 and not words.keys[after] and not shouting
    return following.gap is Gap.NONE and (following.text in CLITICS or named)


def _names_exercises(words: Words, match: Match) -> bool:
    keys = [words.keys[place] for place in match.places]
    said = {words.tokens[place].text for place in match.places}
    done = any(not DOING.isdisjoint(key) for key in keys) or bool(said & DOING)
    near = range(match.places[0], min(match.places[-1] + 1 + NOUN_REACH, len(words)))
    if done and (
        said & (PLAIN_ANSWERS | {"si", "mine", "hers"})
        or ("ya" in said and len(match.places) > TWO)
        or any(not OBJECT.isdisjoint(words.keys[place]) for place in near)
    ):
        return True
    start = max(match.places[0] - 1, 0)
    if (
        start < match.places[0]
        and words.tokens[start].text in NOUNS
        and words.tokens[match.places[0]].gap is Gap.NONE
    ):
        return True
    apart = next((place for place in near[1:] if words.tokens[place].gap is not Gap.NONE), near.stop)
    return any(words.tokens[place].text in NOUNS for place in near if place < apart)
