"""The workbook of a profile: one sheet for the figures, one for the tables, one about it; no formula anywhere."""

import importlib
import io
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from reporting.profiles.rows import FIGURE_HEADS, Cell, about_rows, figure_rows, table_rows, week_rows

_INERT = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
_WIDEST = 60


def as_workbook(document: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """Return the workbook of a document; `made_at` is the only time that it carries."""
    # Loaded when first needed, as the typesetter is.
    xlsxwriter = importlib.import_module("xlsxwriter")
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _INERT) as book:
        # Workbooks know no zones: the time stands in UTC.
        book.set_properties({"title": document["title"], "created": made_at.replace(tzinfo=None)})
        styles = {
            "head": book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "cell": book.add_format({"valign": "top"}),
        }
        _write(book, "Figures", [FIGURE_HEADS, *figure_rows(document)], styles)
        tables: list[Sequence[Cell]] = []
        for table in document["tables"]:
            tables += [*table_rows(table), []]
        _write(book, "Tables", tables, styles, heads=_heads(document))
        _write(book, "Weeks", week_rows(document), styles)
        _write(book, "About", about_rows(document), styles, heads=frozenset())
    return out.getvalue()


def _heads(document: Mapping[str, Any]) -> frozenset[int]:
    """Return the rows of the sheet of tables on which a table begins."""
    heads, row = set(), 0
    for table in document["tables"]:
        heads.add(row)
        row += len(table_rows(table)) + 1
    return frozenset(heads)


def _write(
    book: Any,  # noqa: ANN401 - the library has no types
    title: str,
    rows: Sequence[Sequence[Cell]],
    styles: Mapping[str, object],
    *,
    heads: frozenset[int] = frozenset({0}),
) -> None:
    sheet = book.add_worksheet(title)
    for place, row in enumerate(rows):
        style = styles["head" if place in heads else "cell"]
        for column, value in enumerate(row):
            if isinstance(value, str):
                sheet.write_string(place, column, value, style)
            elif value is not None:
                sheet.write_number(place, column, value, style)
    for column in range(max((len(row) for row in rows), default=0)):
        longest = max((len(str(row[column])) for row in rows if column < len(row)), default=0)
        sheet.set_column(column, column, min(_WIDEST, max(10, longest + 2)))
    if heads == frozenset({0}):
        sheet.freeze_panes(1, 0)
