"""What we ask and hear."""

from django.apps import AppConfig


class CheckinsConfig(AppConfig):
    """The checkins app."""

    name = "checkins"
    default_auto_field = "django.db.models.BigAutoField"
