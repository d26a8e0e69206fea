"""Takes away what the patient did not write: our own prompt, quoted lines, the quote in a reaction, signatures."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .tokens import Gap, Kind, Token

# So many words of our prompt in a row are a quotation; fewer may be the patient's own ("0 none").
RUN = 5
# A mail program's line above a quotation: "On Tue, Nov 3, 2026 at 9:02 AM …".
HEADER_STARTS = frozenset({"on", "el"})
QUOTED_RUN = 2
QUOTED_LINES = re.compile(r"^[ \t]*>.*$", re.MULTILINE)
QUOTE_HEADER = re.compile(
    r"^(?P<line>(?:on|el)\b[^\n]{0,160}\b(?:wrote|escribi[oó]):)", re.MULTILINE | re.IGNORECASE
)
SIGNATURE = re.compile(
    r"(?:^--\s*$|\b(?:sent (?:from|via) (?:my|yahoo|outlook|mail|samsung|the|t-mobile|verizon|at&t)|get outlook for"
    r"|sent with|enviado (?:desde|por) mi|enviado desde|obtener outlook|descarga outlook)\b).*",
    re.MULTILINE | re.IGNORECASE | re.DOTALL,
)


def without_quotes(text: str) -> str:
    """Return the cleaned text with quoted lines and signatures blanked; offsets stay.

    >>> without_quotes("6\\nSent from my iPhone").strip()
    '6'
    """
    header = QUOTE_HEADER.search(text)
    if header is not None:
        # Below a header that opens the text stands the answer; above any other it stood.
        opens = not text[: header.start()].strip()
        end = header.end("line") if opens else len(text)
        text = text[: header.start()] + " " * (end - header.start()) + text[end:]
    for pattern in (QUOTED_LINES, SIGNATURE):
        text = pattern.sub(lambda match: " " * len(match.group()), text)
    return text


def without_prompt(tokens: Sequence[Token], prompt: Sequence[Token]) -> list[Token]:
    """Return the tokens without any stretch that repeats our own prompt."""
    ours = [token.text for token in prompt if token.kind is not Kind.MARK]
    said = [place for place, token in enumerate(tokens) if token.kind is not Kind.MARK]
    if not ours or not said:
        return list(tokens)
    repeated = _repeated([tokens[place].text for place in said], ours, min(RUN, len(ours)))
    repeated |= _quoted(tokens, said, ours)
    gone = {said[place] for place in repeated}
    return _closed_up(tokens, gone) if gone else list(tokens)


def _repeated(said: list[str], ours: list[str], run: int) -> set[int]:
    grams = {tuple(ours[start : start + run]) for start in range(len(ours) - run + 1)}
    found: set[int] = set()
    for start in range(len(said) - run + 1):
        if tuple(said[start : start + run]) in grams:
            found.update(range(start, start + run))
    return found


def _quoted(tokens: Sequence[Token], said: list[int], ours: list[str]) -> set[int]:
    """Return the words between quotation marks that stand like that in the prompt."""
    marks = [place for place, token in enumerate(tokens) if token.text == '"']
    found: set[int] = set()
    for opening, closing in zip(marks[::2], marks[1::2], strict=False):
        inside = [order for order, place in enumerate(said) if opening < place < closing]
        quoted = [tokens[said[order]].text for order in inside]
        if len(quoted) >= QUOTED_RUN and _repeated(quoted, ours, len(quoted)):
            found.update(inside)
    return found


def _closed_up(tokens: Sequence[Token], gone: set[int]) -> list[Token]:
    """Drop tokens and the signs between them; what follows starts a new sentence."""
    first, last = min(gone), max(gone)
    if tokens[0].text in HEADER_STARTS and any(token.kind is Kind.NUMBER for token in tokens[:first]):
        gone = gone | set(range(first))
        first = 0
    kept: list[Token] = []
    cut = False
    for place, token in enumerate(tokens):
        between = first < place < last and token.kind is Kind.MARK
        after = cut and token.kind is Kind.MARK
        if place in gone or between or after:
            cut = True
            continue
        kept.append(replace(token, gap=Gap.SENTENCE, glued=False) if cut else token)
        cut = False
    return kept
