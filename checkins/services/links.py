"""The signed link behind the one-tap page: one check-in, a limited time, nothing to sign in to."""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

_SALT = "daybook.check-in-link.1"
_BODY = struct.Struct(">16s16sI")
_MAC_BYTES = 16  # 128 bits, the least that RFC 2104 (1997), section 5, allows for SHA-256


@dataclass(frozen=True, slots=True)
class CheckInLink:
    """What a link opens: one check-in of one practice, until an instant."""

    practice_id: UUID
    check_in_id: UUID
    expires_at: datetime


def token_for(link: CheckInLink) -> str:
    """Return the 70 characters that stand for a link; nobody can make them without our key."""
    body = _BODY.pack(link.practice_id.bytes, link.check_in_id.bytes, int(link.expires_at.timestamp()))
    return base64.urlsafe_b64encode(body + _mac(body)).decode().rstrip("=")


def address_of(link: CheckInLink) -> str:
    """Return the address to text to the patient."""
    return f"{settings.PUBLIC_BASE_URL}/c/{token_for(link)}/"


def opened(token: str) -> CheckInLink | None:
    """Return the link that a token stands for, expired or not; None when it is none of ours."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    if len(body) != _BODY.size or not constant_time_compare(mac, _mac(body)):
        return None
    practice, check_in, expires = _BODY.unpack(body)
    return CheckInLink(UUID(bytes=practice), UUID(bytes=check_in), datetime.fromtimestamp(expires, tz=UTC))


def _mac(body: bytes) -> bytes:
    return salted_hmac(_SALT, body, algorithm="sha256").digest()[:_MAC_BYTES]
