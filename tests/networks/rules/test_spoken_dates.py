"""Dates inside sentences, as people say them."""

import pytest

from networks.templatetags.wording import spoken


@pytest.mark.parametrize(
    ("kept", "said"),
    [
        ("The date of service is 2026-03-16.", "The date of service is 16 Mar 2026."),
        ("From 2026-02-01 to 2026-03-02.", "From 1 Feb 2026 to 2 Mar 2026."),
        ("Window 2026-13-45 is no date.", "Window 2026-13-45 is no date."),
        ("Reference DB-12026-03-160", "Reference DB-12026-03-160"),
        ("16 days.", "16 days."),
        ("", ""),
    ],
)
def test_dates_are_said(kept: str, said: str) -> None:
    assert spoken(kept) == said
