"""Whose records somebody was in."""

from collections.abc import Iterable
from uuid import UUID

from patients.models import Episode


def patients_of(episode_ids: Iterable[UUID], *, practice_id: UUID) -> dict[UUID, tuple[UUID, str]]:
    """Return the id and the name of each episode's patient, by episode; one query, none without episodes."""
    ids = set(episode_ids)
    if not ids:
        return {}
    rows = Episode.objects.filter(practice_id=practice_id, pk__in=ids).select_related("patient")
    return {each.pk: (each.patient_id, each.patient.full_name) for each in rows}
