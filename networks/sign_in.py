"""Sign-in: people are invited, nobody registers by themselves; in production a second factor is required."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnlyAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth has no types
    """allauth's account rules with the door to registration shut."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse registration: an administrator invites."""
        return False
