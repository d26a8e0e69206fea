"""`manage.py rebuild`: makes every derived row again from the facts and says how many differed."""

from argparse import ArgumentParser
from uuid import UUID

from django.core.management.base import BaseCommand

from billing.services import rebuilding
from networks import clock
from networks.models import Practice


class Command(BaseCommand):
    """Changes nothing on a database whose derived rows follow from its facts."""

    help = "Makes derived rows again from the facts, practice by practice, and counts those that changed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Practices to rebuild; all by default."""
        parser.add_argument(
            "--practice", action="append", type=UUID, help="only this practice; may be repeated"
        )

    def handle(self, *, practice: list[UUID] | None, **options: object) -> None:
        """Rebuild and print one line a table, then the total."""
        # Only the owner role sees every practice; the rebuilding itself runs in each practice's own scope.
        ids = practice or list(Practice.objects.using("owner").order_by("pk").values_list("pk", flat=True))
        changed = rebuilding.rebuild(ids, now=clock.now())
        for table, rows in sorted(changed.items()):
            self.stdout.write(f"{table}: {rows} rows changed")
        self.stdout.write(f"{len(ids)} practices rebuilt, {sum(changed.values())} rows changed in all.")
