"""`manage.py ship_protocols`: put Daybook's own protocols in place, once per release."""

from django.core.management.base import BaseCommand

from checkins.models import Protocol
from checkins.services import protocols


class Command(BaseCommand):
    """Put in place what is missing; what is out never changes."""

    help = "Put the protocols that come with this release in place; safe to repeat."

    def handle(self, *args: object, **options: object) -> None:
        """Ship, and say how many there are."""
        protocols.ship()
        self.stdout.write(f"{Protocol.objects.count()} protocols in place.")
