"""The one byte form of a JSON value, and its digest: what is signed or compared must not depend on spacing.

RFC 8785 (2020) in the part that Daybook needs: ASCII keys, strings, whole numbers, numbers with few decimals.
"""

import hashlib
import json
import math
from collections.abc import Mapping
from typing import Any

_MOST_DECIMALS = 6


def canonical_json(value: object) -> bytes:
    """Return the one byte form of a JSON value; raise ValueError for what has no such form here.

    >>> canonical_json({"b": 2.0, "a": ["é", None, 0.5]})
    b'{"a":["\\xc3\\xa9",null,0.5],"b":2}'
    """
    return json.dumps(
        _plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    ).encode()


def digest(content: bytes) -> str:
    """Return the SHA-256 as 64 hex digits."""
    return hashlib.sha256(content).hexdigest()


def digest_of(value: object) -> str:
    """Return the SHA-256 of a JSON value in its canonical form."""
    return digest(canonical_json(value))


def _plain(value: object) -> Any:  # noqa: ANN401 - any JSON value
    if isinstance(value, Mapping):
        if not all(isinstance(key, str) and key.isascii() for key in value):
            raise ValueError("Keys must be plain text.")
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, float):
        return _number(value)
    if value is None or isinstance(value, str | bool | int):
        return value
    raise ValueError(f"{type(value).__name__} has no place in a document.")


def _number(value: float) -> float | int:
    # Every reader writes such numbers alike; beyond that Python and browsers differ.
    if not math.isfinite(value) or round(value, _MOST_DECIMALS) != value or abs(value) >= 1e15:
        raise ValueError("Numbers need few decimals and a moderate size.")
    if value == int(value):
        return int(value)
    if abs(value) < 1e-4:
        raise ValueError("Numbers need few decimals and a moderate size.")
    return value
