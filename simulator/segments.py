"""How many segments a text takes, counted as the carriers do.

>>> count_segments("a" * 160), count_segments("a" * 161), count_segments("á" * 71)
(1, 2, 2)
"""

GSM_BASIC = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡"
    "ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
)
GSM_EXTENDED = frozenset("^{}\\[~]|€\f")  # two units each (3GPP TS 23.038)


def count_segments(body: str) -> int:
    """Return the number of segments of `body`: 160/153 GSM-7 units or 70/67 UCS-2 units each."""
    if all(character in GSM_BASIC or character in GSM_EXTENDED for character in body):
        return _pack([2 if character in GSM_EXTENDED else 1 for character in body], alone=160, joined=153)
    return _pack([2 if ord(character) > 0xFFFF else 1 for character in body], alone=70, joined=67)


def _pack(units: list[int], *, alone: int, joined: int) -> int:
    if sum(units) <= alone:
        return 1
    segments, used = 1, 0
    for size in units:  # a character of two units may not straddle two segments
        if used + size > joined:
            segments, used = segments + 1, 0
        used += size
    return segments
