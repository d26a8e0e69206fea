"""Tapbacks: phones send them as a text that quotes ours. Never an answer."""

from dataclasses import dataclass

from .lexicon import phrase_book, words_of
from .phrases import Words
from .reading import Evidence
from .tokens import Kind, Token, tokenize

VERBS = phrase_book("messages", sections=["reaction"])
# What stays of "👍 to “…”" and "Reaccionó con ❤️ a “…”" once the emoji is taken out.
LINKS = frozenset({"to", "a", "al"})


@dataclass(frozen=True, slots=True)
class Reaction:
    """A tapback: what it rests on, whether it asks something, and the words of ours that it quotes."""

    evidence: Evidence
    asks: bool
    quote: tuple[int, int]


def find_reaction(text: str, *, index: int = 0) -> Reaction | None:
    """Return the tapback that a cleaned text is, or None; `quote` holds offsets of the quoted part."""
    opening = text.find('"')
    if opening < 0:
        return _of_an_image(text, index)
    closing = text.rfind('"')
    end = closing + 1 if closing > opening else len(text)
    if any(token.kind is not Kind.MARK for token in tokenize(text[end:])):
        return None
    rule = _verb(tokenize(text[:opening], index=index))
    if rule is None:
        return None
    return Reaction(
        Evidence("reaction." + rule, index, 0, opening, text[:opening].strip()),
        rule == "question",
        (opening, end),
    )


def _verb(tokens: list[Token]) -> str | None:
    said = [token for token in tokens if token.kind is Kind.WORD]
    has_emoji = any(token.kind is Kind.EMOJI for token in tokens)
    if has_emoji and len(said) <= 1 and all(token.text in LINKS for token in said):
        return "emoji"
    return _rule(words_of(said))


def _of_an_image(text: str, index: int) -> Reaction | None:
    tokens = tokenize(text, index=index)
    rule = _rule(words_of(tokens), only="image")
    if rule is None:
        return None
    return Reaction(Evidence("reaction.image", index, 0, len(text), text), False, (len(text), len(text)))


def _rule(words: Words, only: str | None = None) -> str | None:
    rules = {match.rule.split(".")[1] for match in VERBS.find(words)}
    if only is not None:
        return only if only in rules else None
    return next((rule for rule in ("question", "verb", "image") if rule in rules), None)
