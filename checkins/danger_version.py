"""What a clinical lead signs for: the reader with its tables, the fixed replies and the ladder, under one digest.

Every word table is part of the digest, not those of the danger signs alone: what is denied, what only sounds alike,
which words are dropped or known by one slip of the thumb decides too whether a danger is heard. The code that reads
the tables counts by the reader's version.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from checkins.escalation import LADDERS
from checkins.replies.lexicon import TABLES
from checkins.replies.reading import READER_VERSION, Danger
from checkins.wording import TEXTS, WORDING_VERSION, TemplateId

# The tables that name dangers: wordings, then whole families of words.
_LEXICONS = {"en": ("red_flags_en", "signs_en"), "es": ("red_flags_es", "signs_es")}
REPLIES = tuple(each for each in TemplateId if each.value.startswith("safety."))


@dataclass(frozen=True)
class Version:
    """The version in use, and the digest that changes with every word of it."""

    digest: str
    reader: str
    wording: str
    ladder: str

    @property
    def short(self) -> str:
        """The digest's beginning, enough to tell two apart."""
        return self.digest[:12]


def version_of(ladder: str) -> Version:
    """Return the version in use when danger signs are paged by a ladder of that version."""
    content = {
        "lexicons": TABLES,
        "reader": READER_VERSION,
        "replies": {each.value: TEXTS[each] for each in REPLIES},
        "ladder": {
            level: [[each.name, each.after.total_seconds(), [*each.audience]] for each in found.rungs]
            for level, found in LADDERS[ladder].items()
        },
    }
    words = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Version(digest, READER_VERSION, WORDING_VERSION, ladder)


@dataclass(frozen=True)
class Sign:
    """One rule of the lexicon: its class, its level, and its phrases in one language, as they are written."""

    danger: str
    level: str
    rule: str
    language: str
    phrases: tuple[str, ...]


def signs() -> Iterator[Sign]:
    """Yield every danger sign of the lexicons, class by class, English before Spanish."""
    for danger in Danger:
        for language, names in _LEXICONS.items():
            for key, phrases in (
                rule for name in names for rule in TABLES[name].get(danger.value, {}).items()
            ):
                level, _, rule = key.partition("_")
                yield Sign(danger.value, level, rule, language, tuple(_lines(str(phrases))))


def look_alikes() -> dict[str, tuple[str, ...]]:
    """Return by language the phrases that only sound like a danger and so raise none, as they are written."""
    return {
        language: tuple(
            line
            for name in names
            for section in ("look_alike", "mention")
            for phrases in TABLES[name].get(section, {}).values()
            for line in _lines(str(phrases))
        )
        for language, names in _LEXICONS.items()
    }


def _lines(phrases: str) -> Iterator[str]:
    return (line.strip() for line in phrases.splitlines() if line.strip())


@dataclass(frozen=True)
class Reply:
    """One fixed reply in both languages, with the places that are filled in."""

    name: str
    english: str
    spanish: str


def replies() -> list[Reply]:
    """Return every fixed reply to a danger sign."""
    return [Reply(each.value, TEXTS[each]["en"], TEXTS[each]["es"]) for each in REPLIES]
