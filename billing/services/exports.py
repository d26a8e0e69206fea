"""Files of the billing board: noted before the first byte leaves, streamed, noted again when all is out."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import chain
from uuid import UUID

from billing.board_filter import BoardFilter
from billing.estimates import Gpci
from billing.selectors.board_files import COLUMNS, CSV, CSV_HEAD, SHEET, copied, fits_a_sheet
from billing.workbook import SHEET_ROWS, stream
from networks import audit
from networks.actors import Actor
from networks.errors import DomainError
from networks.scoping import Scope, open_scope


class Format(StrEnum):
    """What a file can be."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Export:
    """A file that was asked for: its rows, who asked, when, and how money is counted."""

    practice_id: UUID
    wanted: BoardFilter
    format: Format
    actor: Actor
    now: datetime
    today: date
    gpci: Gpci

    @property
    def name(self) -> str:
        """The file's name; never a patient's."""
        return f"billing-{self.wanted.month:%Y-%m}.{self.format}"


def begin(export: Export) -> None:
    """Note who takes the file; DomainError where a sheet cannot hold its rows.

    Committed with the request, so before a byte of it leaves.
    """
    if export.format is Format.XLSX and not fits_a_sheet(export.practice_id, most=SHEET_ROWS - 1):
        raise DomainError(f"A sheet holds {SHEET_ROWS - 1:,} rows and these may be more: choose CSV.")
    _note("billing_file.begun", export)


def content(export: Export) -> Generator[bytes, None, None]:
    """Yield the file in pieces, in a transaction of its own in which the end is noted too.

    A reader who goes away ends it; that it began stays noted.
    """
    sql = CSV if export.format is Format.CSV else SHEET
    with (
        open_scope(Scope.of_practice(export.practice_id)),
        # Closed before the transaction ends: a COPY that is still running would hold its connection.
        closing(copied(sql, export.practice_id, export.wanted, today=export.today, gpci=export.gpci)) as rows,
    ):
        size = 0
        # The head goes at once: whoever waits sees that the file is coming while rows are being sorted.
        for part in _file(export, rows):
            size += len(part)
            yield part
        _note("billing_file.sent", export, bytes=size)


def _file(export: Export, rows: Iterator[bytes]) -> Iterator[bytes]:
    if export.format is Format.CSV:
        return chain([CSV_HEAD], rows)
    return stream(f"{export.wanted.month:%Y-%m}", COLUMNS, rows, made_on=export.today)


def _note(action: str, export: Export, **counts: int) -> None:
    audit.record(
        action,
        actor=export.actor,
        subject_type="billing_board",
        subject_id=None,
        now=export.now,
        practice_id=export.practice_id,
        details={
            "format": export.format.value,
            "month": f"{export.wanted.month:%Y-%m}",
            "state": export.wanted.state,
            **counts,
        },
    )
