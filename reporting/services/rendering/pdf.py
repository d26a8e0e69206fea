"""The PDF of a profile: typeset by typst, tagged for screen readers (PDF/UA-1), the same bytes each time."""

import importlib
import json
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import billing
from reporting.profiles.sheet import ReleaseMark, sheet_of

_TYPESETTING = Path(__file__).resolve().parent.parent.parent / "typesetting"
_FONTS = Path(billing.__file__).resolve().parent / "typesetting" / "fonts"


def as_pdf(document: Mapping[str, Any], *, mark: ReleaseMark | None, made_at: datetime) -> bytes:
    """Return the PDF of a document; `made_at` is the only time that it carries."""
    # Loaded when first needed: the typesetter is large and most processes never typeset.
    typst = importlib.import_module("typst")
    made: bytes = typst.compile(
        str(_TYPESETTING / "profile.typ"),
        root=str(_TYPESETTING),
        font_paths=[str(_FONTS)],
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=["ua-1"],
        sys_inputs={"sheet": json.dumps(sheet_of(document, mark=mark))},
        timestamp=int(made_at.timestamp()),
    )
    return made
