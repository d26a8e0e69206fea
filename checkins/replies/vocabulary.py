"""Which words of the tables a written word stands for: whole words, stems, concepts, and one slip of the thumb."""

from collections.abc import Iterable, Mapping, Set

Keys = frozenset[str]
NOTHING: Keys = frozenset()
# A word this long is still recognised with one letter wrong; shorter ones have too many real neighbours.
LONG = 6
MEMORY = 20_000


class Vocabulary:
    """The words, stems ("swell*") and concepts ("@swelling") that the tables name."""

    def __init__(self, concepts: Mapping[str, Iterable[str]], plain: Iterable[str]) -> None:
        """Take concept names with their members and the ordinary words that are never a slip for another."""
        self._words: dict[str, set[str]] = {}
        self._stems: dict[str, set[str]] = {}
        self._plain = frozenset(plain)
        self._slips: dict[str, set[str]] = {}
        self._known: dict[str, Keys] = {}
        for concept, members in concepts.items():
            for member in members:
                self.add(member, f"@{concept}")

    def add(self, member: str, key: str | None = None) -> None:
        """Let a word or a stem carry a key; without one, itself."""
        table, word = (self._stems, member[:-1]) if member.endswith("*") else (self._words, member)
        table.setdefault(word, set()).add(key or member)

    def index_slips(self) -> None:
        """Prepare the look-up of misspelt words; call once all words are added."""
        for word in self._words:
            if len(word) >= LONG and word.isalpha():
                for form in _shortened(word):
                    self._slips.setdefault(form, set()).add(word)

    def keys(self, word: str) -> Keys:
        """Return every key that the folded word carries; none for a word that no table names."""
        found = self._known.get(word)
        if found is None:
            found = self._look_up(word)
            if word not in self._words:
                found |= self._corrected(word)
            if len(self._known) >= MEMORY:
                self._known.clear()
            self._known[word] = found
        return found

    def words(self) -> Set[str]:
        """Return the whole words that the tables name."""
        return self._words.keys()

    def _look_up(self, word: str) -> Keys:
        keys = set(self._words.get(word, ()))
        for length in range(3, len(word) + 1):
            keys |= self._stems.get(word[:length], NOTHING)
        return frozenset(keys)

    def _corrected(self, word: str) -> Keys:
        if len(word) < LONG - 1 or len(word) > 24 or word in self._plain:
            return NOTHING
        candidates = {match for form in _shortened(word) for match in self._slips.get(form, ())}
        close = [candidate for candidate in candidates if one_slip_apart(word, candidate)]
        return frozenset().union(*(self._look_up(candidate) for candidate in close)) if close else NOTHING


def one_slip_apart(one: str, other: str) -> bool:
    """Return whether one letter added, lost, changed or swapped with its neighbour makes the words equal.

    >>> one_slip_apart("swolen", "swollen"), one_slip_apart("chset", "chest"), one_slip_apart("heat", "chest")
    (True, True, False)
    """
    if abs(len(one) - len(other)) > 1:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    return (
        rest[1:] == other_rest[1:]
        or rest == other_rest[1:]
        or rest[1:] == other_rest
        or (rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:])
    )


def _shortened(word: str) -> set[str]:
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}
