"""Production settings: each missing or careless value stops the start with a sentence that says what to do."""

import base64
import os
import subprocess
import sys

import pytest

from config.local.folders import PROJECT
from config.settings import demo_keys

KEY = base64.b64encode(b"k" * 32).decode()
GOOD = {
    "DJANGO_SETTINGS_MODULE": "config.settings.production",
    "SECRET_KEY": "s" * 60,
    "ALLOWED_HOSTS": "daybook.example.org",
    "PUBLIC_BASE_URL": "https://daybook.example.org",
    "DATABASE_URL": "postgres://daybook_app@127.0.0.1:1/daybook",
    "DATABASE_OWNER_URL": "postgres://daybook_owner@127.0.0.1:1/daybook",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "FIELD_KEYS": f"1:{KEY}",
    "INDEX_KEY": KEY,
    "SEAL_KEY": base64.b64encode(b"p" * 32).decode(),
}
REQUIRED = [name for name in GOOD if name not in {"DJANGO_SETTINGS_MODULE", "DATABASE_OWNER_URL"}]
CHECK = "import django; django.setup(); from django.conf import settings; print(settings.SECURE_SSL_REDIRECT)"


def start(**changes: str | None) -> tuple[int, str]:
    """Start Django with production settings; return the exit code and everything it printed."""
    values = {**GOOD, **changes}
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    environment |= {name: value for name, value in values.items() if value is not None}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", CHECK],
        cwd=PROJECT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def test_it_starts_with_everything() -> None:
    assert start() == (0, "True\n")


@pytest.mark.parametrize("missing", [None, ""], ids=["missing", "empty"])
def test_it_names_every_value_that_is_missing(missing: str | None) -> None:
    code, printed = start(**dict.fromkeys(REQUIRED, missing))
    assert code != 0
    assert all(name in printed for name in REQUIRED)
    assert ".env.example" in printed


@pytest.mark.parametrize("name", REQUIRED)
def test_one_missing_value_is_enough(name: str) -> None:
    code, printed = start(**{name: None})
    assert code != 0
    assert f"without: {name}." in printed


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"FIELD_KEYS": demo_keys.FIELD_KEYS[0]}, "is a key of the demonstration"),
        ({"FIELD_KEYS": f"1:{KEY},{demo_keys.FIELD_KEYS[0]}"}, "is a key of the demonstration"),
        ({"INDEX_KEY": demo_keys.INDEX_KEY}, "is a key of the demonstration"),
        ({"SEAL_KEY": demo_keys.SEAL_KEY}, "is a key of the demonstration"),
        ({"PUBLIC_BASE_URL": "http://daybook.example.org"}, "must begin with https://"),
        ({"TWILIO_API_BASE": "http://127.0.0.1:8001"}, "TWILIO_API_BASE is for tests"),
        ({"DEMO_CLOCK_FILE": "/run/demo-clock"}, "DEMO_CLOCK_FILE moves the clock"),
        ({"MFA_REQUIRED": "false"}, "MFA_REQUIRED cannot be switched off"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_a_careless_value_stops_it(changes: dict[str, str], sentence: str) -> None:
    code, printed = start(**changes)
    assert code != 0
    assert sentence in printed


def test_a_refusal_never_prints_a_secret() -> None:
    for changes in ({"MFA_REQUIRED": "false"}, {"INDEX_KEY": None}):
        _, printed = start(**changes)
        assert not [value for name, value in GOOD.items() if "KEY" in name and value in printed]
