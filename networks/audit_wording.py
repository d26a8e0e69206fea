"""The details of an audit entry in words: pure, so that a table can show each form.

Details hold counts, codes and ids only. An auditor reads words; the ends of ids and checksums are enough to tell two
entries apart, and the entry itself keeps them whole.
"""

import re
from collections.abc import Mapping
from uuid import UUID

# The family of entries that a person made, not the program.
BY_PEOPLE = "people"
_PERSON = "person"
_LABELS = {_PERSON: "for", "sha256": "checksum"}
# Their value says by itself what it is, and says it best in front.
_SPEAKS_ALONE = ("kind", "activity", "page", "method")
_LAST = frozenset({"sha256", "document"})  # only a program compares them
_WRITTEN_BY_PEOPLE = frozenset({"reason"})
_CHECKSUM = re.compile(r"[0-9a-f]{64}")
_SHOWN = 8  # characters of an id or checksum


def detail_words(details: Mapping[str, object], *, names: Mapping[UUID, str]) -> str:
    """Return an entry's details in words, the plainest first; `names` are those of the people in them."""
    order = sorted(details, key=lambda key: (key not in _SPEAKS_ALONE, key in _LAST, key))
    return " · ".join(_said(key, details[key], names) for key in order)


def people_in(details: Mapping[str, object]) -> list[UUID]:
    """Return the ids of people that an entry's details name."""
    found = _uuid(details.get(_PERSON))
    return [found] if found else []


def _said(key: str, value: object, names: Mapping[UUID, str]) -> str:
    words = _value(key, value, names)
    return words if key in _SPEAKS_ALONE else f"{_LABELS.get(key, key.replace('_', ' '))} {words}"


def _value(key: str, value: object, names: Mapping[UUID, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list):
        return ", ".join(_value(key, each, names) for each in value)
    if not isinstance(value, str):
        return str(value)
    if (known := _uuid(value)) is not None:
        return names.get(known, f"…{value[-_SHOWN:]}")
    if _CHECKSUM.fullmatch(value):
        return f"{value[:_SHOWN]}…"
    return f"“{value}”" if key in _WRITTEN_BY_PEOPLE else value.replace("_", " ")


def _uuid(value: object) -> UUID | None:
    try:
        return UUID(value) if isinstance(value, str) and len(value) == len(str(UUID(int=0))) else None
    except ValueError:
        return None
