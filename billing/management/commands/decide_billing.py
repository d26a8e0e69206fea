"""`manage.py decide_billing [FILE|-]`: one JSON document in, one decision out; a list in, a list out."""

import sys
from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from billing.exchange import decide_text
from billing.json_field import DocumentError

DOES_NOT_FIT = 2


class Command(BaseCommand):
    """Decides without a database, with the functions the product itself uses."""

    help = "Decides what may be billed and why not, for a JSON document or a list of them."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file to read; standard input by default."""
        parser.add_argument("file", nargs="?", default="-", help="a JSON file, or - for standard input")

    def handle(self, *, file: str, **options: object) -> str:
        """The decision, to be printed; exit code 2 with field and reason when the document does not fit."""
        try:
            return decide_text(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
        except DocumentError as error:
            raise CommandError(str(error), returncode=DOES_NOT_FIT) from error
        except OSError as error:
            raise CommandError(
                f"{file}: cannot be read ({error.strerror}).", returncode=DOES_NOT_FIT
            ) from error
