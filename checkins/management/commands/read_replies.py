"""JSON lines of patients' texts in, JSON lines of readings out; no database."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.core.management.base import BaseCommand, CommandError, CommandParser

from checkins.replies.documents import UnreadableRequest, document_of, request_from
from checkins.replies.reader import read

DID_NOT_FIT = 2


class Command(BaseCommand):
    """Read texts without Django's checks: nothing here needs the database."""

    help = "Say what texts mean: JSON lines in (a file or - for standard input), JSON lines out."
    requires_system_checks = []  # noqa: RUF012 (Django declares the attribute so)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file to read, standard input by default."""
        parser.add_argument(
            "file", nargs="?", default="-", help="a file of JSON lines, or - for standard input"
        )

    def handle(self, *args: Any, file: str, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Write a reading for every line that fits; exit with 2 if one did not."""
        del args, options
        try:
            fits = [self._read(number, line) for number, line in _lines(file) if line.strip()]
        except OSError as error:
            raise CommandError(
                f"The file cannot be read: {error.strerror}.", returncode=DID_NOT_FIT
            ) from error
        if not all(fits):
            sys.exit(DID_NOT_FIT)

    def _read(self, number: int, line: str) -> bool:
        """Write the reading of one line; say what to correct and return False when it does not fit."""
        try:
            identifier, request = request_from(json.loads(line))
        except (UnreadableRequest, ValueError, RecursionError) as error:
            self.stderr.write(f"line {number}: {_reason(error)}")
            return False
        self.stdout.write(json.dumps(document_of(identifier, read(request)), ensure_ascii=True))
        return True


def _lines(file: str) -> Iterator[tuple[int, str]]:
    if file == "-":
        yield from _decoded(sys.stdin.buffer)
    else:
        with Path(file).open("rb") as stream:
            yield from _decoded(stream)


def _decoded(stream: BinaryIO) -> Iterator[tuple[int, str]]:
    for number, raw in enumerate(stream, start=1):
        yield number, raw.decode("utf-8", errors="surrogateescape")


def _reason(error: Exception) -> str:
    """Return what to correct; never the text of a patient."""
    return str(error) if isinstance(error, UnreadableRequest) else "not valid JSON"
