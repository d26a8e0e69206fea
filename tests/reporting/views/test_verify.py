"""The public check: the page and its keys need no sign-in and carry no data but public keys."""

import base64
import hashlib

from django.test import Client, override_settings
from django.urls import reverse


def test_the_keys_are_listed_with_fingerprints_and_dates(db: None) -> None:
    keys = Client().get(reverse("reporting:verify-keys")).json()["keys"]
    assert len(keys) == 1
    raw = base64.b64decode(keys[0]["public_key"])
    assert hashlib.sha256(raw).hexdigest() == keys[0]["fingerprint"]
    assert keys[0]["key_id"] == keys[0]["fingerprint"][:16]
    assert keys[0]["algorithm"] == "Ed25519"


@override_settings(RETIRED_SEAL_KEYS=["AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:2024-01-01:2025-06-30"])
def test_retired_keys_stay_listed(db: None) -> None:
    keys = Client().get(reverse("reporting:verify-keys")).json()["keys"]
    assert (keys[1]["valid_from"], keys[1]["valid_until"]) == ("2024-01-01", "2025-06-30")
    assert keys[1]["key_id"] in Client().get(reverse("reporting:verify")).content.decode()


def test_the_page_holds_the_keys_and_no_inline_script_or_style(db: None) -> None:
    answer = Client().get(reverse("reporting:verify"))
    text = answer.content.decode()
    assert "Has this been changed?" in text
    assert '<script id="keys" type="application/json">' in text
    assert "style=" not in text
    assert "default-src 'self'" in answer["Content-Security-Policy"]


def test_the_page_takes_no_post(db: None) -> None:
    assert Client().post(reverse("reporting:verify")).status_code == 405
