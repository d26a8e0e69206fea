"""What a claim needs besides codes is recorded with its date and checked where it is typed."""

from decimal import Decimal

import pytest

from billing.models import ClaimDetails, Coverage, PayerNumber, PracticeFee
from billing.services import claims
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry
from tests.billing.services.clinic import JULY, START, after, bills, cover, diagnose, enrol, payer
from tests.world import SYSTEM, Home

pytestmark = pytest.mark.django_db
WHO = {"actor": SYSTEM, "now": JULY}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"npi": "1234567890"}, "npi"),
        ({"npi": "123"}, "npi"),
        ({"place_of_service": "99"}, "place_of_service"),
        ({"practice_number": "x" * 41}, "practice_number"),
    ],
    ids=["check digit", "too short", "no such place", "too long"],
)
def test_a_billing_provider_is_checked(oak: Home, changes, field) -> None:
    with pytest.raises(DomainError) as refused:
        bills(oak, **changes)
    assert refused.value.field == field


def test_one_billing_provider_a_day(oak: Home) -> None:
    bills(oak)
    with pytest.raises(Conflict, match="recorded already"):
        bills(oak)


@pytest.mark.parametrize(
    ("dollars", "said"),
    [
        ({}, "at least one code"),
        ({"99999": Decimal(5)}, "No such RTM code: 99999"),
        ({"98975": Decimal(0)}, "above zero"),
        ({"98975": Decimal("1.005")}, "dollars and cents"),
        ({"98975": Decimal(10000)}, "dollars and cents"),
    ],
)
def test_fees_are_checked(oak: Home, dollars, said) -> None:
    with pytest.raises(DomainError, match=said):
        claims.record_fees(oak.practice.pk, dollars=dollars, starts_on=START, **WHO)
    assert not PracticeFee.objects.exists()


def test_a_second_fee_from_the_same_day_is_refused(oak: Home) -> None:
    bills(oak)
    with pytest.raises(Conflict, match="recorded already"):
        claims.record_fees(oak.practice.pk, dollars={"98975": Decimal(31)}, starts_on=START, **WHO)


def test_a_payers_number_is_replaced_and_audited(oak: Home) -> None:
    bills(oak)
    claims.record_payer_number(oak.practice.pk, payer=payer(), number=" test2 ", **WHO)
    assert PayerNumber.objects.get().number == "TEST2"
    assert AuditEntry.objects.filter(action="payer_number.recorded").count() == 2
    with pytest.raises(DomainError, match="payer's number"):
        claims.record_payer_number(oak.practice.pk, payer=payer(), number=" ", **WHO)


def test_diagnoses_are_kept_once_each_in_their_order_with_the_point(oak: Home) -> None:
    row = diagnose(enrol(oak), "m1711", "M25.561", "M17.11")
    assert ClaimDetails.objects.get(pk=row.pk).diagnoses == ["M17.11", "M25.561"]
    entry = AuditEntry.objects.get(action="claim_details.recorded")
    assert entry.patient_id == row.episode.patient_id
    assert entry.details == {"starts_on": START.isoformat()}


@pytest.mark.parametrize(
    ("codes", "changes", "field"),
    [
        (("17.11",), {}, "diagnoses"),
        (tuple(f"M{place}.1" for place in range(10, 23)), {}, "diagnoses"),
        (("M17.11",), {"referring_npi": "2000000037"}, "referring_npi"),
        (("M17.11",), {"starts_on": after(-1)}, "starts_on"),
    ],
    ids=["shape", "thirteen", "check digit", "before the evaluation"],
)
def test_details_are_checked(oak: Home, codes, changes, field) -> None:
    episode = enrol(oak)
    with pytest.raises(DomainError) as refused:
        diagnose(episode, *codes, **changes)
    assert refused.value.field == field


def test_no_diagnosis_is_no_entry(oak: Home) -> None:
    with pytest.raises(DomainError, match="at least one"):
        claims.record_details(enrol(oak), details=claims.Details(()), starts_on=START, **WHO)


def test_a_member_number_is_kept_from_look_up_to_look_up(oak: Home) -> None:
    patient = enrol(oak).patient
    cover(patient, member_id=" 1EG4TE5MK73 ")
    again = cover(patient, starts_on=after(90))
    other = cover(patient, payer=payer("Prairie"), starts_on=after(120))
    assert Coverage.objects.get(pk=again.pk).member_id == "1EG4TE5MK73"
    assert Coverage.objects.get(pk=other.pk).member_id is None
