"""Segment counts, checked against Twilio's own calculator (npm sms-segments-calculator 1.3.0)."""

import pytest

from checkins.segments import count_segments


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("a" * 160, 1),
        ("a" * 161, 2),
        ("a" * 306, 2),
        ("a" * 307, 3),
        ("a" * 158 + "€", 1),
        ("a" * 159 + "€", 2),
        ("a" * 152 + "€" + "a" * 152, 3),
        ("á" * 70, 1),
        ("á" * 71, 2),
        ("á" * 134, 2),
        ("á" * 135, 3),
        ("á" * 68 + "😀", 1),
        ("á" * 69 + "😀", 2),
        ("á" * 66 + "😀" + "á" * 66, 3),
        ("", 1),
    ],
)
def test_count(text, count):
    assert count_segments(text).count == count


def test_warning_names_the_letters():
    dear = count_segments("¿Cómo está?")
    assert dear.encoding == "UCS-2"
    assert dear.forced_by == ("ó", "á")
    assert "ó á" in dear.warning
    assert count_segments("¿Mañana?").warning is None
