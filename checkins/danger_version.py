"""What a clinical lead signs for: the danger lexicon, the fixed replies and the ladder, under one digest."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass

from checkins.escalation import LADDERS
from checkins.replies.lexicon import TABLES
from checkins.replies.reading import READER_VERSION, Danger
from checkins.wording import TEXTS, WORDING_VERSION, TemplateId

_LEXICONS = {"en": "red_flags_en", "es": "red_flags_es"}
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
        "lexicons": {language: TABLES[name] for language, name in _LEXICONS.items()},
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
    """Yield every danger sign of the lexicon, class by class, English before Spanish."""
    for danger in Danger:
        for language, name in _LEXICONS.items():
            section = TABLES[name].get(danger.value, {})
            for key, phrases in section.items():
                level, _, rule = key.partition("_")
                yield Sign(danger.value, level, rule, language, tuple(_lines(str(phrases))))


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
