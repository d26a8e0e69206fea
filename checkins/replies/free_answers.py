"""Whether a text answers the free question: in words of its own, which a person reads and nothing interprets."""

from collections.abc import Sequence

from .reading import Evidence
from .tokens import Kind, Token

# Beside other answers so many words of one's own tell something; fewer belong to those answers.
OWN_WORDS = 3
NOTHING = frozenset({"nothing", "nada", "none", "ninguno", "ninguna"})


def find_free(tokens: Sequence[Token], known: Sequence[Evidence], *, is_alone: bool) -> Evidence | None:
    """Return what shows that one text tells something freely; `is_alone` where nothing else is open.

    `known` are the words that answer other questions.
    """
    said = [token for token in tokens if token.kind is not Kind.MARK]
    own = [token for token in said if token.kind is Kind.WORD and not _is_known(token, known)]
    told = said if is_alone else own
    if not told or not (is_alone or len(own) >= OWN_WORDS or any(token.text in NOTHING for token in own)):
        return None
    return Evidence("free.told", told[0].index, told[0].start, told[-1].end)


def _is_known(token: Token, known: Sequence[Evidence]) -> bool:
    return any(
        each.index == token.index and each.start <= token.start and token.end <= each.end for each in known
    )
