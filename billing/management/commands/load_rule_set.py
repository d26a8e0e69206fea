"""`manage.py load_rule_set FILE --by EMAIL`: keeps a later year's rules until two people have approved them."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from billing.json_field import DocumentError
from billing.services import rule_sets
from networks import clock
from networks.errors import DomainError
from networks.models import User

DOES_NOT_FIT = 2


class Command(BaseCommand):
    """Checks the file against the schema; nothing is decided by it before two approvals."""

    help = "Loads a year's rule set from a JSON file; two people then approve it on the page Rule sets."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, and who loads it."""
        parser.add_argument("file", help="a JSON file in the shape of data/rule_sets/R2026.json")
        parser.add_argument("--by", required=True, help="the e-mail address of the person who loads it")

    def handle(self, *, file: str, by: str, **options: object) -> str:
        """Load, and say what happens next; exit code 2 with field and reason when the file does not fit."""
        person = User.objects.filter(email=by.lower(), is_active=True).first()
        if person is None:
            raise CommandError("Nobody signs in with this address: name a person who does.")
        try:
            edition = rule_sets.load(Path(file).read_bytes(), loaded_by=person, now=clock.now())
        except DocumentError as error:
            raise CommandError(str(error), returncode=DOES_NOT_FIT) from error
        except OSError as error:
            raise CommandError(
                f"{file}: cannot be read ({error.strerror}).", returncode=DOES_NOT_FIT
            ) from error
        except DomainError as error:
            raise CommandError(error.sentence, returncode=DOES_NOT_FIT) from error
        return (
            f"{edition.rule_set} is loaded (SHA-256 {edition.sha256}). Dates of service in its year stay refused "
            "until two different people have approved it on the page Rule sets."
        )
