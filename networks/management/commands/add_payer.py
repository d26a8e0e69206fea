"""`manage.py add_payer`: put an insurer or programme into the directory that coverage is chosen from."""

from django.core.management.base import BaseCommand, CommandParser

from networks.management.first_people import clear_errors
from networks.models import Payer
from networks.services import payers


class Command(BaseCommand):
    """Add a payer and print its id."""

    help = "Add a payer to the directory that all practices of this installation choose from."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for its name and kind."""
        parser.add_argument("name", help="as on the card, such as: Medicare Part B")
        parser.add_argument("--kind", choices=Payer.Kind.values, required=True)

    def handle(self, *args: object, **options: object) -> None:
        """Add, and print the id; a name that is there already ends with one sentence."""
        with clear_errors():
            payer = payers.add(str(options["name"]), kind=str(options["kind"]))
        self.stdout.write(f"payer     {payer.pk}")
