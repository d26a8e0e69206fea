"""Whether words name somebody: in an address, by a common given name, or by two capitals within a sentence."""

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from checkins.replies.lexicon import FILLERS, VOCABULARY
from checkins.wording import TEXTS

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_FILLED = re.compile(r"\{[^{}]*\}")
# What a sentence begins after; the word behind it has a capital of its own.
_OPENERS = '.?!:;¿¡()“”"\n•*-–—'
_TABLES = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))


def _table(name: str) -> frozenset[str]:
    return frozenset(str(_TABLES[name]).split())


_NAMES = _table("names")
_CALENDAR = _table("calendar")
_NAMES_AND_WORDS = _table("names_and_words")
_GREETINGS = _table("greetings")
_BETWEEN = _table("between")
_ORDINARY_ENDINGS = ("ness", "ing", "tion", "ment", "ercise", "cion", "mente", "dad", "ity")
_SHORT = 3  # PT, HEP, ROM: capitals of so few letters are an abbreviation unless they are a given name


def _plain(word: str) -> str:
    """Return a word in lower case, without accents and possessive."""
    bare = "".join(
        each for each in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(each)
    )
    return re.sub(r"['’]s?$", "", bare)


_OURS = frozenset(
    _plain(word)
    for by_language in TEXTS.values()
    for text in by_language.values()
    for word in _WORD.findall(_FILLED.sub(" ", text))
)
_ORDINARY = (
    frozenset(VOCABULARY.words()) | FILLERS | _OURS | _GREETINGS | _BETWEEN | _CALENDAR | _table("ordinary")
)


@dataclass(frozen=True, slots=True)
class Named:
    """Words that name somebody, or only may (`is_certain` false): a capital without another reason."""

    words: str
    is_certain: bool


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    plain: str  # lower case, no accents, no possessive
    before: str  # what stands between it and the word before
    after: str
    is_first: bool  # of a sentence
    is_own: bool  # of the practice's own name

    @property
    def has_capital(self) -> bool:
        return self.text[0].isupper()

    @property
    def is_stranger(self) -> bool:
        """With a capital, and no ordinary word."""
        return self.has_capital and not self.is_own and not _is_ordinary(self.text, self.plain)

    @property
    def is_called(self) -> bool:
        """A name where somebody is addressed."""
        if self.plain in _NAMES_AND_WORDS:
            # "Hi, will you rate …" calls nobody; "Hi Will how …" and "hi will, …" do.
            is_set_off = self.after.strip()[:1] in (",", ":", "!")
            return is_set_off or (self.has_capital and "," not in self.before)
        return self.is_stranger or self.plain in _NAMES


def named_in(words: str, *, practice: str = "") -> Iterator[Named]:
    """Yield who is named in words that a patient would get; the practice's own name is nobody's."""
    said = tuple(_words(words, practice=practice))
    for place, word in enumerate(said):
        following = said[place + 1] if place + 1 < len(said) else None
        if _is_certain(said, place):
            yield Named(_whole(word, following), True)
        elif word.is_stranger and not word.is_first:
            yield Named(word.text, False)


def _is_certain(said: Sequence[_Word], place: int) -> bool:
    word = said[place]
    if word.plain in _NAMES and word.plain not in _ORDINARY:
        return not word.is_own
    may_be = word.plain in (_NAMES_AND_WORDS - _CALENDAR) and word.has_capital and not word.text.isupper()
    if may_be and not word.is_first and not word.is_own:
        return True
    return _is_greeted(said, place) or _opens(said, place) or _closes(word) or _is_full(said, place)


def _is_greeted(said: Sequence[_Word], place: int) -> bool:
    """Return whether a greeting stands before a name, in one sentence: "Hi Grace", "Hola, Maria"."""
    word = said[place]
    while place and not said[place].is_first:
        place -= 1
        if said[place].plain in _GREETINGS:
            return word.is_called
        if said[place].plain not in _BETWEEN:
            return False
    return False


def _opens(said: Sequence[_Word], place: int) -> bool:
    """Return whether a sentence opens with a name and a pause: "Grace, pain today?", "Wren Kowalski: …"."""
    end = place
    while (
        end < len(said) - 1 and not said[end].after.strip() and said[end + 1].has_capital and end - place < 2
    ):
        end += 1
    word = said[place]
    if not word.is_first or not said[end].after.strip().startswith((",", ":")) or word.text.isupper():
        return False
    if word.plain in (_NAMES_AND_WORDS - _CALENDAR) and end == place and not word.is_own:
        # "Dolores, ¿de 0 a 10?" asks about pains.
        return "¿" not in word.after
    return any(each.is_stranger for each in said[place : end + 1])


def _closes(word: _Word) -> bool:
    """Return whether a sentence closes by calling somebody: "…today, Grace?"."""
    return word.before.strip() == "," and word.after.strip()[:1] in (".", "?", "!", "") and word.is_stranger


def _is_full(said: Sequence[_Word], place: int) -> bool:
    """Return whether two strangers with capitals follow each other within a sentence."""
    word = said[place]
    if word.is_first or not word.is_stranger:
        return False
    is_led = said[place - 1].is_stranger and not said[place - 1].is_first and not word.before.strip()
    is_led_on = place + 1 < len(said) and said[place + 1].is_stranger and not word.after.strip()
    return is_led or is_led_on


def _whole(word: _Word, following: _Word | None) -> str:
    if following is not None and following.is_stranger and not word.after.strip():
        return f"{word.text} {following.text}"
    return word.text


def _words(words: str, *, practice: str) -> Iterator[_Word]:
    text = _FILLED.sub("it", words)
    start = text.lower().find(practice.lower()) if practice else -1
    own = range(start, start + len(practice)) if start >= 0 else range(0)
    practices = {_plain(each) for each in _WORD.findall(practice)} - _NAMES - _NAMES_AND_WORDS
    found = list(_WORD.finditer(text))
    for place, match in enumerate(found):
        before = text[found[place - 1].end() if place else 0 : match.start()]
        after = text[match.end() : found[place + 1].start() if place + 1 < len(found) else len(text)]
        plain = _plain(match.group())
        yield _Word(
            text=match.group(),
            plain=plain,
            before=before,
            after=after,
            is_first=not place or any(sign in before for sign in _OPENERS),
            is_own=match.start() in own or plain in practices,
        )


def _is_ordinary(word: str, plain: str) -> bool:
    if plain in _NAMES:
        return False
    parts = re.split(r"[-'’]", plain)
    return (
        len(plain) == 1
        or (word.isupper() and len(plain) <= _SHORT)
        or plain in _ORDINARY
        or all(part in _ORDINARY or len(part) == 1 for part in parts)
        or plain.replace("'", "").replace("’", "") in _ORDINARY
        or plain.endswith(_ORDINARY_ENDINGS)
    )
