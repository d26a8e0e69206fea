"""Care records: a renewal joins, a mistake is taken back by a new row, and what was decided follows."""

import copy
from datetime import date, timedelta

import pytest
from django.db import transaction
from django.db.utils import DatabaseError

from billing.models import Attestation, DecidedLine, DeviceDetermination, Exclusion, SetUp
from billing.services import care_records, decisions, gates
from billing.services.rebuilding import rebuild
from checkins.models import Plan, TouchedEpisode
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry, User
from networks.permissions import Role
from patients.models import PlanOfCare
from tests.clinic import STEADY, Clinic, fill
from tests.module_rows import Unblocked
from tests.world import NOW, SYSTEM, World

TODAY = NOW.date()
WHO = {"actor": SYSTEM, "now": NOW}


@pytest.fixture(scope="module")
def filled_clinic(built_world: World, module_rows: Unblocked) -> Clinic:
    with module_rows():
        world = copy.deepcopy(built_world)
        return Clinic(world, fill(world.oak, {"Wendy": STEADY}))


@pytest.fixture
def clinic(filled_clinic: Clinic, db: None) -> Clinic:
    return copy.deepcopy(filled_clinic)


@pytest.fixture
def episode(clinic: Clinic):
    with clinic.scope():
        TouchedEpisode.objects.all().delete()
        yield clinic.people["Wendy"].episode


def _plan(episode, **more):
    fields = {
        "starts_on": TODAY,
        "ends_on": TODAY + timedelta(days=89),
        "names_rtm": True,
        "goal": "",
        "certified_on": None,
    }
    return care_records.add_plan(episode, **(fields | more), **WHO)


def _refusals(episode) -> set[str]:
    decisions.refresh_all(episode.practice_id, now=NOW)
    lines = DecidedLine.objects.filter(episode=episode, status=DecidedLine.Status.REFUSED)
    return {reason["rule"] for line in lines for reason in line.reasons}


def test_a_span_is_added_and_billing_told(episode) -> None:
    plan = _plan(episode, goal=" Stairs ")
    assert plan.goal == "Stairs"
    assert TouchedEpisode.objects.filter(episode=episode).exists()
    with pytest.raises(Conflict, match="recorded already"):
        _plan(episode)


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"ends_on": TODAY + timedelta(days=90)}, "ends_on"),
        ({"ends_on": TODAY - timedelta(days=1)}, "ends_on"),
        ({"starts_on": date(2020, 1, 1)}, "starts_on"),
        ({"certified_on": TODAY + timedelta(days=1)}, "certified_on"),
        ({"goal": "x" * 201}, "goal"),
    ],
    ids=["91 days", "backwards", "before evaluation", "certified tomorrow", "long goal"],
)
def test_a_span_that_cannot_be_is_refused(episode, more: dict, field: str) -> None:
    with pytest.raises(DomainError) as refused:
        _plan(episode, **more)
    assert refused.value.field == field


def test_a_plan_taken_back_no_longer_covers_anything(episode) -> None:
    assert "gate.plan_of_care" not in _refusals(episode)
    plan = PlanOfCare.objects.get(episode=episode)
    row = care_records.take_plan_back(plan, reason="Wrong patient", **WHO)
    assert (row.voids_id, row.reason) == (plan.pk, "Wrong patient")
    assert not PlanOfCare.objects.standing().filter(episode=episode).exists()
    assert "gate.plan_of_care" in _refusals(episode)
    assert AuditEntry.objects.filter(action="plan_of_care.voided", patient_id=episode.patient_id).exists()
    with pytest.raises(Conflict, match="taken back already"):
        care_records.take_plan_back(plan, reason="Again", **WHO)
    with pytest.raises(DomainError, match="takes another one back"):
        care_records.take_plan_back(row, reason="Again", **WHO)
    with pytest.raises(DomainError, match="Say in a few words"):
        care_records.take_plan_back(plan, reason=" ", **WHO)


def test_a_span_is_certified_once(episode) -> None:
    plan = PlanOfCare.objects.get(episode=episode)
    with pytest.raises(DomainError, match="in the future"):
        care_records.certify_plan(plan, certified_on=TODAY + timedelta(days=1), **WHO)
    care_records.certify_plan(plan, certified_on=TODAY, **WHO)
    plan.refresh_from_db()
    assert plan.certified_on == TODAY
    with pytest.raises(Conflict, match="certification date already"):
        care_records.certify_plan(plan, certified_on=TODAY, **WHO)


def test_an_exclusion_shuts_and_taking_it_back_opens(episode) -> None:
    exclusion = gates.record_exclusion(episode, kind="rpm", starts_on=episode.starts_on, **WHO)
    assert "exclusion.rpm" in _refusals(episode)
    care_records.take_exclusion_back(exclusion, reason="Was the wife's", **WHO)
    assert "exclusion.rpm" not in _refusals(episode)
    assert Exclusion.objects.filter(episode=episode).count() == 2
    with pytest.raises(Conflict):
        care_records.take_exclusion_back(exclusion, reason="Again", **WHO)


def test_a_set_up_is_corrected_by_a_new_row(episode) -> None:
    first = SetUp.objects.get(episode=episode)
    taught = {"completed_on": first.completed_on, "pt_minutes": 4, "pta_minutes": 6}
    with pytest.raises(Conflict, match="recorded already"):
        gates.record_set_up(episode, **taught, taught_by=episode.clinician, **WHO)
    second = gates.record_set_up(
        episode, **taught, taught_by=episode.clinician, reason="The assistant taught too", **WHO
    )
    third = gates.record_set_up(
        episode, **taught, taught_by=episode.clinician, reason="Once more", note="She did it alone", **WHO
    )
    assert (second.replaces_id, third.replaces_id) == (first.pk, second.pk)
    assert SetUp.objects.standing().get(episode=episode) == third
    assert AuditEntry.objects.filter(action="set_up.corrected").count() == 2


def test_what_was_said_is_kept_for_good(clinic: Clinic, episode) -> None:
    said = {
        "said_on": TODAY,
        "source": "patient",
        "no_other_monitoring": True,
        "no_home_health": False,
        "by": User.objects.get(pk=clinic.home.people[Role.CLINICIAN].pk),
    }
    made = care_records.attest(episode, **said, **WHO)
    with pytest.raises(DatabaseError), transaction.atomic():
        Attestation.objects.filter(pk=made.pk).update(no_home_health=True)
    for wrong, field in (
        ({"no_other_monitoring": False}, "no_other_monitoring"),
        ({"source": "a dream"}, "source"),
        ({"said_on": TODAY + timedelta(days=1)}, "said_on"),
        ({"said_on": date(2020, 1, 1)}, "said_on"),
    ):
        with pytest.raises(DomainError) as refused:
            care_records.attest(episode, **(said | wrong), **WHO)
        assert refused.value.field == field


def test_a_discharge_ends_care_and_check_ins(episode) -> None:
    for wrong in ({"ends_on": TODAY + timedelta(days=1)}, {"ends_on": date(2020, 1, 1)}, {"reason": " "}):
        with pytest.raises(DomainError):
            care_records.discharge(episode, **({"ends_on": TODAY, "reason": "Goals met"} | wrong), **WHO)
    care_records.discharge(episode, ends_on=TODAY, reason="Goals met", **WHO)
    episode.refresh_from_db()
    assert (episode.ends_on, episode.end_reason) == (TODAY, "Goals met")
    assert not Plan.objects.filter(episode=episode, ends_on=None).exists()
    assert TouchedEpisode.objects.filter(episode=episode).exists()
    with pytest.raises(Conflict, match="ended already"):
        care_records.discharge(episode, ends_on=TODAY, reason="Goals met", **WHO)


def test_a_determination_is_ended(episode) -> None:
    determination = DeviceDetermination.objects.get()
    with pytest.raises(DomainError):
        gates.end_device_determination(determination, ends_on=date(2019, 1, 1), **WHO)
    gates.end_device_determination(determination, ends_on=TODAY - timedelta(days=30), **WHO)
    assert "gate.device_determination" in _refusals(episode)


def test_making_everything_anew_changes_nothing_after_corrections(episode) -> None:
    plan = PlanOfCare.objects.get(episode=episode)
    _plan(episode, starts_on=plan.starts_on, ends_on=TODAY + timedelta(days=20))
    care_records.take_plan_back(plan, reason="Renewed", **WHO)
    exclusion = gates.record_exclusion(episode, kind="inpatient", starts_on=TODAY, **WHO)
    care_records.take_exclusion_back(exclusion, reason="Not so", **WHO)
    decisions.refresh_all(episode.practice_id, now=NOW)
    assert sum(rebuild([episode.practice_id], now=NOW).values()) == 0
