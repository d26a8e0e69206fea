"""The public keys by which anybody checks a release: the one in use, and those used before, with their dates."""

import base64
import hashlib
from dataclasses import asdict, dataclass

from cryptography.hazmat.primitives import serialization
from django.conf import settings

from networks.services.sealing import signing_key


@dataclass(frozen=True)
class VerificationKey:
    """One public key: its short id, the fingerprint, and from when to when it signed; ISO dates, empty if open."""

    key_id: str
    public_key: str
    fingerprint: str
    valid_from: str
    valid_until: str
    algorithm: str = "Ed25519"

    def as_data(self) -> dict[str, str]:
        """Return the key as `/verify/keys.json` lists it."""
        return asdict(self)


def verification_keys() -> list[VerificationKey]:
    """Return the key in use, then the retired ones as the setting lists them: "base64 public key:from:until"."""
    public = signing_key().public_key()
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    listed = [_key(raw, valid_from=getattr(settings, "SEAL_KEY_SINCE", ""), valid_until="")]
    for entry in getattr(settings, "RETIRED_SEAL_KEYS", ()):
        encoded, _, dates = entry.partition(":")
        start, _, end = dates.partition(":")
        listed.append(_key(base64.b64decode(encoded), valid_from=start, valid_until=end))
    return listed


def _key(raw: bytes, *, valid_from: str, valid_until: str) -> VerificationKey:
    fingerprint = hashlib.sha256(raw).hexdigest()
    return VerificationKey(
        key_id=fingerprint[:16],
        public_key=base64.b64encode(raw).decode(),
        fingerprint=fingerprint,
        valid_from=valid_from,
        valid_until=valid_until,
    )
