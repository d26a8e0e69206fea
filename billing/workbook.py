"""A workbook of one sheet as a stream: rows come as XML that the database made, memory stays flat.

The parts follow ECMA-376 (Office Open XML, 2016): inline strings, so that no cell is ever a formula.
"""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import date
from xml.sax.saxutils import escape

SHEET_ROWS = 1_048_576  # the most that a sheet holds, its head included (ECMA-376; Excel 2007)
CHUNK = 64 * 1024
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_DOCUMENT = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"

_FIXED = {
    "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
    f'Type="{_DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
    f'Type="{_DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" '
    f'Type="{_DOCUMENT}/styles" Target="styles.xml"/></Relationships>',
    # Style 1 is a date (built-in format 14), style 2 bold for the head.
    "xl/styles.xml": f'<styleSheet xmlns="{_MAIN}"><fonts count="2"><font/><font><b/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="3"><xf xfId="0"/>'
    '<xf xfId="0" numFmtId="14" applyNumberFormat="1"/><xf xfId="0" fontId="1" applyFont="1"/></cellXfs>'
    "</styleSheet>",
}


class _Outlet:
    """What the archive writes into: bytes wait here until they are taken."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.waiting = 0

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        self.waiting += len(data)
        return len(data)

    def flush(self) -> None:
        """Nothing is held back further down."""

    def take(self) -> bytes:
        taken = b"".join(self._parts)
        self._parts.clear()
        self.waiting = 0
        return taken


def stream(title: str, head: Iterable[str], rows: Iterable[bytes], *, made_on: date) -> Iterator[bytes]:
    """Yield a workbook in pieces of about 64 KiB; `rows` are `<row>` elements, in any pieces.

    The archive's entries carry the date only, so that the same rows make the same bytes on a day.
    """
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:  # type: ignore[call-overload] # writing is all it needs
        for name, text in {**_FIXED, "xl/workbook.xml": _workbook(title)}.items():
            archive.writestr(_entry(name, made_on), _HEAD + text)
        with archive.open(_entry("xl/worksheets/sheet1.xml", made_on), "w", force_zip64=True) as sheet:
            sheet.write(f'{_HEAD}<worksheet xmlns="{_MAIN}">{_FROZEN}<sheetData>{_head_row(head)}'.encode())
            yield outlet.take()
            for row in rows:
                sheet.write(row)
                if outlet.waiting >= CHUNK:
                    yield outlet.take()
            sheet.write(b"</sheetData></worksheet>")
    yield outlet.take()


_FROZEN = (
    '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" '
    'state="frozen"/></sheetView></sheetViews>'
)


def _entry(name: str, made_on: date) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, (made_on.year, made_on.month, made_on.day, 0, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _workbook(title: str) -> str:
    return (
        f'<workbook xmlns="{_MAIN}" xmlns:r="{_DOCUMENT}"><sheets>'
        f'<sheet name="{escape(title, {chr(34): "&quot;"})}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    )


def _head_row(head: Iterable[str]) -> str:
    cells = "".join(f'<c s="2" t="inlineStr"><is><t>{escape(each)}</t></is></c>' for each in head)
    return f"<row>{cells}</row>"
