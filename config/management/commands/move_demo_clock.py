"""`manage.py move_demo_clock day`: the demonstration's clock forward, with what happens meanwhile."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.clock_moves import STEPS
from config.demo import passing
from networks import clock


class Command(BaseCommand):
    """Do at once what the bar in the frame rings for."""

    help = "Move the demonstration's clock forward by an hour, a day or a week."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the step."""
        parser.add_argument("by", choices=list(STEPS))

    def handle(self, *args: object, **options: str) -> None:
        """Move it and say how many texts patients wrote meanwhile."""
        if not clock.may_move():
            raise CommandError("This clock is the machine's: DEMO_CLOCK_FILE is not set.")
        since = clock.now()
        until = clock.move(STEPS[options["by"]])
        texts = sum(passing.let_pass(each, since=since, until=until) for each in passing.practices())
        self.stdout.write(f"It is {until:%a %d %b %H:%M} UTC. Patients wrote {texts} texts meanwhile.")
