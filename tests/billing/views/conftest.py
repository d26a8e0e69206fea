"""Pages are looked at with Oak's three patients in them."""

from tests.page_clinic import clinic, filled_clinic, monday

__all__ = ["clinic", "filled_clinic", "monday"]
