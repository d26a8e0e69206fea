"""Certified lines leave once, corrections as rows of their own, and a file stays what it was."""

import csv
import io

import pytest

from billing.charge_columns import FIELDS, MAPPINGS, as_csv
from billing.models import Certification, ChargeBatch, ExportedCharge, Packet
from billing.services import charges_out, decisions, minutes
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry
from networks.permissions import Role
from tests.billing.services.clinic import JULY, talk
from tests.billing.services.test_certification import amend, cared_for, certify
from tests.world import SYSTEM, Home

pytestmark = pytest.mark.django_db


def export(oak: Home, mapping: str = "daybook") -> ChargeBatch:
    return charges_out.export(
        oak.practice.pk, mapping=mapping, actor=Actor.person(oak.people[Role.BILLER].pk), now=JULY
    )


def rows(batch: ChargeBatch) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(ChargeBatch.objects.get(pk=batch.pk).content)))


def refresh(oak: Home, episode) -> None:
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)


def test_a_certified_line_leaves_with_everything_a_claim_needs(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    batch = export(oak)
    found = rows(batch)
    assert list(found[0]) == list(FIELDS)
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
