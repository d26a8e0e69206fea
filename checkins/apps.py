"""What we ask and hear."""

from django.apps import AppConfig
from django.core.checks import register

from checkins.checks import carrier_address


class CheckinsConfig(AppConfig):
    """The checkins app."""

    name = "checkins"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the line's settings checked at start."""
        register(carrier_address)
