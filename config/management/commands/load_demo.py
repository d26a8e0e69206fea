"""`manage.py load_demo`: the invented network with its history; does nothing when it is there."""

import os
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from config.demo import cast, loading
from networks import clock


class Command(BaseCommand):
    """Load the demonstration into an empty database; the carrier simulator must be running."""

    help = "Load the invented demonstration network (does nothing when it is there)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer a network that loads in seconds."""
        parser.add_argument(
            "--small", action="store_true", help="three practices, 30 patients, 40 days instead of all of it"
        )
        parser.add_argument("--sign-ins", metavar="FILE", help="write down who can sign in, once it is there")

    def handle(self, *args: object, **options: object) -> None:
        """Load it once, saying how far it is."""
        if not settings.TWILIO_API_BASE:
            raise CommandError("The demonstration texts through the simulator: TWILIO_API_BASE is not set.")
        size = cast.SMALL if options["small"] or _wanted() == "small" else cast.FULL
        if loading.is_loaded(size):
            loading.introduce()
            self.stdout.write("The demonstration is loaded.")
        else:
            loading.load(now=clock.now(), size=size, progress=self.stdout.write)
        if options["sign_ins"]:
            Path(str(options["sign_ins"])).write_text(_sign_ins())


def _sign_ins() -> str:
    lines = [f"  {email:<28}{title}" for title, email in loading.sign_ins()]
    return "\n".join([*lines, f"  Password for all: {cast.PASSWORD}", ""])


def _wanted() -> str:
    """What DEMO asks `make run` for; CommandError when it is neither "full" nor "small"."""
    wanted = os.environ.get("DEMO") or "full"
    if wanted not in {"full", "small"}:
        raise CommandError(f'DEMO must be "full" or "small", not {wanted!r}.')
    return wanted
