"""Columns that hold personal data: AES-256-GCM at rest, and a blind index to find them by.

Each value carries a version, its key's id and a nonce; the column's name is bound in as associated
data, so that a ciphertext moved into another column no longer opens. Rotation: put a new key first
in FIELD_KEYS and keep the old ones behind it for as long as values sealed with them exist.
"""

import base64
import hmac
import os
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

_VERSION = 1
_NONCE_BYTES = 12  # NIST SP 800-38D (2007): 96-bit nonces


@lru_cache(maxsize=4)
def _ring(listed: tuple[str, ...]) -> tuple[int, dict[int, AESGCM]]:
    """Return the id of the newest key and every key by id, from "id:base64" entries, newest first."""
    keys: dict[int, AESGCM] = {}
    for entry in listed:
        number, _, encoded = entry.partition(":")
        raw = base64.b64decode(encoded)
        if len(raw) != 32:
            raise ImproperlyConfigured("Each of FIELD_KEYS is id:base64 of exactly 32 bytes.")
        keys[int(number)] = AESGCM(raw)
    if not keys:
        raise ImproperlyConfigured("FIELD_KEYS is empty: nothing personal can be stored without a key.")
    return int(listed[0].partition(":")[0]), keys


def encrypt(plain: str, *, column: str) -> bytes:
    """Return the sealed form of a text for one column; any Unicode goes, lone surrogates included."""
    return encrypt_all((plain, column))[0]


def encrypt_all(*values: tuple[str, str]) -> list[bytes]:
    """Return the sealed forms of texts, each with its column; what is random of them is drawn at once.

    Each drawing lets go of the interpreter, and where many threads work it is a while until it comes back.
    """
    newest, keys = _ring(tuple(settings.FIELD_KEYS))
    seal, mark = keys[newest].encrypt, bytes((_VERSION, newest))
    drawn = os.urandom(_NONCE_BYTES * len(values))
    nonces = (drawn[at : at + _NONCE_BYTES] for at in range(0, len(drawn), _NONCE_BYTES))
    return [
        mark + nonce + seal(nonce, plain.encode("utf-8", "surrogatepass"), column.encode())
        for nonce, (plain, column) in zip(nonces, values, strict=True)
    ]


def decrypt(sealed: bytes, *, column: str) -> str:
    """Return the text behind a sealed value; ValueError when it was changed, moved or its key is gone."""
    _, keys = _ring(tuple(settings.FIELD_KEYS))
    body = bytes(sealed)
    if len(body) < 2 + _NONCE_BYTES or body[0] != _VERSION or body[1] not in keys:
        raise ValueError(f"A value of {column} cannot be opened: unknown version or key id.")
    nonce, secret = body[2 : 2 + _NONCE_BYTES], body[2 + _NONCE_BYTES :]
    try:
        return keys[body[1]].decrypt(nonce, secret, column.encode()).decode("utf-8", "surrogatepass")
    except InvalidTag:
        raise ValueError(f"A value of {column} cannot be opened: it was changed or moved.") from None


@lru_cache(maxsize=4)
def _index_key(encoded: str) -> bytes:
    key = base64.b64decode(encoded)
    if len(key) != 32:
        raise ImproperlyConfigured("INDEX_KEY is base64 of exactly 32 bytes.")
    return key


def blind_index(value: str) -> bytes:
    """Return the 32-byte HMAC-SHA256 by which an encrypted value is found; the same for equal values."""
    return hmac.digest(_index_key(settings.INDEX_KEY), value.encode("utf-8", "surrogatepass"), "sha256")


class EncryptedTextField(models.BinaryField):  # type: ignore[type-arg] # not subscriptable at run time
    """A text that the database only ever sees sealed; it cannot be filtered on."""

    @property
    def _column(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:  # noqa: ANN401 - Django's signature
        """Seal a text on its way into the database."""
        sealed = encrypt(value, column=self._column) if isinstance(value, str) else value
        return super().get_db_prep_value(sealed, connection, prepared)

    def from_db_value(self, value: bytes | memoryview | None, *_: object) -> str | None:
        """Open a sealed text on its way out of the database."""
        return None if value is None else decrypt(bytes(value), column=self._column)

    def value_to_string(self, obj: models.Model) -> str:
        """Refuse to serialise: fixtures of personal data must not exist."""
        raise ValueError("Encrypted columns are not serialised.")
