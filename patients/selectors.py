"""Reads shaped for one page or job; each says how many queries it needs."""

from datetime import datetime
from uuid import UUID

from patients.models import ConsentEvent


def consents_in_force(practice_id: UUID, patient_ids: list[UUID], *, kind: str, at: datetime) -> set[UUID]:
    """Return those of the patients whose latest event of this kind by then is a giving; one query."""
    latest = (
        ConsentEvent.objects.filter(
            practice_id=practice_id, patient_id__in=patient_ids, kind=kind, occurred_at__lte=at
        )
        .order_by("patient_id", "-occurred_at", "-id")
        .distinct("patient_id")
    )
    return {event.patient_id for event in latest if event.act == ConsentEvent.Act.GIVEN}


def consent_history(practice_id: UUID, patient_id: UUID) -> list[ConsentEvent]:
    """Return a patient's consent events, newest first; one query."""
    return list(
        ConsentEvent.objects.filter(practice_id=practice_id, patient_id=patient_id).order_by(
            "-occurred_at", "-id"
        )
    )
