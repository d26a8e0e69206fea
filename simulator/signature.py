"""X-Twilio-Signature of a form post: HMAC-SHA1 over the address and the sorted parameters."""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence


def sign(token: str, *, url: str, params: Mapping[str, str | Sequence[str]]) -> str:
    """Return the signature of `params` posted to `url` (with its query, without its fragment)."""
    signed = url.partition("#")[0]
    for name in sorted(params):
        value = params[name]
        values = [value] if isinstance(value, str) else sorted(set(value))
        signed += "".join(name + item for item in values)
    digest = hmac.new(token.encode(), signed.encode(), hashlib.sha1).digest()
    return base64.b64encode(digest).decode()
