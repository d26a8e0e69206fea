"""The audit log: one entry for every write service and every look at a patient, in the act's transaction."""

from datetime import datetime
from uuid import UUID

from networks.actors import Actor
from networks.models import AuditEntry


def record(
    action: str,
    *,
    actor: Actor,
    subject_type: str,
    subject_id: UUID | None,
    now: datetime,
    practice_id: UUID | None = None,
    network_id: UUID | None = None,
    patient_id: UUID | None = None,
    details: dict[str, object] | None = None,
) -> None:
    """Write one entry; exactly one of practice and network; details hold ids, counts and codes only."""
    entry = build(
        action,
        actor=actor,
        subject_type=subject_type,
        subject_id=subject_id,
        now=now,
        practice_id=practice_id,
        network_id=network_id,
        patient_id=patient_id,
        details=details,
    )
    entry.save(force_insert=True)


def build(
    action: str,
    *,
    actor: Actor,
    subject_type: str,
    subject_id: UUID | None,
    now: datetime,
    practice_id: UUID | None = None,
    network_id: UUID | None = None,
    patient_id: UUID | None = None,
    details: dict[str, object] | None = None,
) -> AuditEntry:
    """Return an entry that is not written yet, for services that write many at once."""
    return AuditEntry(
        action=action,
        user_id=actor.user_id,
        system=actor.system,
        subject_type=subject_type,
        subject_id=subject_id,
        practice_id=practice_id,
        network_id=network_id,
        patient_id=patient_id,
        details=details or {},
        occurred_at=now,
        recorded_at=now,
    )
