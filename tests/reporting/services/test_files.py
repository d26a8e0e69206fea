"""The files of a release: the same bytes each time, tagged, and without anything that runs."""

import io
import zipfile
from datetime import UTC, datetime

from reporting.profiles.document import build
from reporting.services.rendering import Stamp, render_all
from tests.reporting.rules.invented_results import FRAME, several

STAMP = Stamp(3, "Jane Okoye", datetime(2026, 4, 6, 12, tzinfo=UTC), "0" * 64, "0123456789abcdef")


def _document():
    made = [*several(45), *several(15, start=45, baseline=7, end=6), *several(20, start=60, end=None)]
    hostile = '=HYPERLINK("http://example.org") Élan ñandú Łódź'
    return dict(build(made, frame=FRAME).document) | {"payer": hostile}


def test_two_renderings_give_the_same_bytes() -> None:
    assert render_all(_document(), stamp=STAMP) == render_all(_document(), stamp=STAMP)


def test_the_pdf_is_tagged_and_dated_by_the_release_alone() -> None:
    pdf = next(each.content for each in render_all(_document(), stamp=STAMP) if each.name == "profile.pdf")
    assert pdf.startswith(b"%PDF-")
    assert b"/MarkInfo" in pdf
    assert b"pdfuaid" in pdf
    assert b"20260406" in pdf


def test_the_workbook_holds_no_formula_and_no_link() -> None:
    book = next(each.content for each in render_all(_document(), stamp=STAMP) if each.name == "profile.xlsx")
    with zipfile.ZipFile(io.BytesIO(book)) as opened:
        sheets = [opened.read(name).decode() for name in opened.namelist() if "worksheets" in name]
    assert sheets
    assert not any("<f>" in each or "<hyperlink" in each for each in sheets)
