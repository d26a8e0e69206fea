"""How many segments a text costs, and which character makes it dear.

Alphabet and sizes: 3GPP TS 23.038 (GSM 7-bit) and TS 23.040 (concatenation), release 18, 2024.
"""

from dataclasses import dataclass

BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§"
    "¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These take an escape and so two places.
EXTENDED = frozenset("^{}\\[~]|€\f")
GSM_ALONE, GSM_JOINED = 160, 153
UCS_ALONE, UCS_JOINED = 70, 67


@dataclass(frozen=True, slots=True)
class Segments:
    """The count of a text; `forced_by` are the characters that the GSM alphabet lacks, in order, each once."""

    count: int
    encoding: str
    units: int
    forced_by: tuple[str, ...]

    @property
    def warning(self) -> str | None:
        """Return a sentence that names what makes the text dear, or None."""
        if not self.forced_by:
            return None
        shown = " ".join(self.forced_by)
        return (
            f"Not in the GSM alphabet: {shown}. The text is sent as UCS-2, {UCS_ALONE} characters a segment."
        )


def count_segments(text: str) -> Segments:
    """Return how many segments the text takes; an empty text takes one.

    >>> count_segments("a" * 161).count, count_segments("á" * 71).count
    (2, 2)
    """
    forced = tuple(dict.fromkeys(char for char in text if char not in BASIC and char not in EXTENDED))
    if forced:
        return _counted(
            [2 if ord(char) > 0xFFFF else 1 for char in text], "UCS-2", UCS_ALONE, UCS_JOINED, forced
        )
    return _counted([2 if char in EXTENDED else 1 for char in text], "GSM-7", GSM_ALONE, GSM_JOINED, forced)


def _counted(sizes: list[int], encoding: str, alone: int, joined: int, forced: tuple[str, ...]) -> Segments:
    units = sum(sizes)
    count = 1 if units <= alone else _packed(sizes, joined)
    return Segments(count, encoding, units, forced)


def _packed(sizes: list[int], room: int) -> int:
    """Return the segments needed when no character of two units may straddle an edge."""
    count, used = 1, 0
    for size in sizes:
        if used + size > room:
            count, used = count + 1, 0
        used += size
    return count
