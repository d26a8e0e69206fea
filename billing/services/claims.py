"""What a claim needs besides its codes, recorded: who bills, fees, payers' numbers, an episode's diagnoses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from billing.code_set import CODES
from billing.models import BillingProvider, ClaimDetails, PayerNumber, PracticeFee
from billing.services.given_values import fits, require
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.identifiers import parse_diagnosis, parse_npi
from networks.models import Payer
from patients.models import Episode

# CMS, place of service code set (2024): those in which outpatient therapy is furnished, in our words.
PLACES_OF_SERVICE = (
    ("11", "11: office"),
    ("12", "12: the patient's home"),
    ("19", "19: outpatient department off the hospital's campus"),
    ("22", "22: outpatient department on the hospital's campus"),
    ("49", "49: independent clinic"),
    ("62", "62: comprehensive outpatient rehabilitation facility"),
)
MOST_DIAGNOSES = 12  # X12 837P 005010X222A1, HI segment: at most twelve
MOST_DOLLARS = Decimal("9999.99")  # beyond, a point slipped (our choice)


@dataclass(frozen=True)
class Details:
    """An episode's diagnoses, the principal one first, and who referred the patient, as typed."""

    diagnoses: Sequence[str]
    referring_npi: str = ""
    referring_name: str = ""
    case_number: str = ""


def record_billing_provider(
    practice_id: UUID,
    *,
    npi: str,
    place_of_service: str,
    practice_number: str,
    starts_on: date,
    actor: Actor,
    now: datetime,
) -> BillingProvider:
    """Record and return as whom the practice bills from a date on.

    DomainError for an NPI whose check digit is wrong and for an unknown place, Conflict for a second that day.
    """
    valid = _npi(npi, field="npi")
    if place_of_service not in dict(PLACES_OF_SERVICE):
        raise DomainError("Choose the place of service.", field="place_of_service")
    fits(practice_number, field="practice_number", longest=40)
    if BillingProvider.objects.filter(practice_id=practice_id, starts_on=starts_on).exists():
        raise Conflict("An entry from that date is recorded already: choose another date.", field="starts_on")
    with transaction.atomic():
        provider = BillingProvider.objects.create(
            practice_id=practice_id,
            npi=valid,
            place_of_service=place_of_service,
            practice_number=practice_number.strip(),
            starts_on=starts_on,
            recorded_at=now,
        )
        _note("billing_provider.recorded", provider, actor=actor, now=now, details=_from(starts_on))
    return provider


def record_fees(
    practice_id: UUID, *, dollars: Mapping[str, Decimal], starts_on: date, actor: Actor, now: datetime
) -> list[PracticeFee]:
    """Record and return what the practice charges for one unit of each code from a date on.

    DomainError without any fee, for an unknown code and an amount that cannot be, Conflict for a second that day.
    """
    if not dollars:
        raise DomainError("Enter the fee of at least one code.")
    unknown = sorted(set(dollars) - {each.code for each in CODES})
    if unknown:
        raise DomainError(f"No such RTM code: {', '.join(unknown)}.")
    for code, amount in dollars.items():
        if not Decimal(0) < amount <= MOST_DOLLARS or amount != round(amount, 2):
            raise DomainError("A fee is dollars and cents above zero, such as 60.00.", field=f"fee_{code}")
    held = PracticeFee.objects.filter(practice_id=practice_id, code__in=dollars, starts_on=starts_on)
    if held.exists():
        raise Conflict("A fee from that date is recorded already: choose another date.", field="starts_on")
    with transaction.atomic():
        made = PracticeFee.objects.bulk_create(
            PracticeFee(
                practice_id=practice_id, code=code, dollars=amount, starts_on=starts_on, recorded_at=now
            )
            for code, amount in sorted(dollars.items())
        )
        audit.record(
            "practice_fees.recorded",
            actor=actor,
            subject_type="practice_fee",
            subject_id=made[0].pk,
            now=now,
            practice_id=practice_id,
            details=_from(starts_on) | {"codes": sorted(dollars)},
        )
    return made


def record_payer_number(
    practice_id: UUID, *, payer: Payer, number: str, actor: Actor, now: datetime
) -> PayerNumber:
    """Record and return a payer's number at the practice's clearing house, in place of an earlier one."""
    require(number, "Enter the payer's number.", field="number", longest=20)
    with transaction.atomic():
        row, _ = PayerNumber.objects.update_or_create(
            practice_id=practice_id,
            payer=payer,
            defaults={"number": number.strip().upper(), "recorded_at": now},
        )
        _note("payer_number.recorded", row, actor=actor, now=now, details={"payer": str(payer.pk)})
    return row


def record_details(
    episode: Episode, *, details: Details, starts_on: date, actor: Actor, now: datetime
) -> ClaimDetails:
    """Record and return an episode's diagnoses and referral from a date on; the latest entry of a date holds.

    DomainError for codes, an NPI or a date that cannot be, and without any diagnosis.
    """
    diagnoses = _diagnoses(details.diagnoses)
    if starts_on < episode.starts_on:
        raise DomainError("The date lies before the evaluation: check it.", field="starts_on")
    referring = _npi(details.referring_npi, field="referring_npi") if details.referring_npi.strip() else ""
    fits(details.referring_name, field="referring_name", longest=120)
    fits(details.case_number, field="case_number", longest=40)
    with transaction.atomic():
        row = ClaimDetails.objects.create(
            practice_id=episode.practice_id,
            episode=episode,
            diagnoses=diagnoses,
            referring_npi=referring,
            referring_name=details.referring_name.strip(),
            case_number=details.case_number.strip(),
            starts_on=starts_on,
            recorded_at=now,
        )
        _note(
            "claim_details.recorded",
            row,
            actor=actor,
            now=now,
            details=_from(starts_on),
            patient_id=episode.patient_id,
        )
    return row


def _diagnoses(typed: Sequence[str]) -> list[str]:
    """The codes as they are stored, each once, in the order typed."""
    if len(typed) > MOST_DIAGNOSES:
        raise DomainError(f"A claim holds at most {MOST_DIAGNOSES} diagnosis codes.", field="diagnoses")
    try:
        codes = list(dict.fromkeys(parse_diagnosis(each) for each in typed))
    except ValueError as error:
        raise DomainError(str(error), field="diagnoses") from None
    if not codes:
        raise DomainError("Enter at least one diagnosis code.", field="diagnoses")
    return codes


def _npi(text: str, *, field: str) -> str:
    try:
        return parse_npi(text)
    except ValueError as error:
        raise DomainError(str(error), field=field) from None


def _from(starts_on: date) -> dict[str, object]:
    return {"starts_on": starts_on.isoformat()}


def _note(
    action: str,
    row: BillingProvider | PayerNumber | ClaimDetails,
    *,
    actor: Actor,
    now: datetime,
    details: Mapping[str, object],
    patient_id: UUID | None = None,
) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type=row._meta.model_name or "",
        subject_id=row.pk,
        now=now,
        practice_id=row.practice_id,
        patient_id=patient_id,
        details=dict(details),
    )
