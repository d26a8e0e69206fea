"""Pages are looked at on Monday 2 March 2026, 9:00 in Chicago."""

import pytest


@pytest.fixture(autouse=True)
def _monday(monday):
    """Let the clock stand for every page."""
