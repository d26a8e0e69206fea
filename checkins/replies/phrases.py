"""A small language for wordings: which words, in which order, how far apart. Search time is linear in the text.

A pattern is one line of elements separated by spaces:
`word` or `stem*` or `@concept`, `a|b` for either, `word?` for one that may be missing, `#` for a number,
`~3` for up to three words in between, `<3>` the same with the two sides in either order,
`^` before the first word of the text, `$` after its last (`~2 $`: up to two words may follow).
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product

from .tokens import Gap, Token
from .vocabulary import Keys

# Gaps never reach further than this, so a pattern of n elements looks at a bounded number of words.
WIDEST_GAP = 12
COMMA_COST = 1


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a phrase and how many words may stand before it."""

    keys: Keys
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Phrase:
    """A wording that a rule recognises."""

    rule: str
    steps: tuple[Step, ...]
    first: bool = False
    # How many words may follow up to the end of the text; None if the end does not matter.
    tail: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """Where a phrase stands: `places` are the positions of its words in the sequence searched."""

    phrase: Phrase
    places: tuple[int, ...]

    @property
    def rule(self) -> str:
        """Name of the rule that matched."""
        return self.phrase.rule

    @property
    def span(self) -> range:
        """Positions from the first to the last word, those in between included."""
        return range(self.places[0], self.places[-1] + 1)


@dataclass(frozen=True, slots=True)
class Words:
    """Tokens without signs and fillers, each with the keys it carries."""

    tokens: tuple[Token, ...]
    keys: tuple[Keys, ...]
    # Every key of any of the words.
    present: Keys = field(init=False)

    def __post_init__(self) -> None:
        """Gather the keys once; a text is searched for many books."""
        object.__setattr__(self, "present", frozenset().union(*self.keys))

    def __len__(self) -> int:
        return len(self.tokens)

    def after(self, place: int) -> "Words":
        """Return the words from the given position on."""
        return Words(self.tokens[place:], self.keys[place:])

    def without(self, places: frozenset[int]) -> "Words":
        """Return the words with those at the given positions blanked; positions stay."""
        if not places:
            return self
        blank: Keys = frozenset()
        return Words(self.tokens, tuple(blank if i in places else keys for i, keys in enumerate(self.keys)))


def compile_phrases(rule: str, patterns: str) -> list[Phrase]:
    """Return the phrases of a table cell: one pattern a line, `#` first on a line starts no comment."""
    lines = (line.strip() for line in patterns.splitlines())
    return [phrase for line in lines if line for phrase in _compile(rule, line)]


def literals(patterns: str) -> Iterator[str]:
    """Yield every word, stem and concept that the patterns name."""
    for element in patterns.split():
        if element[0] not in "~<^$":
            yield from element.rstrip("?").split("|")


def _compile(rule: str, line: str) -> Iterator[Phrase]:
    for elements in (form for ordered in _orders(line.split()) for form in _endings(ordered)):
        required = [[element[:-1], None] if element.endswith("?") else [element] for element in elements]
        for chosen in product(*required):
            yield _phrase(rule, [element for element in chosen if element is not None])


def _orders(elements: list[str]) -> list[list[str]]:
    for place, element in enumerate(elements):
        if element.startswith("<"):
            gap = "~" + element[1:-1]
            before, after = elements[:place], elements[place + 1 :]
            return [[*before, gap, *rest] for rest in _orders(after)] + [
                [*rest, gap, *before] for rest in _orders(after)
            ]
    return [elements]


def _endings(elements: list[str]) -> list[list[str]]:
    """Return the two forms of a line that ends in "word|$": with the word, and at the end of the text."""
    *before, last = elements
    if "|" not in last or "$" not in last.split("|"):
        return [elements]
    others = "|".join(part for part in last.split("|") if part != "$")
    return [[*before, others], [*before, "$"]]


def _phrase(rule: str, elements: list[str]) -> Phrase:
    steps: list[Step] = []
    gap = gap_before_end = 0
    for element in elements:
        if element.startswith("~"):
            gap = min(int(element[1:]), WIDEST_GAP)
        elif element == "$":
            gap_before_end = gap
        elif element != "^":
            steps.append(Step(frozenset(element.split("|")), gap))
            gap = 0
    return Phrase(rule, tuple(steps), elements[0] == "^", gap_before_end if elements[-1] == "$" else None)


class PhraseBook:
    """Phrases by the words they can begin with."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        # Each phrase beside what its last word may be; those that begin a text are looked for only there.
        self._by_key: dict[str, list[tuple[Keys, Phrase]]] = {}
        self._opening: dict[str, list[tuple[Keys, Phrase]]] = {}
        for phrase in phrases:
            table = self._opening if phrase.first else self._by_key
            for key in phrase.steps[0].keys:
                table.setdefault(key, []).append((phrase.steps[-1].keys, phrase))
        self._starts = frozenset(self._by_key) | frozenset(self._opening)

    def find(self, words: Words) -> list[Match]:
        """Return every place where a phrase stands, in the order of the text; the shortest reading of each."""
        found: list[Match] = []
        present = words.present
        if present.isdisjoint(self._starts):
            return found
        for place, keys in enumerate(words.keys):
            for key in keys:
                for table in (self._by_key,) if place else (self._opening, self._by_key):
                    for last, phrase in table.get(key, ()):
                        # Most phrases begin with a common word and end with one that the text does not have.
                        if last.isdisjoint(present):
                            continue
                        places = _places(phrase, words, place)
                        if places is not None:
                            found.append(Match(phrase, places))
        found.sort(key=lambda match: (match.places[0], match.rule, match.places))
        return found

    def first(self, words: Words) -> Match | None:
        """Return the earliest match, or None."""
        found = self.find(words)
        return found[0] if found else None


def _places(phrase: Phrase, words: Words, start: int) -> tuple[int, ...] | None:
    places = _continue(phrase.steps, words, (start,))
    if places is None or (phrase.tail is not None and places[-1] < len(words) - 1 - phrase.tail):
        return None
    return places


def _continue(steps: Sequence[Step], words: Words, places: tuple[int, ...]) -> tuple[int, ...] | None:
    if len(places) == len(steps):
        return places
    step = steps[len(places)]
    room = step.gap
    for place in range(places[-1] + 1, min(places[-1] + step.gap + 2, len(words))):
        gap = words.tokens[place].gap
        if gap is Gap.SENTENCE and step.gap:
            return None
        room -= COMMA_COST if gap is Gap.COMMA and step.gap else 0
        if not step.keys.isdisjoint(words.keys[place]):
            longer = _continue(steps, words, (*places, place))
            if longer is not None:
                return longer
        room -= 1
        if room < 0:
            return None
    return None
