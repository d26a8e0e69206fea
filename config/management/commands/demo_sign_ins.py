"""`manage.py demo_sign_ins`: who can sign in to the demonstration."""

from django.core.management.base import BaseCommand

from config.demo.cast import PASSWORD
from config.demo.loading import sign_ins


class Command(BaseCommand):
    """Print the demonstration's sign-ins."""

    help = "Print who can sign in to the demonstration."

    def handle(self, *args: object, **options: object) -> None:
        """Print one line a person, then the password."""
        for title, email in sign_ins():
            self.stdout.write(f"  {email:<28}{title}")
        self.stdout.write(f"  Password for all: {PASSWORD}")
