"""Scenarios of the fact sheet's section 7 that the billing document cannot say, on the product itself."""

from datetime import timedelta

import pytest

from billing.models import Charge, Exclusion
from billing.selectors.self_audit import audit_facts
from billing.self_audit import late_entries
from billing.services import care_records, decisions, gates, minutes
from checkins.models import InboundRow, MonitoringDay, Reading
from networks.errors import DomainError
from networks.permissions import Role
from networks.scoping import practice_scope
from networks.services import organizations
from patients.models import Episode
from tests import factories
from tests.billing.services.clinic import JULY, after, enrol, enrol_again, lines, on, report, talk
from tests.billing.services.test_certification import cared_for, certify
from tests.world import NOW, SYSTEM, Home, World

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["STOP", "thanks", "?"])
def test_18_a_text_without_an_answer_makes_no_data_day(world: World, text: str) -> None:
    with practice_scope(world.oak.practice.pk):
        patient = factories.enrolled(world.oak, now=NOW - timedelta(days=1), gated=True)
        factories.asked(world.oak, at=NOW)
        factories.writes(patient, text, at=NOW + timedelta(minutes=5))
        factories.read_all(world.oak, at=NOW + timedelta(minutes=6))
        assert InboundRow.objects.get(patient=patient.patient_id).state == InboundRow.State.READ
        assert not Reading.objects.filter(episode=patient.episode).exists()
        assert not MonitoringDay.objects.filter(episode=patient.episode).exists()


def refresh(oak: Home, *episodes: Episode) -> None:
    decisions.refresh([each.pk for each in episodes], practice_id=oak.practice.pk, now=JULY)


def test_63_another_practices_care_management_changes_nothing(oak: Home) -> None:
    episode, _ = cared_for(oak)
    before = lines(episode)
    # No such exclusion can be recorded; what was said of other services is kept for the auditor alone.
    with pytest.raises(DomainError):
        gates.record_exclusion(episode, kind="ccm", starts_on=after(0), actor=SYSTEM, now=JULY)
    care_records.attest(
        episode,
        said_on=after(0),
        source="patient",
        no_other_monitoring=True,
        no_home_health=True,
        by=oak.people[Role.CLINICIAN],
        actor=SYSTEM,
        now=JULY,
    )
    refresh(oak, episode)
    assert not Exclusion.objects.exists()
    assert lines(episode) == before
    assert {each[3] for each in before} == {"billable"}


def test_64_the_surgeons_global_period_does_not_bind_the_therapist(oak: Home) -> None:
    episode, _ = cared_for(oak)
    before = lines(episode)
    Episode.objects.filter(pk=episode.pk).update(surgery_on=after(-14))
    refresh(oak, episode)
    assert lines(episode) == before
    assert {each[3] for each in before} == {"billable"}


def test_65_two_disciplines_of_one_practice_charge_one_set_of_lines(oak: Home) -> None:
    therapy, _ = cared_for(oak)
    therapist = organizations.add_clinician(
        oak.practice, name="Dr Olive", npi="2000000051", credential="OT", actor=SYSTEM, now=JULY
    )
    hands = enrol_again(oak, therapy.patient, starts_on=after(0), clinician=therapist, discipline="OT")
    report(hands, *range(16))
    talk(oak, hands, 4, length=20, clinician=therapist)
    refresh(oak, therapy, hands)
    certify(oak, therapy)
    refused = dict(certify(oak, hands).refused)
    assert "already covers a date of one of these lines" in refused[hands.pk]
    assert {tuple(each.modifiers) for each in Charge.objects.all()} == {("GP",)}


def test_80_time_written_down_three_weeks_later_needs_its_reason_and_is_flagged(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, *range(16))
    talk(oak, episode, 3, length=10, now=on(after(3), 18))
    worked = {
        "clinician": oak.clinician,
        "by": oak.people[Role.CLINICIAN],
        "started_at": on(after(4), 17),
        "ended_at": on(after(4), 17, 10),
        "activity": "review",
        "actor": SYSTEM,
        "now": on(after(25), 17),
    }
    with pytest.raises(DomainError, match="Say why"):
        minutes.log_time(episode, reason=" ", **worked)
    minutes.log_time(episode, reason="Addendum: the review of 6 March was not timed", **worked)
    refresh(oak, episode)
    # The contract has no date of recording: with its reason the entry counts, and the practice sees the flag first.
    assert ("98980", 1, "2026-03-31", "billable") in lines(episode)
    facts = audit_facts(oak.practice.pk, first=after(0), last=after(60), zone=oak.practice.time_zone)
    share = late_entries(facts)
    assert (share.part, share.whole) == (1, 2)
