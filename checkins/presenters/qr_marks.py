"""QR codes as drawings: one SVG path for a template to show, on a screen or on paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import qrcode  # type: ignore[import-untyped] # the library ships no types

_QUIET = 4  # modules of white around a QR code (ISO/IEC 18004:2015)


@dataclass(frozen=True)
class QrMark:
    """A QR code as one SVG path over `size` by `size` modules, white margin included."""

    size: int
    path: str
    says: str


def qr_mark(text: str) -> QrMark:
    """Return a text as a QR code that stands a quarter of its area being dirty."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_Q, border=_QUIET)
    code.add_data(text)
    matrix: list[list[bool]] = code.get_matrix()
    runs = [run for top, line in enumerate(matrix) for run in _runs(line, top)]
    return QrMark(size=len(matrix), path="".join(runs), says=text)


def _runs(line: Sequence[bool], top: int) -> Iterable[str]:
    """Yield each run of dark modules of one line as a rectangle."""
    start = 0
    while start < len(line):
        end = start
        while end < len(line) and line[end]:
            end += 1
        if end > start:
            yield f"M{start} {top}h{end - start}v1h-{end - start}z"
        start = end + 1
