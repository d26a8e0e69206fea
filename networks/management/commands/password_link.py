"""`manage.py password_link`: print the link by which somebody invited chooses a password."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from networks.models import User
from networks.services import invitations


class Command(BaseCommand):
    """Print the one-time link of a person who has no password yet."""

    help = "Print the link to choose a password, for somebody who never had one; for where no mail is set up."

    def add_arguments(self, parser: CommandParser) -> None:
        """Ask for the e-mail address."""
        parser.add_argument("email")

    def handle(self, *args: object, **options: object) -> None:
        """Print the link; whoever has a password asks for another by e-mail, as everybody does."""
        person = User.objects.filter(email=str(options["email"]).strip().lower()).first()
        if person is None:
            raise CommandError("Nobody has this e-mail address: look at its spelling.")
        if person.has_usable_password():
            raise CommandError(
                "This person has a password. For a new one: “Forgot the password?” at the sign-in."
            )
        self.stdout.write(f"One-time link, good for {invitations.link_days()} days:")
        self.stdout.write(invitations.password_link(person))
