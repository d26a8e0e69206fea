"""The PDF of an audit packet: typeset by typst, tagged for screen readers (PDF/UA-1), the same bytes each time."""

import importlib
import json
from datetime import datetime
from pathlib import Path

from billing.packets.sheet import sheet_of

_TYPESETTING = Path(__file__).resolve().parent.parent / "typesetting"


def as_pdf(content: bytes) -> bytes:
    """Return the PDF of a packet's file; the time of the certification is the only one that it carries."""
    # Loaded when first needed: the typesetter is large and most processes never typeset.
    typst = importlib.import_module("typst")
    sheet = sheet_of(content)
    certified_at = datetime.fromisoformat(sheet["head"]["certified_at"])
    made: bytes = typst.compile(
        str(_TYPESETTING / "packet.typ"),
        root=str(_TYPESETTING),
        font_paths=[str(_TYPESETTING / "fonts")],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"sheet": json.dumps(sheet)},
        timestamp=int(certified_at.timestamp()),
    )
    return made
