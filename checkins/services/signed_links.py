"""Addresses that open one thing for a limited time without signing in: nobody makes one without our key."""

import base64
import binascii
import struct
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from uuid import UUID

from django.utils.crypto import constant_time_compare, salted_hmac

_BODY = struct.Struct(">16s16sI")
_MAC_BYTES = 16  # 128 bits, the least that RFC 2104 (1997), section 5, allows for SHA-256


class Purpose(StrEnum):
    """What a link is for, as its signature knows it: a link of one purpose opens nothing of another."""

    CHECK_IN = "daybook.check-in-link.1"
    CONSENT = "daybook.consent-link.1"


@dataclass(frozen=True, slots=True)
class SignedLink:
    """What a link opens: one row of one practice, until an instant."""

    practice_id: UUID
    subject_id: UUID
    expires_at: datetime


def sign(link: SignedLink, *, purpose: Purpose) -> str:
    """Return the 70 characters that stand for a link."""
    body = _BODY.pack(link.practice_id.bytes, link.subject_id.bytes, int(link.expires_at.timestamp()))
    return base64.urlsafe_b64encode(body + _mac(body, purpose)).decode().rstrip("=")


def opened(token: str, *, purpose: Purpose) -> SignedLink | None:
    """Return the link that a token stands for, expired or not; None when it is none of ours for this purpose."""
    try:
        raw = base64.b64decode(token + "=" * (-len(token) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    body, mac = raw[: _BODY.size], raw[_BODY.size :]
    if len(body) != _BODY.size or not constant_time_compare(mac, _mac(body, purpose)):
        return None
    practice, subject, expires = _BODY.unpack(body)
    return SignedLink(UUID(bytes=practice), UUID(bytes=subject), datetime.fromtimestamp(expires, tz=UTC))


def _mac(body: bytes, purpose: Purpose) -> bytes:
    return salted_hmac(purpose.value, body, algorithm="sha256").digest()[:_MAC_BYTES]
