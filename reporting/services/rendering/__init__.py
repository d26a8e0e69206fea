"""The files of a release: one document, five forms; the same document and stamp give the same bytes."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from reporting.profiles.rows import as_csv
from reporting.profiles.sheet import ReleaseMark
from reporting.profiles.wording import long_day
from reporting.services.rendering.pdf import as_pdf
from reporting.services.rendering.workbook import as_workbook

_WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Stamp:
    """What a release adds to its document: number, approval, time, the release before it, the key."""

    number: int
    approved_by: str
    released_at: datetime
    previous: str
    key_id: str

    @property
    def mark(self) -> ReleaseMark:
        """Return the stamp as the sheet shows it."""
        day = long_day(self.released_at.date().isoformat())
        return ReleaseMark(self.number, day, self.approved_by, self.key_id, self.previous)


@dataclass(frozen=True)
class RenderedFile:
    """One file, ready to be stored and hashed."""

    name: str
    media_type: str
    content: bytes


def render_all(document: Mapping[str, Any], *, stamp: Stamp) -> list[RenderedFile]:
    """Return PDF, workbook, CSV and JSON of a document."""
    return [
        RenderedFile(
            "profile.pdf", "application/pdf", as_pdf(document, mark=stamp.mark, made_at=stamp.released_at)
        ),
        RenderedFile("profile.xlsx", _WORKBOOK, as_workbook(document, made_at=stamp.released_at)),
        RenderedFile("profile.csv", "text/csv; charset=utf-8", as_csv(document)),
        RenderedFile("profile.json", "application/json", as_json(document)),
    ]


def as_json(document: Mapping[str, Any]) -> bytes:
    """Return the document as JSON for people and programs."""
    return (json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True) + "\n").encode()
