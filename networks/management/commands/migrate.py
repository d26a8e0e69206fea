"""`manage.py migrate`: Django's own, through the owner's address, since the app role may not change tables."""

from argparse import ArgumentParser

from django.core.management.base import CommandParser
from django.core.management.commands import migrate


class Command(migrate.Command):
    """Apply migrations as the owner role unless another database is named."""

    def add_arguments(self, parser: CommandParser | ArgumentParser) -> None:
        """Make the owner's address the default."""
        super().add_arguments(parser)  # type: ignore[arg-type] # the stubs know the narrower type only
        parser.set_defaults(database="owner")
