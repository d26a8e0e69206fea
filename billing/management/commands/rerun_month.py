"""`manage.py rerun_month MONTH --rules R2025 --practice ID`: what a month would hold under other rules."""

from argparse import ArgumentParser
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from billing.months_named import month_named
from billing.presenters.reruns import rerun_view
from billing.selectors.reruns import rerun_month, rule_sets_to_choose
from networks import clock
from networks.models import Practice
from networks.scoping import practice_scope


class Command(BaseCommand):
    """Reads only; prints ids, codes and counts, nobody's name."""

    help = "Judges a practice's month under another rule set and prints what differs."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The month, the rule set and the practice."""
        parser.add_argument("month", help="such as 2026-03")
        parser.add_argument("--rules", required=True, help="the rule set, such as R2025")
        parser.add_argument("--practice", required=True, type=UUID, help="the practice's id")

    def handle(self, *, month: str, rules: str, practice: UUID, **options: object) -> None:
        """Print the sums, then each line that differs."""
        first = month_named(month)
        if first is None:
            raise CommandError("Write the month as year and month, such as 2026-03.")
        choices = {each.id: each for each in rule_sets_to_choose()}
        if rules not in choices:
            raise CommandError(f"No approved rule set is called {rules}; there are {', '.join(choices)}.")
        with practice_scope(practice):
            if not Practice.objects.filter(pk=practice).exists():
                raise CommandError("There is no practice with this id.")
            view = rerun_view(rerun_month(practice, month=first, rule_set=choices[rules], now=clock.now()))
        self.stdout.write(view.title)
        for count in view.counts:
            self.stdout.write(
                f"{count.code} {count.state}: {count.now} now, {count.other} then ({count.difference})"
            )
        for row in view.rows:
            self.stdout.write(f"{row.patient_id} {row.date_of_service}: {row.now} -> {row.other}")
        self.stdout.write(f"{len(view.rows)} lines differ.")
