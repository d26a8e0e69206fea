"""A yes or no to whether something can be done again, also beside an answer about the exercises.

Where both are asked, bare answers count in the order of the questions; one alone is about the exercises.
"""

from dataclasses import dataclass

from .lexicon import TABLES
from .phrases import Words
from .reading import Evidence, Milestone
from .tokens import Gap, Kind

TABLE = TABLES["milestones"]
YES, NO = frozenset(TABLE["yes"].split()), frozenset(TABLE["no"].split())
# "Y" between Spanish words is "and".
AND_IN_SPANISH = "y"
ABLE, UNABLE = frozenset(TABLE["able"].split()), frozenset(TABLE["unable"].split())
NEGATIONS = frozenset(TABLE["negations"].split())
NOT_YET = frozenset({("not", "yet"), ("todavia", "no"), ("aun", "no"), ("no", "todavia"), ("no", "aun")})
BOTH, JOINS = frozenset(TABLE["both"].split()), frozenset(TABLE["joins"].split())
EXPLAINS = frozenset(TABLE["explains"].split())
LEADS, TRAILS = frozenset(TABLE["leads"].split()), frozenset(TABLE["trails"].split())
EXERCISES = ("exerc", "ejerc")


@dataclass(frozen=True, slots=True)
class Bare:
    """An answer of one word, or a "not yet", and the places of its words."""

    value: Milestone
    places: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class MilestoneFound:
    """What was said, the words it rests on and their places."""

    value: Milestone
    evidence: Evidence
    places: frozenset[int]


def find_milestone(
    words: Words,
    *,
    beside_exercises: bool,
    language: str,
    asked: frozenset[str] = frozenset(),
    taken: frozenset[int] = frozenset(),
) -> MilestoneFound | None:
    """Return the answer of one text, or None where nothing or two different things are said.

    `asked` are the words of our question: "can climb" answers where it holds "climb", "can't sleep" does
    not. `taken` are the places of words that already mean something else; `beside_exercises` says that the
    exercises are asked about too.
    """
    bare = _bare(words, language, taken)
    if beside_exercises:
        return _second(words, bare) or _said(words, asked, taken)
    said = _said(words, asked, taken)
    if said is not None or any(token.text.startswith(EXERCISES) for token in words.tokens):
        return said
    if len({each.value for each in bare}) != 1 or not _ends(words, bare[0]):
        return None
    return _found(words, bare[0].value, bare[0].places, "letter" if _is_letter(words, bare[0]) else "word")


def _bare(words: Words, language: str, taken: frozenset[int]) -> list[Bare]:
    tokens, found, place = words.tokens, [], 0
    while place < len(tokens):
        pair = (tokens[place].text, tokens[place + 1].text) if place + 1 < len(tokens) else ("", "")
        places = (place, place + 1) if pair in NOT_YET else (place,)
        value = _value(words, place, language) if len(places) == 1 else Milestone.NO
        if value is not None and not taken & set(places):
            found.append(Bare(value, places))
        place += len(places)
    return found


def _value(words: Words, place: int, language: str) -> Milestone | None:
    text = words.tokens[place].text
    if text == AND_IN_SPANISH and language == "es":
        return None
    return Milestone.YES if text in YES else Milestone.NO if text in NO else None


def _second(words: Words, bare: list[Bare]) -> MilestoneFound | None:
    """Return the second of two bare answers with nothing between them, or the one that is for both."""
    if len(bare) == 2 and _ends(words, bare[1]) and _only_joined(words, bare[0], bare[1]):
        return _found(words, bare[1].value, bare[1].places, "second")
    if len(bare) == 1:
        beside = {token.text for token in words.tokens if token.kind is not Kind.NUMBER}
        own = {words.tokens[place].text for place in bare[0].places}
        if beside & BOTH and beside - own <= BOTH | JOINS | {"of", "them", "de"}:
            return _found(words, bare[0].value, bare[0].places, "both", takes=False)
    return None


def _only_joined(words: Words, first: Bare, second: Bare) -> bool:
    between = words.tokens[first.places[-1] + 1 : second.places[0]]
    return all(token.kind is Kind.NUMBER or token.text in JOINS for token in between)


def _ends(words: Words, bare: Bare) -> bool:
    """Return whether nothing that follows makes it mean something else ("no pain")."""
    following = bare.places[-1] + 1
    if following >= len(words):
        return True
    token = words.tokens[following]
    return token.gap is not Gap.NONE or token.kind is Kind.NUMBER or token.text in EXPLAINS


def _said(words: Words, asked: frozenset[str], taken: frozenset[int]) -> MilestoneFound | None:
    """Return what "I can", "can't", "ya puedo", "todavía no puedo" say, unless they say both."""
    texts = [token.text for token in words.tokens]
    found: dict[Milestone, tuple[int, ...]] = {}
    for place, text in enumerate(texts):
        if place in taken or _asks(words, place) or not _is_about(words, place, asked):
            continue
        if text in UNABLE:
            found[Milestone.NO] = (place,)
        elif text in ABLE:
            near = range(max(0, place - 2), place)
            denied = [before for before in near if texts[before] in NEGATIONS and before not in taken]
            value = Milestone.NO if denied else Milestone.YES
            found[value] = (*denied, place)
    if len(found) != 1:
        return None
    ((value, places),) = found.items()
    return _found(words, value, _whole(words, places), "able" if value is Milestone.YES else "unable")


def _whole(words: Words, places: tuple[int, ...]) -> tuple[int, ...]:
    """Return the places with the words that belong to them: "yes i can" and "cant, not yet" are one answer."""
    first, last = places[0], places[-1]
    while (
        first
        and words.tokens[first].gap is Gap.NONE
        and words.tokens[first - 1].text in LEADS
        and first - 1 >= places[0] - 3
    ):
        first -= 1
    while last + 1 < len(words) and words.tokens[last + 1].text in TRAILS:
        last += 1
    return tuple(range(first, last + 1))


def _is_about(words: Words, place: int, asked: frozenset[str]) -> bool:
    """Return whether what follows is of our question, explains, or is another sentence."""
    following = [token for token in words.tokens[place + 1 : place + 3] if token.text != "to"][:1]
    return all(
        token.gap is not Gap.NONE or token.kind is Kind.NUMBER or token.text in EXPLAINS | asked
        for token in following
    )


def _asks(words: Words, place: int) -> bool:
    """Return whether "can" opens a question or speaks of somebody else ("can you", "can we")."""
    following = words.tokens[place + 1].text if place + 1 < len(words) else ""
    before = words.tokens[place - 1].text if place else ""
    return following in {"i", "you", "we", "someone", "somebody", "wait"} or before in {
        "you",
        "we",
        "if",
        "si",
    }


def _is_letter(words: Words, bare: Bare) -> bool:
    return len(words.tokens[bare.places[0]].text) == 1


def _found(
    words: Words, value: Milestone, places: tuple[int, ...], how: str, *, takes: bool = True
) -> MilestoneFound:
    first, last = words.tokens[places[0]], words.tokens[places[-1]]
    said = " ".join(words.tokens[place].raw for place in places)
    evidence = Evidence(f"milestone.{value}_{how}", first.index, first.start, last.end, said)
    return MilestoneFound(value, evidence, frozenset(places) if takes else frozenset())
