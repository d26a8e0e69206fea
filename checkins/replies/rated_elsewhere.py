"""Numbers that other people or things are told to have: a film, a neighbour, a quiz, a house, the lottery."""

from collections.abc import Sequence

from .lexicon import TABLES
from .neighbors import PAIN, word_set
from .numbers import TOP, Number, Shape
from .surroundings import Around
from .tokens import Gap, Kind, Token

TABLE = TABLES["numbers"]
BODY, RATED = word_set("body") | word_set("parts") | PAIN, word_set("rated_otherwise")
# "That diner has 4 stars online", "7 out of 10 in my opinion".
REVIEWS, OPINIONS = (
    word_set("reviews"),
    (["in", "my", "opinion"], ["imo"], ["would", "recommend"], ["would", "watch"]),
)
SEEN, LATEST = word_set("seen"), frozenset({"new", "latest", "nueva", "nuevo"})
# "6 out of 10 on his spelling quiz".
GRADED, GRADED_WITHIN = word_set("graded_papers"), 5
# "Lady next door had the same surgery and shes at a 6".
OTHERS = frozenset(str(TABLES["exercises"]["other_people"]).split())
THEIRS, ONES_OWN = (
    frozenset({"shes", "hes", "she", "he", "theyre", "they"}),
    frozenset({"im", "i", "mine", "me"}),
)
THEIRS_WITHIN = 4
# "Powerball was 3 14 22 31 and 40": so many numbers in a row score nothing.
DRAWN, ANDS = 4, frozenset({"and", "y"})
LEADS_TO_A_HOUSE = frozenset({"to", "at", "from", "on", "in", "near", "is"})


def is_of_another(around: Around) -> bool:
    """Return whether the words around say that a thing or another person has the number, and not the pain."""
    before = list(around.tokens[: around.number.first])
    told = _since_the_body(before)
    return (
        _is_reviewed(around, told)
        or _is_graded(around)
        or _is_theirs(around, before)
        or _is_an_address(around)
    )


def are_drawn(tokens: Sequence[Token], numbers: Sequence[Number]) -> bool:
    """Return whether so many numbers stand in a row that none is a score of the pain ("3 14 22 31 and 40")."""
    plain = [number for number in numbers if number.shape is Shape.PLAIN]
    if len(plain) < DRAWN or any(token.text in BODY for token in tokens):
        return False
    row: list[Number] = []
    for number in plain:
        between = tokens[row[-1].last + 1 : number.first] if row else ()
        joined = all(token.kind is Kind.MARK or token.text in ANDS for token in between)
        row = [*row, number] if joined else [number]
        if len(row) >= DRAWN and any(each.value > TOP for each in row):
            return True
    return False


def _since_the_body(before: list[Token]) -> list[Token]:
    """Return the words before the number; none where the pain or a part of the body stands among them."""
    return [] if any(token.text in BODY for token in before) else before


def _is_reviewed(around: Around, told: list[Token]) -> bool:
    said = [token.text for token in told]
    after = [token.text for token in around.after[:3]]
    if not told or set(after) & BODY:
        return False
    if set(said) & REVIEWS or any(after[: len(words)] == words for words in OPINIONS):
        return True
    seen = next((place for place, text in enumerate(said) if text in SEEN), None)
    return seen is not None and bool(set(said[seen:]) & (LATEST | RATED)) and not set(said[seen:]) & ONES_OWN


def _is_graded(around: Around) -> bool:
    after = [token.text for token in around.after[:GRADED_WITHIN]]
    return after[:1] == ["on"] and bool(set(after) & GRADED)


def _is_theirs(around: Around, before: list[Token]) -> bool:
    """Return whether somebody else was told of, and the number is said of them."""
    if not any(token.text in OTHERS for token in before) or around.token.gap is not Gap.NONE:
        return False
    near = [token.text for token in around.before[-THEIRS_WITHIN:]]
    return bool(set(near) & THEIRS) and not set(near) & (ONES_OWN | BODY)


def _is_an_address(around: Around) -> bool:
    after, before = around.after[:1], around.before[-1:]
    return (
        around.number.value > TOP
        and bool(after)
        and after[0].gap is Gap.NONE
        and after[0].raw.istitle()
        and bool({token.text for token in before} & LEADS_TO_A_HOUSE)
        and after[0].text not in BODY
    )
