"""Numbers that something else in the text claims: a thing that is rated, a price, the weather, a child's age, a joke.

A number is a score of the pain only where nothing else claims it.
"""

from itertools import pairwise

from .clauses import CONNECTIVES
from .neighbors import PAIN, word_set
from .numbers import TOP, Shape
from .numbers import WORDS as NUMBER_WORDS
from .strangers import EXPLAINED, KNOWN, NO_PERSONS, TIMES
from .surroundings import CHILDREN, LAUGHS, Around
from .tokens import Gap, Kind, Token
from .vocabulary import one_slip_apart

# "My coffee is a 10": what is no pain and no part of the body, and what may stand between it and its mark.
RATED, BODY = word_set("rated_otherwise"), word_set("body")
COPULAS, SHADING = word_set("copulas"), word_set("before_a_mark")
EXPLAINED_OR_BODY = KNOWN | EXPLAINED | BODY | PAIN
# "I give the new chairs a 9".
GIVES, GIVEN_TO = word_set("gives_marks"), word_set("marked_pain")
ARTICLES = frozenset({"a", "an", "un", "una"})
LEVELS = frozenset({"level", "levels", "nivel"})
# "4 for 10 dollars"; "5 for 3 days now" is how long it has been.
LENGTHS = word_set("lengths")
NOT_PRICED = frozenset({"sure", "real", "me", "now", "today", "tonight", "most", "much", "fun"})
# "Its 102 here", "71 and sunny", "2 below".
WEATHER_AFTER, WEATHER_BEFORE = word_set("weather_after"), word_set("weather_before")
# "Why was 6 afraid of 7".
PARTING = (CONNECTIVES - TIMES) | LAUGHS
AUXILIARIES = frozenset({"was", "is", "did", "were", "does", "do"})
# "Knee after therapy is a 4".
PHRASED = word_set("phrased")
HE, IS = frozenset({"he", "she"}), frozenset({"is", "turned", "turns"})
HES = frozenset({"hes", "shes"})
# "8 was for the other chat"; "8 is for my knee" scores.
PARTS = word_set("parts")
TELLS_WHAT, HOW_MUCH = (
    frozenset({"is", "was", "es", "era", "fue"}),
    frozenset({"many", "much", "old", "long", "far"}),
)
ANOTHER = frozenset(
    {"hora", "numero", "dia", "fecha", "time", "hour", "date", "score", "tip", "address", "apartment"}
)
LEAST_TOLD = 3
OWNED, OFFSPRING = frozenset({"my", "our"}), frozenset({"son", "daughter", "boy", "girl"})


def is_claimed(around: Around) -> bool:
    """Return whether the words beside the number say whose it is, and it is not the pain's."""
    return (
        _is_price(around)
        or _tells_the_weather(around)
        or _is_in_a_riddle(around)
        or _is_a_childs_age(around)
        or _counts_thanks(around)
        or _is_told_as_another(around)
        or is_rated_otherwise(around)
    )


def exceeds_unled(around: Around) -> bool:
    """Return whether a number above the scale is not said to be the pain ("shes 80", "89 for my electric bill")."""
    words = [token.text for token in around.before]
    return around.number.value > TOP and not (set(words) & PAIN or set(words[-1:]) & (ARTICLES | {"like"}))


def is_rated_otherwise(around: Around) -> bool:
    """Return whether a thing that is no pain is what the number rates ("my mood is a 9", "that joke is a 2")."""
    stretch = _stretch(around)
    if around.token.gap is Gap.NONE and _gives_to_another(stretch):
        return True
    if len(stretch) > 1 and stretch[-1].text in LEVELS and not _is_known(stretch[-2]):
        return True  # "Boredom level 9".
    place = len(stretch) - 1
    while place >= 0 and stretch[place].text in SHADING:
        place -= 1
    if place < 1 or stretch[place].text not in COPULAS:
        return False
    subject = place - 1
    levelled = stretch[subject].text in LEVELS and subject > 0
    subject -= levelled
    token = stretch[subject]
    if _stands_in_a_phrase(stretch, subject):
        return False  # "Knee after therapy is a 4".
    if token.text in RATED:
        return True
    unknown = token.kind is Kind.WORD and not _is_known(token)
    named = token.raw.istitle() and token.text not in NO_PERSONS
    return unknown and not named and subject + 1 <= len(stretch) and _has_mark(around, stretch, place)


def _stands_in_a_phrase(stretch: list[Token], subject: int) -> bool:
    """Return whether a word of time or place leads to what seems to be rated, so that it is not."""
    before = [token.text for token in stretch[max(0, subject - 2) : subject]]
    return bool(set(before) & PHRASED)


def _has_mark(around: Around, stretch: list[Token], copula: int) -> bool:
    """Return whether an article stands before the number, as before a mark ("the driver has a 4.9")."""
    return any(token.text in ARTICLES for token in stretch[copula + 1 :]) or stretch[copula].text in {
        "has",
        "had",
    }


def _is_known(token: Token) -> bool:
    return (
        token.text in EXPLAINED_OR_BODY
        or token.text in NUMBER_WORDS
        or not token.raw.isascii()
        or one_slip_apart(token.text, "pain")
    )


def _gives_to_another(stretch: list[Token]) -> bool:
    """Return whether a mark is given to a thing ("i give the new chairs a 9"; "i give my knee a 5" scores)."""
    if not stretch or stretch[-1].text not in ARTICLES:
        return False
    gives = next((at for at in range(len(stretch) - 1, -1, -1) if stretch[at].text in GIVES), None)
    if gives is None:
        return False
    given = stretch[gives + 1 : -1]
    return bool(given) and not any(token.text in GIVEN_TO | PAIN | BODY for token in given)


def _stretch(around: Around) -> list[Token]:
    kept: list[Token] = []
    gap = around.token.gap
    for token in reversed(around.before):
        if gap is not Gap.NONE or token.text in PARTING or token.kind is not Kind.WORD:
            break
        kept.insert(0, token)
        gap = token.gap
    return kept


def _is_price(around: Around) -> bool:
    """Return whether so many are had for so much, or so much is due for a thing ("4 for 10 dollars")."""
    after = around.after
    if not after or after[0].text != "for" or after[0].gap is not Gap.NONE or len(after) == 1:
        return False
    if around.number.shape is not Shape.PLAIN or {token.text for token in around.before} & PAIN:
        return False
    if around.number.value > TOP:
        return after[1].text not in NOT_PRICED
    numbered = after[1].kind is Kind.NUMBER or after[1].text in NUMBER_WORDS
    return numbered and not {token.text for token in after[2:3]} & LENGTHS


def _tells_the_weather(around: Around) -> bool:
    """Return whether so many degrees are meant ("its 102 here", "weather 71 and sunny", "2 below outside")."""
    before, after = {token.text for token in around.before[-4:]}, [token.text for token in around.after[:3]]
    if before & PAIN:
        return False
    if after[:1] == ["below"]:
        return len(after) == 1 or after[1] in WEATHER_AFTER | {"zero"}
    if after[:1] == ["here"] and {token.text for token in around.before[-1:]} & {"its", "is"}:
        return True
    return around.number.value > TOP and bool(set(after) & WEATHER_AFTER or before & WEATHER_BEFORE)


def _is_in_a_riddle(around: Around) -> bool:
    """Return whether the sentence asks why a number did something ("why was 6 afraid of 7")."""
    words = [*around.before, around.token]
    for place, token in enumerate(words[:-2]):
        numbered = words[place + 2].kind is Kind.NUMBER or words[place + 2].text in NUMBER_WORDS
        if token.text == "why" and words[place + 1].text in AUXILIARIES and numbered:
            return True
    return False


def _is_a_childs_age(around: Around) -> bool:
    """Return whether a child or a pet spoken of is so old ("my grandson ... he is 4 and very good")."""
    words = [token.text for token in around.before]
    led = words[-2:-1] and words[-2] in HE and words[-1] in IS
    if not (led or set(words[-1:]) & HES) or around.token.gap is not Gap.NONE:
        return False
    if {token.text for token in around.tokens[: around.number.first]} & CHILDREN or _names_own_child(words):
        return True
    after = around.after[:4]
    return len(after) > 1 and after[0].text == "and" and not all(map(_is_known, after[1:]))


def _is_told_as_another(around: Around) -> bool:
    """Return whether the sentence says what else the number is ("8 is how many tacos i had", "8 es la hora")."""
    after = [token.text for token in around.after[:4]]
    if len(after) < LEAST_TOLD or after[0] not in TELLS_WHAT or around.after[0].gap is not Gap.NONE:
        return False
    counted = after[1] == "how" and after[2] in HOW_MUCH
    timed = after[1] in {"la", "el", "the", "my"} and after[2] in ANOTHER
    meant = after[1] in {"for", "para", "de"} and not set(after[2:]) & (
        PAIN | BODY | PARTS | {"today", "me", "hoy"}
    )
    return counted or timed or meant


def _names_own_child(words: list[str]) -> bool:
    """Return whether "my son" is spoken of; whoever writes "its his son" speaks of the patient."""
    return any(own in OWNED and child in OFFSPRING for own, child in pairwise(words))


def _counts_thanks(around: Around) -> bool:
    """Return whether thanks or each of several are counted ("3 thank yous, one for each of the girls")."""
    after = [token.text for token in around.after[:2]]
    return after == ["thank", "yous"] or (
        after[:1] == ["for"] and after[1:] in (["each"], ["every"], ["all"])
    )
