"""Compare the reader with labelled texts: a confusion table for each field, and the acceptance figures."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from checkins.replies.published import result_document
from checkins.replies.scoring import Scorecard, score_lines

BELOW_TARGET = 1


class Command(BaseCommand):
    """Score the reader without Django's checks: nothing here needs the database."""

    help = "Score the reader on one or more files of labelled texts (JSON lines), counted together."
    requires_system_checks = []  # noqa: RUF012 (Django declares the attribute so)

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the labelled files and whether to list what was misread."""
        parser.add_argument("gold", nargs="+", help="files of labelled texts, one JSON object a line")
        parser.add_argument(
            "--misses", action="store_true", help="list the ids that were misread, and the field"
        )
        parser.add_argument(
            "--write", metavar="FILE", help="write the result as it is published to this file"
        )
        parser.add_argument(
            "--measured-on", metavar="DATE", help="the ISO date that the written result bears"
        )
        parser.add_argument("--json", action="store_true", help="print the figures as JSON")

    def handle(self, *args: Any, gold: list[str], misses: bool, **options: Any) -> None:  # noqa: ANN401 (Django's signature)
        """Print the tables; exit with 1 if a target is missed."""
        del args
        card = score_lines(line for name in gold for line in self._lines(name))
        if options["json"]:
            self.stdout.write(json.dumps(card.figures_document(), ensure_ascii=False))
        else:
            self._print(card)
        if options["write"]:
            self._write(card, gold, options["write"], options["measured_on"])
        if misses:
            for miss in card.misses:
                self.stdout.write(f"{miss.identifier}  {miss.field}: {miss.expected} read as {miss.read}")
        if not card.meets_targets():
            sys.exit(BELOW_TARGET)

    def _lines(self, name: str) -> list[str]:
        try:
            return Path(name).read_text("utf-8").splitlines()
        except OSError as error:
            raise CommandError(f"{name} cannot be read: {error.strerror}") from error

    def _write(self, card: Scorecard, gold: list[str], target: str, measured_on: str | None) -> None:
        if not measured_on:
            raise CommandError("Say when it was measured: --measured-on 2026-11-22.")
        document = result_document(card, names=[Path(name).name for name in gold], measured_on=measured_on)
        Path(target).write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", "utf-8")

    def _print(self, card: Scorecard) -> None:
        for field, table in card.confusion.items():
            self.stdout.write(f"\n{field}")
            for (expected, read), count in sorted(table.items(), key=lambda item: (-item[1], item[0])):
                mark = " " if expected == read else "*"
                self.stdout.write(f" {mark} {count:5d}  {expected} -> {read}")
        self.stdout.write(f"\n{card.texts} texts, {card.wholly_right} right in every field")
        for figure in card.figures():
            verdict = "met" if figure.is_met else "MISSED"
            self.stdout.write(
                f"{figure.name:24s} {figure.share:7.2%}  ({figure.count} of {figure.of}; {figure.target}) {verdict}"
            )
