"""Requests and readings as the JSON documents of the command line."""

from collections.abc import Mapping
from decimal import Decimal

from .reading import Answers, Question, Range, Reading, ReplyRequest, Score

Document = dict[str, object]
KEYS = frozenset({"id", "language", "open", "prompt", "texts", "media", "media_types"})
NEEDED = ("id", "open", "texts")
LANGUAGES = frozenset({"en", "es", "other"})


class UnreadableRequest(ValueError):
    """A document that does not fit; the message names the field and the reason."""


def request_from(document: object) -> tuple[str, ReplyRequest]:
    """Return the id and the request of a document; raise `UnreadableRequest` if it does not fit."""
    if not isinstance(document, Mapping):
        raise UnreadableRequest("the line is not a JSON object")
    for key in NEEDED:
        if key not in document:
            raise UnreadableRequest(f"{key} is missing")
    return _text(document, "id"), ReplyRequest(
        texts=tuple(_texts(document, "texts")),
        open=tuple(_questions(document)),
        language=_language(document),
        prompt=_prompt(document),
        media=_count(document),
        media_types=tuple(_texts(document, "media_types")),
    )


def document_of(identifier: str, reading: Reading) -> Document:
    """Return a reading in the shape that outside programs rely on."""
    flag = reading.red_flag
    return {
        "id": identifier,
        "answers": answers_document(reading.answers),
        "consent": reading.consent,
        "red_flag": {"class": flag.danger, "level": flag.level} if flag else None,
        "kind": reading.kind,
        "follow_up": reading.follow_up,
        "reasons": list(reading.reasons),
        "reader": reading.reader,
    }


def answers_document(answers: Answers) -> Document:
    """Return the recorded values; questions without one are left out."""
    document: Document = {}
    if answers.pain is not None:
        document["pain"] = _score(answers.pain)
    if answers.exercises is not None:
        document["exercises"] = answers.exercises.value
    if answers.function is not None:
        document["function"] = _score(answers.function)
    if answers.milestone is not None:
        document["milestone"] = answers.milestone.value
    if answers.free is not None:
        document["free"] = answers.free
    return document


def _score(score: Score) -> object:
    if isinstance(score, Range):
        return {"low": _number(score.low), "high": _number(score.high)}
    return _number(score)


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _text(document: Mapping[str, object], key: str) -> str:
    value = document[key]
    if not isinstance(value, str):
        raise UnreadableRequest(f"{key} must be a string")
    return value


def _texts(document: Mapping[str, object], key: str) -> list[str]:
    value = document.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise UnreadableRequest(f"{key} must be a list of strings")
    return value


def _questions(document: Mapping[str, object]) -> list[Question]:
    known = set(Question)
    named = _texts(document, "open")
    if not set(named) <= known:
        raise UnreadableRequest("open may name only pain, exercises, function, milestone and free")
    return [Question(name) for name in named]


def _language(document: Mapping[str, object]) -> str:
    language = document.get("language", "en")
    if language not in LANGUAGES or not isinstance(language, str):
        raise UnreadableRequest("language must be en or es")
    return language


def _prompt(document: Mapping[str, object]) -> str | None:
    prompt = document.get("prompt")
    if prompt is not None and not isinstance(prompt, str):
        raise UnreadableRequest("prompt must be a string or null")
    return prompt


def _count(document: Mapping[str, object]) -> int:
    media = document.get("media", 0)
    if isinstance(media, bool) or not isinstance(media, int) or media < 0:
        raise UnreadableRequest("media must be a number from 0 up")
    return media
