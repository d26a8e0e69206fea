"""The composition root as an app: it owns no table and sets up logs when a process starts."""

from django.apps import AppConfig

from config.observability import configure_logs


class ProcessesConfig(AppConfig):
    """Runs what each process needs once."""

    name = "config"
    label = "processes"

    def ready(self) -> None:
        """Set the logs up."""
        configure_logs()
