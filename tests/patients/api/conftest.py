"""The API is asked about Oak's three patients."""

from tests.api_clinic import clinic, filled_clinic, monday

__all__ = ["clinic", "filled_clinic", "monday"]
