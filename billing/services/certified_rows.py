"""The rows of a certification: the chain in the episode, new charges, charges taken back, their packets."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from billing.certification_chain import NO_CERTIFICATION_BEFORE, chained_digest
from billing.code_set import Family
from billing.decision import Line, Status
from billing.models import Certification, Charge
from billing.services import gate_facts, locked_months, packets
from billing.services.live_decisions import LiveEpisode
from billing.services.rules_in_force import rules_in_force
from networks.actors import Actor
from networks.canonical_json import digest_of
from networks.errors import DomainError
from networks.keys import uuid7
from networks.models import Clinician
from patients.models import Episode

_MOST_NUMBER = 999_999


@dataclass(frozen=True)
class Act:
    """One month of one episode to be certified, by whom; an amendment has a reason and what stood before."""

    live: LiveEpisode
    month: date
    clinician: Clinician
    actor: Actor
    by: UUID
    statement_version: str
    now: datetime
    reason: str = ""
    before: locked_months.LockedMonth | None = None

    @property
    def billable(self) -> list[Line]:
        """The lines that may be certified now."""
        return [each for each in self.live.lines_in(self.month) if each.status is Status.BILLABLE]


def clashes(acts: Sequence[Act], *, practice_id: UUID) -> dict[UUID, str]:
    """Episodes whose new charges would overlap with a charge that stands, with the sentence; one query.

    Facts that came late can move a window over one that is charged already; the rules then see only the new.
    """
    patients = {each.live.row.patient_id for each in acts}
    found: dict[UUID, str] = {}
    standing = standing_charges(practice_id).filter(episode__patient_id__in=patients)
    by_patient: dict[UUID, list[Charge]] = {}
    for charge in standing.select_related("episode", "certification"):
        by_patient.setdefault(charge.episode.patient_id, []).append(charge)
    for act in acts:
        for charge in by_patient.get(act.live.row.patient_id, []):
            is_own = charge.episode_id == act.live.row.id and charge.certification.month == act.month
            if not is_own and any(_overlaps(line, charge, live=act.live) for line in act.billable):
                found[act.live.row.id] = (
                    f"{charge.reference} of {charge.certification.month:%B %Y} already covers a date of one of "
                    "these lines: amend that month first."
                )
    return found


def standing_charges(practice_id: UUID) -> QuerySet[Charge]:
    """The practice's charges that were not taken back."""
    return Charge.objects.filter(practice_id=practice_id, kind=Charge.Kind.NEW, voided_by=None)


def _overlaps(line: Line, charge: Charge, *, live: LiveEpisode) -> bool:
    family = live.code_set.family_of(line.code)
    if family is not live.code_set.family_of(charge.code):
        return False
    if family is Family.SETUP:
        return charge.episode_id == live.row.id
    first, last = live.covers(line)
    return first <= charge.covers_to and charge.covers_from <= last


def write(acts: Sequence[Act], *, practice_id: UUID) -> list[Certification]:
    """Write certifications, charges and packets in the order of the acts; the caller holds the practice's turn."""
    if not acts:
        return []
    numbers = _Numbers(practice_id)
    patients = [each.live.row.patient_id for each in acts]
    gates = gate_facts.load(patients, practice_id=practice_id)
    made = []
    for act in acts:
        certification, charges = _certify(act, numbers=numbers, gates=gates)
        certification.save(force_insert=True)
        for charge in charges:
            charge.save(force_insert=True)
        packets.file_packets(
            [each for each in charges if each.kind == Charge.Kind.NEW],
            certification=certification,
            live=act.live,
            now=act.now,
        )
        made.append(certification)
    return made


class _Numbers:
    """Hands out the practice's next charge numbers."""

    def __init__(self, practice_id: UUID) -> None:
        rows = Charge.objects.filter(practice_id=practice_id)
        self._last = rows.aggregate(last=Max("number"))["last"] or 0

    def next(self) -> int:
        """The next number; DomainError where the format of ids ends."""
        self._last += 1
        if self._last > _MOST_NUMBER:
            raise DomainError("The practice has no charge numbers left: tell whoever runs Daybook.")
        return int(self._last)


def _certify(
    act: Act, *, numbers: _Numbers, gates: gate_facts.GateFacts
) -> tuple[Certification, list[Charge]]:
    row, practice_id = act.live.row, act.clinician.practice_id
    episode = Episode.objects.get(practice_id=practice_id, pk=row.id)
    last = Certification.objects.filter(practice_id=practice_id, episode=episode).order_by("-number").first()
    first_of_month = _first_version(act, practice_id=practice_id)
    shapes = locked_months.shapes_by_month(act.live.decision).get(act.month, [])
    kept = _kept_charges(act, practice_id=practice_id)
    certification = Certification(
        pk=uuid7(),
        practice_id=practice_id,
        episode=episode,
        month=act.month,
        version=act.before.version + 1 if act.before else 1,
        number=last.number + 1 if last else 1,
        clinician=act.clinician,
        by_id=act.by,
        statement_version=act.statement_version,
        reason=act.reason,
        engine=rules_in_force().engine,
        facts_digest=act.live.facts_digest,
        previous_digest=last.digest if last else NO_CERTIFICATION_BEFORE,
        occurred_at=act.now,
        recorded_at=act.now,
    )
    charges: list[Charge] = []
    for line in act.billable:
        if _key(line) not in kept:
            charges.append(_charge(line, act, certification, number=numbers.next(), gates=gates))
    standing = {key: charge.pk for key, charge in kept.items()} | {_key_of(each): each.pk for each in charges}
    # A claim is called after the first charge that was ever on it.
    first_number = charges[0].number if charges else 0
    certification.claim = (
        first_of_month.claim if first_of_month else f"RTM-{first_number:06d}-{act.month:%Y%m}"
    )
    certification.lines = [_frozen(each, act=act, standing=standing) for each in shapes]
    certification.lines_digest = digest_of(certification.lines)
    charges += _taken_back(act, certification, kept=kept, numbers=numbers)
    certification.digest = chained_digest(_chain_values(certification, charges))
    for charge in charges:
        charge.digest = certification.digest
    return certification, charges


def _first_version(act: Act, *, practice_id: UUID) -> Certification | None:
    rows = Certification.objects.filter(practice_id=practice_id, episode_id=act.live.row.id, month=act.month)
    return rows.order_by("version").first()


def _kept_charges(act: Act, *, practice_id: UUID) -> dict[tuple[object, ...], Charge]:
    """The standing charges of the month that today's lines still say just so."""
    wanted = {_key(each) for each in act.billable}
    return {
        key: each for each in _standing_of(act, practice_id=practice_id) if (key := _key_of(each)) in wanted
    }


def _standing_of(act: Act, *, practice_id: UUID) -> list[Charge]:
    rows = standing_charges(practice_id).filter(episode_id=act.live.row.id, certification__month=act.month)
    return list(rows.order_by("number"))


def _taken_back(
    act: Act,
    certification: Certification,
    *,
    kept: Mapping[tuple[object, ...], Charge],
    numbers: _Numbers,
) -> list[Charge]:
    return [
        Charge(
            pk=uuid7(),
            practice_id=each.practice_id,
            certification=certification,
            episode_id=each.episode_id,
            number=numbers.next(),
            kind=Charge.Kind.VOID,
            voids=each,
            code=each.code,
            units=each.units,
            date_of_service=each.date_of_service,
            covers_from=each.covers_from,
            covers_to=each.covers_to,
            modifiers=each.modifiers,
            payer_id=each.payer_id,
            occurred_at=act.now,
            recorded_at=act.now,
        )
        for each in _standing_of(act, practice_id=certification.practice_id)
        if _key_of(each) not in kept
    ]


def _charge(
    line: Line,
    act: Act,
    certification: Certification,
    *,
    number: int,
    gates: gate_facts.GateFacts,
) -> Charge:
    first, last = act.live.covers(line)
    return Charge(
        pk=uuid7(),
        practice_id=certification.practice_id,
        certification=certification,
        episode_id=act.live.row.id,
        number=number,
        code=line.code,
        units=line.units,
        date_of_service=line.date_of_service,
        covers_from=first,
        covers_to=last,
        modifiers=list(line.modifiers),
        payer_id=gates.payer_of(act.live.row.patient_id, day=line.date_of_service),
        occurred_at=act.now,
        recorded_at=act.now,
    )


def _key(line: Line) -> tuple[object, ...]:
    return line.code, line.units, line.date_of_service, line.modifiers


def _key_of(charge: Charge) -> tuple[object, ...]:
    return charge.code, charge.units, charge.date_of_service, tuple(charge.modifiers)


def _frozen(
    shape: locked_months.Shape, *, act: Act, standing: Mapping[tuple[object, ...], UUID]
) -> locked_months.Shape:
    """A line as the lock keeps it: what may be certified is certified now and names its charge."""
    if shape["status"] != Status.BILLABLE.value:
        return {**shape, "charge": None}
    day = date.fromisoformat(shape["date_of_service"])
    key = (shape["code"], shape["units"], day, tuple(shape["modifiers"]))
    return {**shape, "status": "certified", "charge": str(standing[key])}


def _chain_values(certification: Certification, charges: Sequence[Charge]) -> dict[str, Any]:
    values = chain_values(certification)
    return values | {"charges": [[each.reference, each.kind, str(each.pk)] for each in charges]}


def chain_values(certification: Certification) -> dict[str, Any]:
    """What a certification's digest covers, besides its charges."""
    return {
        "certification": str(certification.pk),
        "practice": str(certification.practice_id),
        "episode": str(certification.episode_id),
        "month": certification.month.isoformat()[:7],
        "version": certification.version,
        "number": certification.number,
        "claim": certification.claim,
        "clinician": str(certification.clinician_id),
        "by": str(certification.by_id),
        "statement_version": certification.statement_version,
        "reason": certification.reason,
        "engine": certification.engine,
        "certified_at": certification.recorded_at.isoformat(),
        "facts": certification.facts_digest,
        "lines": certification.lines_digest,
        "previous": certification.previous_digest,
    }


def broken_certifications(episode_id: UUID, *, practice_id: UUID) -> list[int]:
    """The places in an episode's chain of certifications that no longer match their digests, ascending."""
    broken, previous = [], NO_CERTIFICATION_BEFORE
    rows = Certification.objects.filter(practice_id=practice_id, episode_id=episode_id)
    for each in rows.order_by("number"):
        charges = list(each.charges.filter(practice_id=practice_id).order_by("number"))
        expected = chained_digest(_chain_values(each, charges))
        is_whole = expected == each.digest and digest_of(each.lines) == each.lines_digest
        if not is_whole or each.previous_digest != previous:
            broken.append(each.number)
        previous = each.digest
    return broken
