"""How many segments a text costs: carriers bill, pace and cap by segment, not by text.

GSM-7 holds 160 characters, then 153 a segment; one character outside it turns the whole text into
UCS-2 with 70, then 67. A character of two units may not straddle a segment. (3GPP TS 23.038 and 23.040.)
"""

from dataclasses import dataclass

_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "ÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
_EXTENDED = frozenset("^{}\\[~]|€\f")


@dataclass(frozen=True)
class Segments:
    """The count, the encoding, and the characters that force UCS-2."""

    segments: int
    encoding: str
    forcing: tuple[str, ...] = ()


def count_segments(text: str) -> Segments:
    """Return what a text costs; an empty text costs one segment.

    >>> count_segments("a" * 160).segments, count_segments("a" * 161).segments
    (1, 2)
    >>> count_segments("á" * 71)
    Segments(segments=2, encoding='UCS-2', forcing=('á',))
    """
    forcing = tuple(dict.fromkeys(each for each in text if each not in _BASIC and each not in _EXTENDED))
    if forcing:
        units = [2 if ord(each) > 0xFFFF else 1 for each in text]
        return Segments(_fill(units, alone=70, joined=67), "UCS-2", forcing)
    units = [2 if each in _EXTENDED else 1 for each in text]
    return Segments(_fill(units, alone=160, joined=153), "GSM-7")


def _fill(units: list[int], *, alone: int, joined: int) -> int:
    if sum(units) <= alone:
        return 1
    segments, room = 1, joined
    for unit in units:
        if unit > room:
            segments, room = segments + 1, joined
        room -= unit
    return segments
