"""Charges out: what was certified leaves once, in a file that stays the same whenever it is taken again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from billing.charge_columns import ColumnMapping, as_csv, mapping_named
from billing.models import Charge, ChargeBatch, ExportedCharge, LateFinding, Packet
from networks import audit
from networks.actors import Actor
from networks.canonical_json import digest
from networks.errors import Conflict, DomainError, NotAllowed
from networks.keys import uuid7

# Private practice, where the therapist practises (domain note of 2026, section 3).
_PLACE_OF_SERVICE = "11"


def waiting(practice_id: UUID) -> QuerySet[Charge]:
    """The rows that leave with the next file, by number.

    New charges that stand, and takings-back of charges that left; a charge taken back before it left leaves
    not at all, and one whose month waits for an amendment waits with it.
    """
    rows = _unsent(practice_id)
    return rows.filter(~Exists(_late()) | Q(kind=Charge.Kind.VOID)).order_by("number")


def held_back(practice_id: UUID) -> int:
    """How many new charges wait for an amendment of their month; one query."""
    return _unsent(practice_id).filter(Exists(_late()), kind=Charge.Kind.NEW).count()


def _unsent(practice_id: UUID) -> QuerySet[Charge]:
    leaving = Q(kind=Charge.Kind.NEW, voided_by=None) | Q(
        kind=Charge.Kind.VOID, voids__exported__isnull=False
    )
    return Charge.objects.filter(leaving, practice_id=practice_id, exported=None)


def _late() -> QuerySet[LateFinding]:
    return LateFinding.objects.filter(
        practice_id=OuterRef("practice_id"),
        episode_id=OuterRef("episode_id"),
        month=OuterRef("certification__month"),
    )


def export(practice_id: UUID, *, mapping: str, actor: Actor, now: datetime) -> ChargeBatch:
    """Write everything that waits into one file and return it; each row leaves once, whoever clicks twice.

    DomainError for an unknown mapping, Conflict when nothing waits.
    """
    columns = mapping_named(mapping)
    if columns is None:
        raise DomainError("Choose the system that takes the file.", field="mapping")
    if actor.user_id is None:
        raise NotAllowed("Charges are exported by people.")
    with transaction.atomic():
        _take_turn(practice_id)
        charges = list(_loaded(waiting(practice_id)))
        if not charges:
            raise Conflict("Nothing waits: every certified charge has left already.")
        last = ChargeBatch.objects.filter(practice_id=practice_id).aggregate(last=Max("number"))["last"] or 0
        content = _file(charges, columns=columns, number=last + 1)
        batch = ChargeBatch(
            pk=uuid7(),
            practice_id=practice_id,
            number=last + 1,
            mapping=columns.key,
            rows=len(charges),
            content=content.decode(),
            sha256=digest(content),
            by_id=actor.user_id,
            occurred_at=now,
            recorded_at=now,
        )
        batch.save(force_insert=True)
        ExportedCharge.objects.bulk_create(
            ExportedCharge(
                practice_id=practice_id, batch=batch, charge=each, occurred_at=now, recorded_at=now
            )
            for each in charges
        )
        _note("charges.exported", batch, actor=actor, now=now)
    return batch


def take(batch: ChargeBatch, *, actor: Actor, now: datetime) -> bytes:
    """Return a file that was made before, byte for byte, and write down who took it."""
    _note("charges.taken", batch, actor=actor, now=now)
    content: str = batch.content
    return content.encode()


def _note(action: str, batch: ChargeBatch, *, actor: Actor, now: datetime) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="charge_batch",
        subject_id=batch.pk,
        now=now,
        practice_id=batch.practice_id,
        details={"batch": batch.number, "rows": batch.rows, "sha256": batch.sha256},
    )


def _take_turn(practice_id: UUID) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 4))", [f"export:{practice_id}"])


def _loaded(rows: QuerySet[Charge]) -> QuerySet[Charge]:
    return rows.select_related("certification", "episode__patient", "episode__clinician", "payer", "voids")


def _file(charges: Sequence[Charge], *, columns: ColumnMapping, number: int) -> bytes:
    practice_id = charges[0].practice_id
    evidence: dict[UUID, str] = dict(
        Packet.objects.filter(
            practice_id=practice_id, charge_id__in=[each.voids_id or each.pk for each in charges]
        ).values_list("charge_id", "sha256")
    )
    replaced = _replaced(charges)
    return as_csv(
        [_row(each, number=number, evidence=evidence, replaced=replaced) for each in charges],
        mapping=columns,
    )


def _replaced(charges: Sequence[Charge]) -> Mapping[tuple[UUID, Any], str]:
    """The charge that a new one of an amendment stands for, by certification and first date covered."""
    return {(each.certification_id, each.covers_from): each.voids.reference for each in charges if each.voids}


def _row(
    charge: Charge,
    *,
    number: int,
    evidence: Mapping[UUID, str],
    replaced: Mapping[tuple[UUID, Any], str],
) -> dict[str, str]:
    patient, day = charge.episode.patient, charge.date_of_service.isoformat()
    modifiers = dict(zip(("mod1", "mod2", "mod3", "mod4"), charge.modifiers, strict=False))
    stands_for = replaced.get((charge.certification_id, charge.covers_from), "")
    return {
        "charge_id": charge.reference,
        "claim_id": charge.certification.claim,
        "batch_id": f"B{number:06d}",
        "practice_external_id": str(charge.practice_id),
        "patient_external_id": str(patient.pk),
        "mrn": patient.record_number,
        "patient_last": patient.family_name,
        "patient_first": patient.given_name,
        "birth_date": patient.birth_date.isoformat() if patient.birth_date else "",
        "episode_external_id": str(charge.episode_id),
        "service_from": day,
        "service_to": day,
        "cpt": charge.code,
        **modifiers,
        "units": str(charge.units),
        "pos": _PLACE_OF_SERVICE,
        "rendering_npi": charge.episode.clinician.npi,
        "payer_id": charge.payer.name if charge.payer else "",
        "evidence_sha256": evidence.get(charge.voids_id or charge.pk, ""),
        "status": charge.kind.upper(),
        "replaces_charge_id": charge.voids.reference if charge.voids else stands_for,
    }
