"""Check every practice's seals against its facts and against the file of roots outside the database."""

from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from networks.scoping import practice_scope
from networks.services import sealing
from networks.services.sealed_outside import differing_outside, practices_outside


class Command(BaseCommand):
    """`manage.py check_seals [PRACTICE ...]`: exit code 1 and a sentence for each broken or missing seal."""

    help = "Checks seals against facts and against the roots written outside the database."

    def add_arguments(self, parser: Any) -> None:  # noqa: ANN401 - Django's signature
        """Take the ids of practices; every practice in the file of roots when none is given."""
        parser.add_argument("practices", nargs="*", help="Ids; default: every practice in the file of roots.")

    def handle(self, *_: object, **options: Any) -> None:  # noqa: ANN401 - Django's signature
        """Check and say what was found."""
        found = []
        practices = [UUID(each) for each in options["practices"]] or practices_outside()
        for practice_id in practices:
            with practice_scope(practice_id):
                found += [
                    f"Practice {practice_id}: seal {number} does not match its facts."
                    for number in sealing.broken_seals(practice_id)
                ]
                found += [f"Practice {practice_id}: {each}" for each in differing_outside(practice_id)]
        if found:
            raise CommandError("\n".join(found))
        self.stdout.write(f"{len(practices)} practices: every seal is whole, inside and outside.")
