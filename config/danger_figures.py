"""How the machine that hears danger stands, read from the database when Prometheus asks: any process may answer."""

from collections.abc import Iterable

from django.db import DatabaseError
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from checkins.alert_queue import open_alarms
from checkins.services.watching import longest_danger_wait
from networks import clock


class DangerFigures(Collector):
    """The longest wait of danger work and the open alarms; nothing while the database is away."""

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """Return the figures of this moment."""
        try:
            wait, alarms = longest_danger_wait(now=clock.now()), open_alarms()
        except DatabaseError:
            return []
        waits = GaugeMetricFamily(
            "daybook_danger_wait_seconds", "Seconds that the oldest work that may hold a danger has been due."
        )
        waits.add_metric([], wait)
        open_ones = GaugeMetricFamily("daybook_alarms_open", "Open alarms for the operator.", labels=["kind"])
        for kind, count in alarms.items():
            open_ones.add_metric([kind], count)
        return [waits, open_ones]

    def describe(self) -> Iterable[GaugeMetricFamily]:
        """Return nothing, so that registering asks the database nothing."""
        return []


DANGER = CollectorRegistry()
DANGER.register(DangerFigures())
