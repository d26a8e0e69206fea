"""Windows about to close whose last days could still change what they amount to; read off an index."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import F, Q

from billing.code_set import CODE_SET, System
from billing.models import EpisodeWindow
from billing.worklist import WINDOW_CLOSES_DAYS


@dataclass(frozen=True)
class ClosingWindow:
    """One window on the edge."""

    patient_id: UUID
    given_name: str
    family_name: str
    ends_on: date
    days: int


def closing_windows(practice_id: UUID, *, today: date, most: int) -> Sequence[ClosingWindow]:
    """Return the unsettled windows that close within three days, the next to close first; one query.

    It costs what it shows, however many patients the practice has.
    """
    rows = EpisodeWindow.objects.filter(
        practice_id=practice_id,
        ends_on__range=(today, today + timedelta(days=WINDOW_CLOSES_DAYS)),
        clipped_to=F("ends_on"),
    ).filter(_on_the_edge(today))
    # The few are picked from the index before anything is joined to them.
    picked = rows.order_by("ends_on", "days").values("pk")[:most]
    windows = EpisodeWindow.objects.filter(practice_id=practice_id, pk__in=picked)
    found = windows.order_by("ends_on", "days", "pk").values_list(
        "episode__patient_id",
        "episode__patient__given_name",
        "episode__patient__family_name",
        "ends_on",
        "days",
    )
    return [ClosingWindow(*each) for each in found]


def _on_the_edge(today: date) -> Q:
    """Whether the dates left can reach a floor that the days have not reached; as conditions on whole days."""
    edge = Q()
    for away in range(WINDOW_CLOSES_DAYS + 1):
        ends_on = today + timedelta(days=away)
        for tier in CODE_SET.nearest(ends_on).device_tiers[System.MUSCULOSKELETAL]:
            edge |= Q(ends_on=ends_on, days__range=(max(tier.minimum - away - 1, 0), tier.minimum - 1))
    return edge
