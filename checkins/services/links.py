"""The signed link behind the one-tap page: one check-in, a limited time, nothing to sign in to."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings

from checkins.services import signed_links
from checkins.services.signed_links import Purpose, SignedLink


@dataclass(frozen=True, slots=True)
class CheckInLink:
    """What a link opens: one check-in of one practice, until an instant."""

    practice_id: UUID
    check_in_id: UUID
    expires_at: datetime


def token_for(link: CheckInLink) -> str:
    """Return the 70 characters that stand for a link; nobody can make them without our key."""
    signed = SignedLink(link.practice_id, link.check_in_id, link.expires_at)
    return signed_links.sign(signed, purpose=Purpose.CHECK_IN)


def address_of(link: CheckInLink) -> str:
    """Return the address to text to the patient."""
    return f"{settings.PUBLIC_BASE_URL}/c/{token_for(link)}/"


def opened(token: str) -> CheckInLink | None:
    """Return the link that a token stands for, expired or not; None when it is none of ours."""
    found = signed_links.opened(token, purpose=Purpose.CHECK_IN)
    return CheckInLink(found.practice_id, found.subject_id, found.expires_at) if found else None
