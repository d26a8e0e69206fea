"""An address that opens by the key in it stands in no log: not a patient's link, nor one that sets a password."""

import io
import logging
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse

from config.observability import configure_logs

TOKEN = "q7" * 21


@pytest.fixture
def log_lines() -> Iterator[io.StringIO]:
    """What the process writes to its log meanwhile, as it would stand in the file."""
    configure_logs()
    written = io.StringIO()
    handler = logging.getLogger().handlers[-1]
    copy = logging.StreamHandler(written)
    copy.setFormatter(handler.formatter)
    logging.getLogger().addHandler(copy)
    yield written
    logging.getLogger().removeHandler(copy)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [
        reverse("check-in", args=[TOKEN]),
        reverse("agree", args=[TOKEN]),
        reverse("account_reset_password_from_key", args=["3a", TOKEN]),
    ],
)
def test_the_key_is_blanked(client: Client, log_lines: io.StringIO, address: str) -> None:
    client.get(address)
    client.post(address)
    client.get("/somewhere/?next=" + address)
    text = log_lines.getvalue()
    assert "[key]" in text
    assert TOKEN not in text
