"""A clinical lead's signature under the danger signs, the fixed replies and the ladder, in one version."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from checkins.danger_version import version_of
from checkins.models import DangerSignOff
from networks import audit, work
from networks.actors import Actor
from networks.errors import Conflict, DomainError, NotAllowed
from networks.models import Practice
from networks.selectors import clinician_of

_LONGEST_NOTE = 400


def sign_danger_wordings(
    practice: Practice, *, digest: str, note: str, actor: Actor, now: datetime
) -> DangerSignOff:
    """Record and return that a therapist of the practice stands behind the version of that digest.

    NotAllowed for anybody but a therapist, Conflict when another version than the one read is in use by now.
    """
    clinician = clinician_of(practice.pk, actor.user_id)
    if clinician is None or not clinician.is_therapist or actor.user_id is None:
        raise NotAllowed("A licensed therapist of this practice signs: ask your clinical lead to.")
    version = version_of(settings.ESCALATION_LADDER)
    if digest != version.digest:
        raise Conflict("The wordings changed while you read them: read the page again, then sign.")
    if len(note) > _LONGEST_NOTE:
        raise DomainError("Shorten the note to 400 letters.", field="note")
    with transaction.atomic():
        signed = DangerSignOff.objects.create(
            practice=practice,
            digest=version.digest,
            reader=version.reader,
            wording=version.wording,
            ladder=version.ladder,
            clinician=clinician,
            signed_by_id=actor.user_id,
            note=note.strip(),
            occurred_at=now,
            recorded_at=now,
        )
        audit.record(
            "danger_wordings.signed",
            actor=actor,
            subject_type="danger_sign_off",
            subject_id=signed.pk,
            now=now,
            practice_id=practice.pk,
            details={"version": version.short},
        )
        work.ring(practice.pk, work.Queue.SEAL, at=now)
    return signed


def sign_off_in_force(practice_id: UUID) -> DangerSignOff | None:
    """Return the latest signature under the version in use, None while nobody has signed it; one query."""
    version = version_of(settings.ESCALATION_LADDER)
    return (
        DangerSignOff.objects.filter(practice_id=practice_id, digest=version.digest)
        .select_related("clinician")
        .order_by("-occurred_at", "-id")
        .first()
    )


def sign_offs_of(practice_id: UUID) -> list[DangerSignOff]:
    """Return a practice's signatures, newest first; one query."""
    rows = DangerSignOff.objects.filter(practice_id=practice_id).select_related("clinician")
    return list(rows.order_by("-occurred_at", "-id")[:50])
