"""The one place that reads the wall clock; everything else takes `now` as an argument."""

from datetime import UTC, datetime


def now() -> datetime:
    """Return the present instant in UTC, for edges to read once and hand down."""
    return datetime.now(UTC)
