"""Certified lines leave once, corrections as rows of their own, and a file stays what it was."""

import csv
import io
from datetime import timedelta
from decimal import Decimal

import pytest

from billing.charge_columns import FIELDS, MAPPINGS, as_csv
from billing.models import Certification, ChargeBatch, ExportedCharge, Packet
from billing.services import charges_out, claims, decisions, minutes
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry, Payer
from networks.permissions import Role
from networks.services import organizations
from patients.models import Episode
from tests.billing.services.clinic import JULY, after, bills, cover, diagnose, payer, talk
from tests.billing.services.test_certification import amend, cared_for, certify
from tests.world import SYSTEM, Home

pytestmark = pytest.mark.django_db


def export(oak: Home, mapping: str = "daybook", *, hold_incomplete: bool = False) -> ChargeBatch:
    return charges_out.export(
        oak.practice.pk,
        mapping=mapping,
        actor=Actor.person(oak.people[Role.BILLER].pk),
        now=JULY,
        hold_incomplete=hold_incomplete,
    )


def rows(batch: ChargeBatch) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ChargeBatch.objects.get(pk=batch.pk).content)))


def refresh(oak: Home, episode) -> None:
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)


def claimable(oak: Home):
    """A certified month of a practice and a patient with everything that a claim needs on record."""
    bills(oak)
    episode, _ = cared_for(oak)
    diagnose(episode)
    certify(oak, episode)
    return episode


def test_a_certified_line_leaves_with_everything_a_claim_needs(oak: Home) -> None:
    episode = claimable(oak)
    batch = export(oak, hold_incomplete=True)
    found = rows(batch)
    assert list(found[0]) == list(FIELDS)
    assert found[0] | {"patient_external_id": "", "evidence_sha256": ""} == {
        "charge_id": "RTM000001",
        "claim_id": "RTM-000001-202603",
        "batch_id": "B000001",
        "practice_external_id": "OAK",
        "patient_external_id": "",
        "mrn": "",
        "patient_last": "Example 0",
        "patient_first": "Ana",
        "birth_date": "",
        "episode_external_id": "CASE-31",
        "service_from": "2026-03-02",
        "service_to": "2026-03-02",
        "cpt": "98975",
        "mod1": "GP",
        "mod2": "",
        "mod3": "",
        "mod4": "",
        "units": "1",
        "charge_amount": "30.00",
        "pos": "11",
        "dx1": "M17.11",
        "dx2": "M25.561",
        "dx3": "",
        "dx4": "",
        "dx_pointers": "1|2",
        "rendering_npi": oak.clinician.npi,
        "billing_npi": "1234567893",
        "referring_npi": "2000000036",
        "payer_id": "TEST1",
        "member_id": "1EG4TE5MK73",
        "auth_number": "",
        "evidence_sha256": "",
        "status": "NEW",
        "replaces_charge_id": "",
        "rtm_only": "Y",
        "payer_name": "Lakeshore Health",
        "estimated_amount": "",
        "left_empty": "",
    }
    assert found[0]["patient_external_id"] == str(episode.patient_id)
    assert [(each["charge_id"], each["cpt"], each["mod1"], each["status"]) for each in found] == [
        ("RTM000001", "98975", "GP", "NEW"),
        ("RTM000002", "98977", "GP", "NEW"),
        ("RTM000003", "98980", "GP", "NEW"),
    ]
    assert {each["claim_id"] for each in found} == {"RTM-000001-202603"}
    assert {each["batch_id"] for each in found} == {"B000001"}
    assert found[1]["service_from"] == "2026-03-31"
    assert found[1]["rendering_npi"] == oak.clinician.npi
    assert found[1]["evidence_sha256"] == Packet.objects.get(charge__number=2).sha256
    assert AuditEntry.objects.get(action="charges.exported").details["rows"] == 3


def test_without_a_fee_an_estimate_stands_apart_from_the_amount(oak: Home) -> None:
    claimable(oak)
    found = {each["cpt"]: each for each in rows(export(oak, hold_incomplete=True))}
    assert (found["98977"]["charge_amount"], found["98977"]["estimated_amount"]) == ("72.50", "")
    # No fee for 98980: the national rate of 2026 (rates.py), and never in the amount.
    assert (found["98980"]["charge_amount"], found["98980"]["estimated_amount"]) == ("", "54.11")


def test_a_fee_counts_from_its_day_and_for_every_unit(oak: Home) -> None:
    bills(oak)
    episode, _ = cared_for(oak, length=20)
    talk(oak, episode, 5, length=20)
    talk(oak, episode, 6, length=20)
    diagnose(episode)
    refresh(oak, episode)
    certify(oak, episode)
    later = {"98981": Decimal("90.00")}
    claims.record_fees(oak.practice.pk, dollars=later, starts_on=after(30), actor=SYSTEM, now=JULY)
    (found,) = [each for each in rows(export(oak)) if each["cpt"] == "98981"]
    assert (found["units"], found["charge_amount"]) == ("2", "120.00")


LACKS = ["billing_npi", "dx1", "payer_id", "member_id"]


def test_a_row_waits_until_what_it_lacks_is_entered(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    with pytest.raises(Conflict, match="lacks something a claim needs"):
        export(oak, hold_incomplete=True)
    (row, *_) = charges_out.loaded(oak.practice.pk)
    assert [each.field for each in row.gaps(fields=FIELDS) if each.holds] == LACKS
    bills(oak)
    diagnose(episode)
    assert export(oak, hold_incomplete=True).rows == 3


def test_what_is_left_empty_is_named_in_the_row(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    assert {each["left_empty"] for each in rows(export(oak))} == {" ".join(LACKS)}


@pytest.mark.parametrize("mapping", ["webpt", "prompt"])
def test_a_system_that_fills_those_cells_itself_waits_for_nothing(oak: Home, mapping: str) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    assert export(oak, mapping, hold_incomplete=True).rows == 3


def test_medicare_wants_a_referral_and_an_authorization_its_number(oak: Home) -> None:
    bills(oak)
    episode, _ = cared_for(oak)
    diagnose(episode, referring_npi="")
    Payer.objects.filter(pk=payer().pk).update(kind=Payer.Kind.MEDICARE)
    authorized = {"status": "prior_auth", "covered_from": after(0)}
    cover(episode.patient, **authorized, now=JULY + timedelta(minutes=1))
    refresh(oak, episode)
    certify(oak, episode)
    (row, *_) = charges_out.loaded(oak.practice.pk)
    assert [each.field for each in row.gaps(fields=FIELDS) if each.holds] == ["referring_npi", "auth_number"]
    diagnose(episode)
    cover(episode.patient, **authorized, authorization_number="A-77", now=JULY + timedelta(minutes=2))
    found = rows(export(oak, hold_incomplete=True))
    assert {(each["referring_npi"], each["auth_number"]) for each in found} == {("2000000036", "A-77")}


def test_what_takes_a_charge_back_leaves_whatever_lacks(oak: Home) -> None:
    episode, second = lowered(oak)
    export(oak)
    take_back(oak, episode, second)
    amend(oak, Certification.objects.get())
    first = rows(export(oak, hold_incomplete=True))
    assert [(each["status"], each["replaces_charge_id"]) for each in first] == [("VOID", "RTM000003")]
    # The new row follows in a later file and still names what it stands for.
    later = rows(export(oak))
    assert [(each["status"], each["replaces_charge_id"]) for each in later] == [("NEW", "RTM000003")]


def test_an_assistants_episode_is_rendered_by_the_therapist_who_certified(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    assistant = organizations.add_clinician(
        oak.practice, name="Pat", npi="2000000051", credential="PTA", actor=SYSTEM, now=JULY
    )
    Episode.objects.filter(pk=episode.pk).update(clinician=assistant)
    assert {each["rendering_npi"] for each in rows(export(oak))} == {oak.clinician.npi}


def test_a_line_leaves_once(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    batch = export(oak)
    with pytest.raises(Conflict, match="Nothing waits"):
        export(oak)
    assert ExportedCharge.objects.count() == batch.rows == 3


def test_taken_again_a_file_is_the_same_and_noted(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    batch = export(oak)
    again = ChargeBatch.objects.get(pk=batch.pk)
    first = charges_out.take(again, actor=SYSTEM, now=JULY)
    episode.patient.family_name = "Renamed"
    episode.patient.save()
    assert charges_out.take(again, actor=SYSTEM, now=JULY) == first
    assert AuditEntry.objects.filter(action="charges.taken").count() == 2


def lowered(oak: Home):
    """A month of 20 minutes, certified; half of them is taken back then."""
    episode, _ = cared_for(oak, length=10)
    second = talk(oak, episode, 5, length=10)
    refresh(oak, episode)
    certify(oak, episode)
    return episode, second


def take_back(oak: Home, episode, entry) -> None:
    minutes.void(entry, reason="Another patient's call", actor=SYSTEM, now=JULY)
    refresh(oak, episode)


def test_a_correction_after_leaving_is_a_void_and_a_new_row(oak: Home) -> None:
    episode, second = lowered(oak)
    export(oak)
    take_back(oak, episode, second)
    amend(oak, Certification.objects.get())
    found = rows(export(oak))
    assert [
        (each["charge_id"], each["cpt"], each["status"], each["replaces_charge_id"]) for each in found
    ] == [
        ("RTM000004", "98979", "NEW", "RTM000003"),
        ("RTM000005", "98980", "VOID", "RTM000003"),
    ]


def test_a_charge_taken_back_before_it_left_never_leaves(oak: Home) -> None:
    episode, second = lowered(oak)
    take_back(oak, episode, second)
    amend(oak, Certification.objects.get())
    assert [(each["cpt"], each["status"]) for each in rows(export(oak))] == [
        ("98975", "NEW"),
        ("98977", "NEW"),
        ("98979", "NEW"),
    ]


def test_a_month_with_late_facts_waits_for_its_amendment(oak: Home) -> None:
    episode, second = lowered(oak)
    take_back(oak, episode, second)
    assert charges_out.held_back(oak.practice.pk) == 3
    with pytest.raises(Conflict):
        export(oak)


def test_an_unknown_system_is_refused(oak: Home) -> None:
    with pytest.raises(DomainError, match="Choose the system"):
        export(oak, mapping="abacus")


@pytest.mark.parametrize("mapping", MAPPINGS, ids=lambda each: each.key)
def test_every_mapping_names_known_fields_and_carries_the_line(mapping) -> None:
    assert {field for _, field in mapping.columns} <= set(FIELDS)
    assert len({head for head, _ in mapping.columns}) == len(mapping.columns)
    fields = {field for _, field in mapping.columns}
    assert {
        "charge_id",
        "mrn",
        "service_from",
        "cpt",
        "mod1",
        "units",
        "status",
        "replaces_charge_id",
    } <= fields


def test_cells_are_inert_and_dates_as_the_system_writes_them() -> None:
    row = {"patient_last": "=HYPERLINK(1)", "patient_first": "\tTab", "service_from": "2026-03-31"}
    webpt = next(each for each in MAPPINGS if each.key == "webpt")
    (found,) = csv.DictReader(io.StringIO(as_csv([row], mapping=webpt).decode()))
    assert found["Last Name"] == "'=HYPERLINK(1)"
    assert found["First Name"] == "'\tTab"
    assert found["Date of Service"] == "03/31/2026"
    assert found["RTM Only"] == "Y"
