"""The very facts that a line's reasons rest on, by the ids that the reasons name."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from billing.models import DecidedLine, TimeEntry
from checkins.models import Reading
from patients.models import PlanOfCare


@dataclass(frozen=True)
class Evidence:
    """Readings with their texts, time entries and plans of care, by id as text."""

    readings: dict[str, Reading]
    entries: dict[str, TimeEntry]
    plans: dict[str, PlanOfCare]


def evidence_of_line(line: DecidedLine) -> Evidence:
    """Return the facts that the line's reasons name; three queries."""
    ids = set(_ids(each for reason in line.reasons for each in reason.get("evidence", ())))
    keys = {"practice_id": line.practice_id, "episode_id": line.episode_id, "pk__in": ids}
    readings = Reading.objects.filter(**keys).select_related("message")
    entries = TimeEntry.objects.filter(**keys).select_related("by", "clinician")
    return Evidence(
        readings={str(each.pk): each for each in readings},
        entries={str(each.pk): each for each in entries},
        plans={str(each.pk): each for each in PlanOfCare.objects.filter(**keys)},
    )


def _ids(texts: Iterable[str]) -> Iterable[UUID]:
    for text in texts:
        try:
            yield UUID(text)
        except ValueError:
            continue
