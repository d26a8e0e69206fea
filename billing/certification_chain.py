"""The chain of an episode's certifications: each holds the digest of the one before it."""

from collections.abc import Mapping
from typing import Any

from networks.canonical_json import digest_of

# What the chain of an episode starts from.
NO_CERTIFICATION_BEFORE = "0" * 64


def chained_digest(values: Mapping[str, Any]) -> str:
    """The SHA-256, in hex, of what a certification says; `values` name the certification before it.

    >>> len(chained_digest({"previous": NO_CERTIFICATION_BEFORE, "lines": "x"}))
    64
    """
    return digest_of(dict(values))
