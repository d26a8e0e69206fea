"""What it adds up to."""

from django.apps import AppConfig


class ReportingConfig(AppConfig):
    """The reporting app."""

    name = "reporting"
    default_auto_field = "django.db.models.BigAutoField"
