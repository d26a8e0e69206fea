"""The page of what claims need, and an episode's diagnoses among its care records."""

import pytest
from django.test import Client
from django.urls import reverse

from billing.models import BillingProvider, ClaimDetails, PayerNumber, PracticeFee
from billing.services import claims
from networks.models import Payer
from networks.permissions import Role
from tests.clinic import Clinic
from tests.world import NOW, SYSTEM

PAGE = reverse("billing:claims")
PROVIDER = {
    "npi": "1234567893",
    "place_of_service": "11",
    "practice_number": "OAK",
    "starts_on": "2026-01-01",
}
FEES = {"starts_on": "2026-01-01", "fee_98975": "30.00", "fee_98977": "72.50", "fee_98980": ""}
DETAILS = {
    "claim-diagnoses": "M17.11, m25561",
    "claim-referring_npi": "2000000036",
    "claim-referring_name": "Dr Elm",
    "claim-case_number": "CASE-31",
    "claim-starts_on": "2026-02-23",
}


def _number() -> dict[str, str]:
    return {"payer": str(Payer.objects.get(name="Prairie Health").pk), "number": "test1"}


def test_a_biller_records_what_claims_need(clinic: Clinic) -> None:
    biller = clinic.as_(Role.BILLER)
    assert "No number yet" in biller.get(PAGE).content.decode()
    for name, fields in (("provider", PROVIDER), ("fees", FEES), ("number", _number())):
        assert biller.post(reverse(f"billing:claims-{name}"), fields).url == PAGE
    page = biller.get(PAGE).content.decode()
    assert "NPI 1234567893" in page
    assert "$72.50" in page
    assert "TEST1" in page
    assert "No number yet" not in page
    with clinic.scope():
        assert sorted(PracticeFee.objects.values_list("code", flat=True)) == ["98975", "98977"]


def test_many_payers_come_in_pages_and_those_without_a_number_first(clinic: Clinic) -> None:
    with clinic.scope():
        for number in range(30):
            payer = Payer.objects.create(name=f"Aa Plan {number}", kind="commercial")
            claims.record_payer_number(
                payer=payer, number=f"P{number}", practice_id=clinic.home.practice.pk, actor=SYSTEM, now=NOW
            )
    biller = clinic.as_(Role.BILLER)
    first, second = (biller.get(PAGE, {"page": page}).content.decode() for page in ("1", "2"))
    assert "Page 1 of 2, 31 in all" in first
    assert ("No number yet" in first, "No number yet" in second) == (True, False)
    # Looked for as it stands in the list: a random token may hold these letters too.
    assert first.index("Record a number") < first.index("Prairie Health</strong>") < first.index(">P0<")


@pytest.mark.parametrize(
    ("name", "changes", "said"),
    [
        ("provider", {"npi": "1234567890"}, "wrong check digit"),
        ("provider", {"npi": ""}, "Fill this in"),
        ("provider", {"place_of_service": "99"}, "Choose one of these"),
        ("provider", {"starts_on": "soon"}, "Write the date"),
        ("fees", {"fee_98975": "dear"}, "Write dollars and cents"),
        ("fees", {"fee_98975": "-1"}, "above zero"),
        ("fees", {"fee_98975": "", "fee_98977": ""}, "at least one code"),
        ("number", {"payer": "none"}, "Choose the payer"),
        ("number", {"number": " "}, "Fill this in"),
    ],
)
def test_bad_input_is_answered_in_words(clinic: Clinic, name: str, changes, said: str) -> None:
    fields = {"provider": PROVIDER, "fees": FEES, "number": _number()}[name]
    page = clinic.as_(Role.BILLER).post(reverse(f"billing:claims-{name}"), fields | changes)
    assert page.status_code == 422
    assert said in page.content.decode()
    with clinic.scope():
        for model in (BillingProvider, PracticeFee, PayerNumber):
            assert not model.objects.exists()


@pytest.mark.parametrize("role", [Role.BILLER, Role.CLINICIAN])
def test_diagnoses_stand_among_the_care_records(clinic: Clinic, role: Role) -> None:
    vera = clinic.people["Vera"]
    address = reverse("billing:care-claim", args=[vera.episode.pk])
    keeper = clinic.as_(role)
    page = keeper.post(address, DETAILS, follow=True).content.decode()
    assert "M17.11, M25.561" in page
    assert "Referred by Dr Elm, NPI 2000000036. Case CASE-31." in page
    # A later entry begins with what holds, so that no part is lost.
    assert 'value="M17.11, M25.561"' in page
    refused = keeper.post(address, DETAILS | {"claim-diagnoses": "knee"})
    assert refused.status_code == 422
    assert "A diagnosis code looks like M54.50" in refused.content.decode()
    with clinic.scope():
        assert ClaimDetails.objects.get().referring_npi == "2000000036"


def test_others_and_other_practices_are_kept_out(clinic: Clinic) -> None:
    vera = clinic.people["Vera"]
    address = reverse("billing:care-claim", args=[vera.episode.pk])
    assert clinic.as_(Role.BILLER, home=clinic.world.elm).post(address, DETAILS).status_code == 404
    assert clinic.as_(Role.ASSISTANT).post(address, DETAILS).status_code == 403
    assert Client().get(PAGE).status_code == 302
    for address in (PAGE, reverse("billing:claims-provider")):
        assert clinic.as_(Role.FRONT_DESK).post(address, PROVIDER).status_code == 403
    clinic.as_(Role.BILLER).post(reverse("billing:claims-provider"), PROVIDER)
    assert "1234567893" not in clinic.as_(Role.BILLER, home=clinic.world.elm).get(PAGE).content.decode()
