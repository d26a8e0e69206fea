"""Where the practice is for the fee schedule: three cost indices that a person read in CMS's file."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from billing.models import FeeLocality
from billing.services.given_values import require
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError

# Indices of 2026 lie between about 0.4 (malpractice) and 2.6 (malpractice); beyond, a point slipped (our choice).
LEAST, MOST = Decimal("0.2"), Decimal("4")


@dataclass(frozen=True)
class Indices:
    """The three geographic practice cost indices (GPCI) of a locality; 1 is the national mean."""

    work: Decimal
    practice_expense: Decimal
    malpractice: Decimal


def record_locality(
    practice_id: UUID,
    *,
    name: str,
    indices: Indices,
    source: str,
    starts_on: date,
    actor: Actor,
    now: datetime,
) -> FeeLocality:
    """Record and return a practice's locality from a date on; estimates follow, claims never.

    DomainError for a missing name or source and for an index out of range, Conflict for a second one that day.
    """
    require(name, "Name the locality as the file does.", field="name", longest=80)
    require(source, "Name the file and its year.", field="source", longest=200)
    for field in ("work", "practice_expense", "malpractice"):
        if not LEAST <= getattr(indices, field) <= MOST:
            raise DomainError(f"An index lies between {LEAST} and {MOST}: look at the point.", field=field)
    if FeeLocality.objects.filter(practice_id=practice_id, starts_on=starts_on).exists():
        raise Conflict(
            "A locality from that date is recorded already: choose another date.", field="starts_on"
        )
    with transaction.atomic():
        locality = FeeLocality.objects.create(
            practice_id=practice_id,
            name=name.strip(),
            work=indices.work,
            practice_expense=indices.practice_expense,
            malpractice=indices.malpractice,
            source=source.strip(),
            starts_on=starts_on,
            recorded_at=now,
        )
        audit.record(
            "fee_locality.recorded",
            actor=actor,
            subject_type="fee_locality",
            subject_id=locality.pk,
            now=now,
            practice_id=practice_id,
            details={"starts_on": starts_on.isoformat()},
        )
    return locality
