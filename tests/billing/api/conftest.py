"""The API is called on Monday 2 March 2026, 9:00 in Chicago."""

from tests.api_clinic import clinic, monday

__all__ = ["clinic", "monday"]
