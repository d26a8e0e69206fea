"""Charges out: what was certified leaves once, in a file that stays the same whenever it is taken again."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from billing.charge_columns import ColumnMapping, as_csv, mapping_named
from billing.models import Charge, ChargeBatch, ExportedCharge, LateFinding
from billing.services.charge_rows import ChargeRow, rows_of
from networks import audit
from networks.actors import Actor
from networks.canonical_json import digest
from networks.errors import Conflict, DomainError, NotAllowed
from networks.keys import uuid7


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


def loaded(practice_id: UUID, *, most: int | None = None) -> list[ChargeRow]:
    """Return what waits, or the first of it, as rows; ten queries."""
    charges = waiting(practice_id).select_related(
        "certification__clinician", "episode__patient", "episode__clinician", "payer", "voids"
    )
    return rows_of(list(charges[:most]), practice_id=practice_id)


def export(
    practice_id: UUID, *, mapping: str, actor: Actor, now: datetime, hold_incomplete: bool = False
) -> ChargeBatch:
    """Write what waits into one file and return it; each row leaves once, whoever clicks twice.

    With `hold_incomplete` a row that lacks what a claim needs, in a column of this system, waits until it is
    entered; without, it leaves with the cell empty and named in `left_empty`. DomainError for an unknown
    mapping, Conflict when nothing may leave.
    """
    columns = mapping_named(mapping)
    if columns is None:
        raise DomainError("Choose the system that takes the file.", field="mapping")
    if actor.user_id is None:
        raise NotAllowed("Charges are exported by people.")
    with transaction.atomic():
        _take_turn(practice_id)
        found = loaded(practice_id)
        if not found:
            raise Conflict("Nothing waits: every certified charge has left already.")
        rows = [each for each in found if not (hold_incomplete and each.waits(fields=columns.fields))]
        if not rows:
            raise Conflict(
                "Nothing left: every charge that waits lacks something a claim needs. It stands beside each below."
            )
        last = ChargeBatch.objects.filter(practice_id=practice_id).aggregate(last=Max("number"))["last"] or 0
        content = _file(rows, columns=columns, number=last + 1)
        batch = ChargeBatch(
            pk=uuid7(),
            practice_id=practice_id,
            number=last + 1,
            mapping=columns.key,
            rows=len(rows),
            content=content.decode(),
            sha256=digest(content),
            by_id=actor.user_id,
            occurred_at=now,
            recorded_at=now,
        )
        batch.save(force_insert=True)
        ExportedCharge.objects.bulk_create(
            ExportedCharge(
                practice_id=practice_id, batch=batch, charge=each.charge, occurred_at=now, recorded_at=now
            )
            for each in rows
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


def _file(rows: Sequence[ChargeRow], *, columns: ColumnMapping, number: int) -> bytes:
    return as_csv(
        [
            {
                **each.cells,
                "batch_id": f"B{number:06d}",
                "left_empty": " ".join(gap.field for gap in each.gaps(fields=columns.fields) if gap.holds),
            }
            for each in rows
        ],
        mapping=columns,
    )
