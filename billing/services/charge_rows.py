"""Charges as rows of a file: what was certified, joined with what else a claim needs, and what is lacking."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from billing.claim_gaps import Circumstances, Gap, gaps_of
from billing.code_set import CodeSet
from billing.estimates import Priced, estimate
from billing.models import (
    BillingProvider,
    Charge,
    ClaimDetails,
    Coverage,
    Packet,
    PayerNumber,
    PracticeFee,
)
from billing.selectors.localities import Localities, localities_of
from billing.services.rules_in_force import rules_in_force
from networks.models import Clinician, Payer

_Dated = TypeVar("_Dated", BillingProvider, ClaimDetails)
# A private practice, where the therapist practises (domain note of 2026, section 3), until it says otherwise.
_OFFICE = "11"
_ON_A_LINE = 4  # X12 837P 005010X222A1, SV107: a service line points at up to four diagnoses


@dataclass(frozen=True)
class ChargeRow:
    """One charge with its cells by field name, and what makes further cells needed."""

    charge: Charge
    cells: Mapping[str, str]
    facts: Circumstances

    def gaps(self, *, fields: Iterable[str]) -> tuple[Gap, ...]:
        """What the row lacks of the cells that a file has."""
        return gaps_of(self.cells, fields=fields, facts=self.facts)

    def waits(self, *, fields: Iterable[str]) -> bool:
        """Whether the row is held back; one that takes a charge back never is, or the claim would stand."""
        is_new = self.charge.kind == Charge.Kind.NEW
        return is_new and any(each.holds for each in self.gaps(fields=fields))


@dataclass(frozen=True)
class ClaimFacts:
    """What is on record for a practice's claims, loaded once."""

    providers: Sequence[BillingProvider]
    fees: Mapping[str, Sequence[PracticeFee]]
    numbers: Mapping[UUID, str]
    details: Mapping[UUID, Sequence[ClaimDetails]]
    coverages: Mapping[UUID, Sequence[Coverage]]
    localities: Localities
    evidence: Mapping[UUID, str]
    code_set: CodeSet
    replaced: Mapping[tuple[Any, ...], str]


def rows_of(charges: Sequence[Charge], *, practice_id: UUID) -> list[ChargeRow]:
    """Return the charges as rows, given with certification, episode, patient, clinicians and payer; nine queries."""
    facts = _load(charges, practice_id=practice_id)
    return [_row(each, facts=facts) for each in charges]


def _load(charges: Sequence[Charge], *, practice_id: UUID) -> ClaimFacts:
    mine = {"practice_id": practice_id}
    episodes = {each.episode_id for each in charges}
    fees: dict[str, list[PracticeFee]] = defaultdict(list)
    for fee in PracticeFee.objects.filter(**mine).order_by("-starts_on"):
        fees[fee.code].append(fee)
    details: dict[UUID, list[ClaimDetails]] = defaultdict(list)
    for each in ClaimDetails.objects.filter(**mine, episode_id__in=episodes).order_by(
        "-starts_on", "-recorded_at", "-pk"
    ):
        details[each.episode_id].append(each)
    coverages: dict[UUID, list[Coverage]] = defaultdict(list)
    patients = {each.episode.patient_id for each in charges}
    for coverage in Coverage.objects.filter(**mine, patient_id__in=patients).order_by(
        "-starts_on", "-recorded_at", "-pk"
    ):
        coverages[coverage.patient_id].append(coverage)
    code_set = rules_in_force().code_set
    packets = Packet.objects.filter(**mine, charge_id__in=[each.voids_id or each.pk for each in charges])
    return ClaimFacts(
        providers=list(BillingProvider.objects.filter(**mine).order_by("-starts_on")),
        fees=fees,
        numbers=dict(PayerNumber.objects.filter(**mine).values_list("payer_id", "number")),
        details=details,
        coverages=coverages,
        localities=localities_of(practice_id),
        evidence=dict(packets.values_list("charge_id", "sha256")),
        code_set=code_set,
        replaced=_replaced(charges, practice_id=practice_id, code_set=code_set),
    )


def _replaced(
    charges: Sequence[Charge], *, practice_id: UUID, code_set: CodeSet
) -> dict[tuple[Any, ...], str]:
    """The charge that a new one of an amendment stands for, whether or not both leave in one file."""
    amended = {each.certification_id for each in charges}
    rows = Charge.objects.filter(
        practice_id=practice_id, certification_id__in=amended, kind=Charge.Kind.VOID
    ).select_related("voids")
    return {_place(each, code_set=code_set): each.voids.reference for each in rows if each.voids}


def _place(charge: Charge, *, code_set: CodeSet) -> tuple[Any, ...]:
    """Where a charge belongs: one family of codes in one window, month or set-up of a certification."""
    return charge.certification_id, code_set.family_of(charge.code), charge.covers_from


def _row(charge: Charge, *, facts: ClaimFacts) -> ChargeRow:
    day = charge.date_of_service
    held = _spells(charge, facts=facts)
    standing = [each for each in held if each.ends_on is None or each.ends_on >= day]
    cells = (
        _ids(charge, facts=facts)
        | _service(charge, facts=facts)
        | _diagnoses(charge, facts=facts)
        | {
            "payer_name": charge.payer.name if charge.payer else "",
            "payer_id": facts.numbers.get(charge.payer_id, "") if charge.payer_id else "",
            "member_id": next((each.member_id for each in held if each.member_id), ""),
            "auth_number": next((each.authorization_number for each in standing), ""),
        }
    )
    circumstances = Circumstances(
        is_medicare=charge.payer is not None and charge.payer.kind == Payer.Kind.MEDICARE,
        is_authorized=bool(standing) and standing[0].status == Coverage.Status.PRIOR_AUTH,
    )
    return ChargeRow(charge, cells, circumstances)


def _spells(charge: Charge, *, facts: ClaimFacts) -> list[Coverage]:
    """What the charge's payer was found to cover, begun by the date of service first, then what was found later."""
    mine = [
        each
        for each in facts.coverages.get(charge.episode.patient_id, ())
        if each.payer_id == charge.payer_id
    ]
    return sorted(mine, key=lambda each: each.starts_on > charge.date_of_service)


def _ids(charge: Charge, *, facts: ClaimFacts) -> dict[str, str]:
    patient = charge.episode.patient
    provider, details = _provider(charge, facts=facts), _details(charge, facts=facts)
    number = provider.practice_number if provider else ""
    case = details.case_number if details else ""
    return {
        "charge_id": charge.reference,
        "claim_id": charge.certification.claim,
        "practice_external_id": number or str(charge.practice_id),
        "patient_external_id": str(patient.pk),
        "mrn": patient.record_number,
        "patient_last": patient.family_name,
        "patient_first": patient.given_name,
        "birth_date": patient.birth_date.isoformat() if patient.birth_date else "",
        "episode_external_id": case or str(charge.episode_id),
        "rendering_npi": _rendering(charge).npi,
        "billing_npi": provider.npi if provider else "",
        "referring_npi": details.referring_npi if details else "",
        "evidence_sha256": facts.evidence.get(charge.voids_id or charge.pk, ""),
        "status": charge.kind.upper(),
        "replaces_charge_id": charge.voids.reference
        if charge.voids
        else facts.replaced.get(_place(charge, code_set=facts.code_set), ""),
    }


def _rendering(charge: Charge) -> Clinician:
    """The episode's therapist; where an assistant carries it, the therapist who certified the month."""
    treating = charge.episode.clinician
    return treating if treating.is_therapist else charge.certification.clinician


def _service(charge: Charge, *, facts: ClaimFacts) -> dict[str, str]:
    day = charge.date_of_service
    provider = _provider(charge, facts=facts)
    modifiers = dict(zip(("mod1", "mod2", "mod3", "mod4"), charge.modifiers, strict=False))
    return {
        "service_from": day.isoformat(),
        "service_to": day.isoformat(),
        "cpt": charge.code,
        **modifiers,
        "units": str(charge.units),
        "pos": provider.place_of_service if provider else _OFFICE,
        **_amounts(charge, facts=facts),
    }


def _amounts(charge: Charge, *, facts: ClaimFacts) -> dict[str, str]:
    """The practice's own fee, which is the claim's amount; without one an estimate in a column of its own."""
    day = charge.date_of_service
    fee = next((each for each in facts.fees.get(charge.code, ()) if each.starts_on <= day), None)
    if fee is not None:
        return {"charge_amount": f"{fee.dollars * charge.units:.2f}"}
    priced = Priced(charge.code, day, charge.units, tuple(charge.modifiers))
    guess = estimate([priced], gpci=facts.localities.on(day))
    return {} if guess.unknown else {"estimated_amount": f"{guess.dollars:.2f}"}


def _diagnoses(charge: Charge, *, facts: ClaimFacts) -> dict[str, str]:
    found = _details(charge, facts=facts)
    codes = found.diagnoses[:_ON_A_LINE] if found else []
    cells = {f"dx{place}": code for place, code in enumerate(codes, start=1)}
    return cells | {"dx_pointers": "|".join(str(place) for place in range(1, len(codes) + 1))}


def _provider(charge: Charge, *, facts: ClaimFacts) -> BillingProvider | None:
    return _begun(facts.providers, charge.date_of_service)


def _details(charge: Charge, *, facts: ClaimFacts) -> ClaimDetails | None:
    return _begun(facts.details.get(charge.episode_id, ()), charge.date_of_service)


def _begun(rows: Sequence[_Dated], day: date) -> _Dated | None:
    """The first of the rows, latest first, that had begun on a date."""
    return next((each for each in rows if each.starts_on <= day), None)
