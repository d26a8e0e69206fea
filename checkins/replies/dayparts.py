"""A part of the day that is no plan: of a score ("about a 6 tonight"), or of what was done ("did them tonight")."""

from .lexicon import TABLES
from .phrases import Match, Words
from .tokens import Gap, Kind

TABLE = TABLES["exercises"]
DAYPARTS, PAST = frozenset(TABLE["dayparts"].split()), frozenset(TABLE["past_verbs"].split())
MISSED, FUTURE = frozenset(TABLE["missed_verbs"].split()), frozenset(TABLE["future_words"].split())
PLANS = frozenset(TABLE["plan_words"].split())
# "Its a 3 after dinner".
HOUR_ONLY = ".hour_only"
# "Yes, noon and after supper".
OPENING_YES = frozenset(TABLE["opening_yes"].split()) - {"y", "s", "done", "listo"}
# These are over when Daybook asks.
IN_THE_MORNING = frozenset({"morning", "breakfast", "desayuno", "misa"})
AND = frozenset({"and", "y", "n", "&"})
TIMES_OF_DAY = DAYPARTS | AND | frozenset(TABLE["times_of_day"].split())
BETWEEN = frozenset({"en", "por", "la", "in", "the"})
BEFORE_A_SCORE = frozenset({"y", "n", "yes", "no", "si", "and", "but", "pero"})


def times_a_score(words: Words, match: Match, scored: frozenset[int]) -> bool:
    """Return whether the time is that of the score right before it; `scored` are the offsets of the scores.

    "6 tonight" alone may answer two questions; with words before the number it is a sentence about the pain.
    """
    after_an_hour = match.rule.endswith(HOUR_ONLY)
    if after_an_hour and _is_all_but_a_score(words, match, scored):
        return True  # "6 after work": how it was then, or when they will be done.
    if not (after_an_hour or _is_only_a_time(words, match, "about around at on in like en por la como")):
        return False
    times = (place for place in match.places if words.tokens[place].text in DAYPARTS)
    time = match.places[0] if after_an_hour else next(times)
    number = time - 1
    while number > 0 and words.tokens[number].text in DAYPARTS | BETWEEN:
        number -= 1
    apart = any(words.tokens[place].gap is not Gap.NONE for place in range(number + 1, time + 1))
    if number < 1 or apart or words.tokens[number].start not in scored:
        return False
    lead = words.tokens[number - 1]
    return lead.kind is Kind.WORD and lead.text not in BEFORE_A_SCORE and words.tokens[number].gap is Gap.NONE


def _is_all_but_a_score(words: Words, match: Match, scored: frozenset[int]) -> bool:
    """Return whether the text is a score and the time, and no more."""
    number = match.places[0] - 1
    joined = number == 0 and words.tokens[match.places[0]].gap is Gap.NONE
    return joined and words.tokens[0].start in scored and match.places[-1] == len(words) - 1


def tells_when_done(words: Words, match: Match) -> bool:
    """Return whether something was done or missed then ("he completed them this afternoon"), and not planned."""
    if not _is_only_a_time(words, match, "en por la in"):
        return False
    said: set[str] = set()
    for place in range(match.places[0] - 1, -1, -1):
        if words.tokens[place + 1].gap is not Gap.NONE:
            break
        said.add(words.tokens[place].text)
    if said & MISSED:
        return not said & FUTURE
    return bool(said & PAST) and not said & PLANS


def tells_both_times(words: Words) -> bool:
    """Return whether two times that a yes opens are when it was done ("yep, morning and before bed")."""
    said = [token.text for token in words.tokens]
    joined = (
        any(word in AND for word in said[2:-1]) or bool(IN_THE_MORNING & set(said[1:])) or "both" in said[1:2]
    )
    return joined and said[0] in OPENING_YES and set(said[1:]) <= TIMES_OF_DAY


def _is_only_a_time(words: Words, match: Match, besides: str) -> bool:
    known = DAYPARTS | set(besides.split())
    said = [words.tokens[place] for place in match.places]
    timed = any(token.text in DAYPARTS for token in said)
    return timed and all(token.kind is Kind.NUMBER or token.text in known for token in said)
