"""The board's rows as files straight from the database: CSV and the rows of a sheet, in pieces, nothing kept."""

from collections.abc import Generator, Mapping
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db import connection

from billing.board_filter import BoardFilter
from billing.estimates import Gpci, price_list
from billing.selectors.board import parameters_of
from billing.selectors.board_sql import FILE, assembled
from patients.models import Episode

CHUNK = 64 * 1024


class Kind(StrEnum):
    """How a column is written."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"


COLUMNS: Mapping[str, Kind] = {
    "row_id": Kind.TEXT,
    "patient_id": Kind.TEXT,
    "patient": Kind.TEXT,
    "record_number": Kind.TEXT,
    "clinician": Kind.TEXT,
    "payer": Kind.TEXT,
    "month": Kind.TEXT,
    "window_from": Kind.DATE,
    "window_to": Kind.DATE,
    "data_days": Kind.NUMBER,
    "minutes": Kind.NUMBER,
    "live_contacts": Kind.NUMBER,
    "codes": Kind.TEXT,
    "missing": Kind.TEXT,
    "estimate_certified_or_may_be_usd": Kind.NUMBER,
    "estimate_waiting_usd": Kind.NUMBER,
    "no_rate_known_for": Kind.TEXT,
}


def _inert(column: str) -> str:
    # A spreadsheet takes such a beginning for a formula (OWASP, CSV injection); the full-width signs too.
    return f"CASE WHEN {column} ~ E'^[=+\\\\-@\\t\\r\\n＝＋－＠]' THEN '''' || {column} ELSE {column} END"


def _cell(column: str, kind: Kind) -> str:
    if kind is Kind.NUMBER:
        return f"CASE WHEN {column} IS NULL THEN '<c/>' ELSE '<c><v>' || {column} || '</v></c>' END"
    if kind is Kind.DATE:
        # Days since 30 December 1899, as spreadsheets count.
        days = f"({column} - DATE '1899-12-30')"
        return f"CASE WHEN {column} IS NULL THEN '<c/>' ELSE '<c s=\"1\"><v>' || {days} || '</v></c>' END"
    # XML's own signs and the backslash, which COPY would double, as references; control letters go, as XML
    # forbids them (XML 1.0, section 2.2). At most 32,767 letters fit a cell.
    signs = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\\", "&#92;"))
    shown = f"left({column}, 32000)"
    cleaned = f"regexp_replace(translate({shown}, E'{_CONTROLS}', ''), E'[\\t\\n\\r]+', ' ', 'g')"
    # Hardly a cell has such a letter, and taking them out costs ten times what looking for one does.
    text = f"CASE WHEN {shown} ~ E'[\\x01-\\x1f\\uFFFE\\uFFFF]' THEN {cleaned} ELSE {shown} END"
    for sign, written in signs:
        text = f"replace({text}, '{sign}', '{written}')"
    return f"'<c t=\"inlineStr\"><is><t xml:space=\"preserve\">' || {text} || '</t></is></c>'"


_CONTROLS = "".join(f"\\x{code:02x}" for code in range(1, 32) if code not in (9, 10, 13)) + "\\uFFFE\\uFFFF"

_CSV_COLUMNS = ", ".join(
    f"{_inert(name)} AS {name}" if kind is Kind.TEXT else name for name, kind in COLUMNS.items()
)
CSV = assembled(
    "COPY (SELECT $columns FROM ($file) file) TO STDOUT (FORMAT csv)", columns=_CSV_COLUMNS, file=FILE
)
CSV_HEAD = (",".join(COLUMNS) + "\n").encode()
_CELLS = " || ".join(_cell(name, kind) for name, kind in COLUMNS.items())
SHEET = assembled(
    "COPY (SELECT '<row>' || $cells || '</row>' FROM ($file) file) TO STDOUT (FORMAT text)",
    cells=_CELLS,
    file=FILE,
)


def copied(
    sql: str, practice_id: UUID, wanted: BoardFilter, *, today: date, gpci: Gpci, seconds: int = 600
) -> Generator[bytes, None, None]:
    """Yield what COPY gives for these rows in pieces of about 64 KiB; inside a scope, one query.

    The statement ends after `seconds`, so that a reader who stopped reading holds no snapshot for ever.
    """
    parameters = file_parameters(practice_id, wanted, today=today, gpci=gpci)
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, true)", [f"{seconds}s"])
        # psycopg's own cursor: Django's hands `copy` through.
        with cursor.copy(sql, parameters) as copy:
            waiting: list[bytes] = []
            size = 0
            for part in copy:
                waiting.append(bytes(part))
                size += len(part)
                if size >= CHUNK:
                    yield b"".join(waiting)
                    waiting, size = [], 0
        yield b"".join(waiting)


def fits_a_sheet(practice_id: UUID, *, most: int) -> bool:
    """Tell whether a practice has no more episodes than so many; one query that stops counting there."""
    return Episode.objects.filter(practice_id=practice_id)[: most + 1].count() <= most


def file_parameters(practice_id: UUID, wanted: BoardFilter, *, today: date, gpci: Gpci) -> dict[str, Any]:
    """Return the values of the file's SQL: the filters and the prices in force."""
    prices = price_list(gpci=gpci)
    return parameters_of(practice_id, wanted, today=today) | {
        "codes": [each.code for each in prices],
        "firsts": [each.first_day for each in prices],
        "lasts": [each.last_day for each in prices],
        "dollars": [each.dollars for each in prices],
        "assistants": [each.with_assistant for each in prices],
    }
