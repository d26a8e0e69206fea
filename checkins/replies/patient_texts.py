"""The texts of a request as they are read: their own words, and what a later one leaves of those before it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from .amendments import amended_from, is_plain, puts_right, withdrawn_until
from .cleaning import clean
from .corrections import puts_in_place
from .lexicon import words_of
from .own_words import without_prompt, without_quotes
from .phrases import Words
from .reactions import Reaction, find_reaction
from .shorthand import spelt_out
from .tokens import Kind, Token, tokenize
from .wrong_number import after_retraction, is_retraction, retracts_further


@dataclass(frozen=True, slots=True)
class Text:
    """One text of the request, with what its own words are."""

    cleaned: str
    reaction: Reaction | None
    tokens: tuple[Token, ...]
    words: Words
    # It puts right the text before it, and only what it says then is left here.
    amends: bool = False

    @property
    def is_blank(self) -> bool:
        """Return whether no word, number or emoji stands in it."""
        return all(token.kind is Kind.MARK for token in self.tokens)


@lru_cache(maxsize=512)
def prompt_tokens(prompt: str | None) -> tuple[Token, ...]:
    """Return the words of our own text, none where nothing was sent."""
    return tuple(tokenize(clean(prompt))) if prompt else ()


def prepare(text: str, index: int, prompt: str | None) -> Text:
    """Return one text with its own words; quotes of others and of our prompt are left out."""
    cleaned = clean(text)
    reaction = find_reaction(cleaned, index=index)
    own = cleaned
    if reaction is not None:
        start, end = reaction.quote
        own = cleaned[:start] + " " * (end - start) + cleaned[end:]
    typed = without_prompt(tokenize(without_quotes(own), index=index), prompt_tokens(prompt))
    if not typed and "\n>" in own and own.partition("\n>")[0].strip():
        # Our prompt, and below it the answer as a quotation.
        typed = without_prompt(tokenize(own.replace(">", " "), index=index), prompt_tokens(prompt))
    tokens = tuple(spelt_out(typed))
    return Text(cleaned, reaction, tokens, words_of(tokens))


def standing(
    texts: Sequence[Text], masks: Sequence[frozenset[int]]
) -> tuple[list[Text], list[frozenset[int]]]:
    """Return the texts behind the last one that takes something back, with what that one says afterwards."""
    taken = [place for place, text in enumerate(texts) if _takes_back(text.words)]
    if not taken:
        return list(texts), list(masks)
    text, mask = texts[taken[-1]], masks[taken[-1]]
    kept, kept_masks = list(texts[taken[-1] + 1 :]), list(masks[taken[-1] + 1 :])
    place = after_retraction(text.words)
    if place < len(text.words):
        kept.insert(0, _rest(text, place))
        kept_masks.insert(0, _behind(mask, place))
    return kept, kept_masks


def amended(
    texts: Sequence[Text], masks: Sequence[frozenset[int]]
) -> tuple[list[Text], list[frozenset[int]]]:
    """Return the texts without words of correction and without those that the next one withdraws."""
    kept: list[tuple[Text, frozenset[int]]] = []
    for text, mask in zip(texts, masks, strict=True):
        withdrawn = withdrawn_until(text.words) if kept else None
        if withdrawn is not None:
            kept.pop()
        place = withdrawn or amended_from(text.words, follows=bool(kept))
        kept.append((_rest(text, place, amends=True), _behind(mask, place)) if place else (text, mask))
    return [text for text, _ in kept], [mask for _, mask in kept]


def _rest(text: Text, place: int, *, amends: bool = False) -> Text:
    start = text.words.tokens[place].start
    rest = tuple(token for token in text.tokens if token.start >= start)
    return replace(text, tokens=rest, words=text.words.after(place), amends=amends)


def _behind(mask: frozenset[int], place: int) -> frozenset[int]:
    return frozenset(inside - place for inside in mask if inside >= place)


def _takes_back(words: Words) -> bool:
    return is_retraction(words) and (retracts_further(words) or not puts_in_place(words))


def says_to_put_right(text: str) -> bool:
    """Return whether a text says outright that it puts right an answer before it ("*5", "oops i meant 5")."""
    said = prepare(text, 0, None)
    starred = [token.text for token in said.tokens[:1]] == ["*"]
    return said.reaction is None and (starred or puts_right(said.words))


def says_only_that(text: str) -> bool:
    """Return whether a text that puts an answer right says nothing else: no word in it is left unexplained."""
    return is_plain(prepare(text, 0, None).tokens)
