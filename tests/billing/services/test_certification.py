"""Certifying a month locks it; what comes later is shown and amended, never slipped in."""

from datetime import date, timedelta

import pytest
from django.db import InternalError, ProgrammingError, transaction

from billing.certification_statements import CURRENT_STATEMENT
from billing.models import Certification, Charge, DecidedLine, LateFinding, Packet, TimeEntry
from billing.services import certification, decisions, gates, minutes
from billing.services.certification import Reviewed, seen_digest
from billing.services.certified_rows import broken_certifications
from networks.actors import Actor
from networks.errors import Conflict, DomainError, NotAllowed
from networks.models import AuditEntry
from networks.permissions import Role
from networks.scoping import practice_scope
from tests.billing.services import clinic
from tests.billing.services.clinic import JULY, enrol, lines, on, report, talk
from tests.world import SYSTEM, Home, World

pytestmark = pytest.mark.django_db
MARCH, APRIL = date(2026, 3, 1), date(2026, 4, 1)


def seen(episode, month=MARCH) -> str:
    rows = DecidedLine.objects.filter(episode=episode).order_by("position")
    return seen_digest(
        [
            {
                "code": each.code,
                "units": each.units,
                "date_of_service": each.date_of_service.isoformat(),
                "modifiers": each.modifiers,
                "status": "billable" if each.status == "certified" else each.status,
                "reasons": each.reasons,
            }
            for each in rows
            if each.date_of_service.replace(day=1) == month
        ]
    )


def cared_for(oak: Home, *, number: int = 0, length: int = 20):
    """A patient with 16 data days and one call in March, decided in July."""
    episode = enrol(oak, number=number)
    report(episode, *range(16))
    entry = talk(oak, episode, 3, length=length)
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    return episode, entry


def certify(oak: Home, *episodes, role=Role.CLINICIAN, month=MARCH, now=JULY, reviewed=None):
    return certification.certify(
        reviewed or [Reviewed(each.pk, seen(each, month)) for each in episodes],
        practice_id=oak.practice.pk,
        month=month,
        statement_version=CURRENT_STATEMENT,
        actor=Actor.person(oak.people[role].pk),
        now=now,
    )


def amend(oak: Home, standing: Certification, *, reason="The call was logged twice.", lines=None):
    late = LateFinding.objects.filter(episode=standing.episode, month=standing.month).first()
    return certification.amend(
        standing,
        seen=seen_digest(late.lines if late else []),
        reason=reason,
        statement_version=CURRENT_STATEMENT,
        actor=Actor.person(oak.people[Role.CLINICIAN].pk),
        now=JULY + timedelta(hours=1),
    )


def test_a_month_is_certified_line_by_line_and_locked(oak: Home) -> None:
    episode, _ = cared_for(oak)
    outcome = certify(oak, episode)
    assert outcome.certified == (episode.pk,)
    assert outcome.refused == ()
    assert [each[3] for each in lines(episode)] == ["certified"] * 3
    standing = Certification.objects.get(episode=episode)
    assert (standing.version, standing.number, standing.previous_digest) == (1, 1, "0" * 64)
    assert standing.clinician == oak.clinician
    assert standing.claim == "RTM-000001-202603"
    charges = list(Charge.objects.filter(episode=episode).order_by("number"))
    assert [(each.reference, each.code, each.kind) for each in charges] == [
        ("RTM000001", "98975", "new"),
        ("RTM000002", "98977", "new"),
        ("RTM000003", "98980", "new"),
    ]
    assert (charges[1].covers_from, charges[1].covers_to) == (clinic.after(0), clinic.after(29))
    assert {each.digest for each in charges} == {standing.digest}
    assert Packet.objects.filter(charge__in=charges).count() == 3
    assert {each.charge_id for each in DecidedLine.objects.filter(episode=episode)} == {
        each.pk for each in charges
    }
    entry = AuditEntry.objects.get(action="month.certified")
    assert entry.details["charges"] == 3
    assert entry.patient_id == episode.patient_id


def test_a_second_click_writes_nothing(oak: Home) -> None:
    episode, _ = cared_for(oak)
    reviewed = [Reviewed(episode.pk, seen(episode))]
    certify(oak, reviewed=reviewed)
    again = certify(oak, reviewed=reviewed)
    assert (again.certified, again.standing, again.refused) == ((), (episode.pk,), ())
    assert Certification.objects.count() == 1
    assert Charge.objects.count() == 3


def test_late_facts_leave_a_locked_month_alone_and_are_shown(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    before = lines(episode)
    talk(oak, episode, 5, length=25)
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    assert lines(episode) == before
    late = LateFinding.objects.get(episode=episode)
    assert late.month == MARCH
    assert ("98981", "billable") in [(each["code"], each["status"]) for each in late.lines]


def test_an_amendment_adds_what_is_new_and_keeps_the_rest(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    talk(oak, episode, 5, length=25)
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    newer = amend(oak, Certification.objects.get(), reason="A call was logged late.")
    assert (newer.version, newer.number, newer.claim) == (2, 2, "RTM-000001-202603")
    assert newer.previous_digest == Certification.objects.get(version=1).digest
    assert [(each.code, each.kind) for each in newer.charges.order_by("number")] == [("98981", "new")]
    assert ("98981", 1, "2026-03-31", "certified") in lines(episode)
    assert not LateFinding.objects.exists()
    assert broken_certifications(episode.pk, practice_id=oak.practice.pk) == []


def test_an_amendment_lowers_the_claim_by_void_and_new(oak: Home) -> None:
    episode, _ = cared_for(oak, length=12)
    second = talk(oak, episode, 5, length=10)
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    certify(oak, episode)
    minutes.void(second, reason="Another patient's call", actor=SYSTEM, now=JULY)
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    newer = amend(oak, Certification.objects.get())
    rows = [(each.code, each.kind) for each in newer.charges.order_by("number")]
    assert rows == [("98979", "new"), ("98980", "void")]
    taken_back = newer.charges.get(kind="void")
    assert taken_back.voids.certification.version == 1
    assert [each[0] for each in lines(episode)] == ["98975", "98977", "98979"]


def test_everything_may_be_taken_back(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    gates.record_exclusion(
        episode, kind="other_rtm", starts_on=clinic.after(0), ends_on=clinic.after(40), actor=SYSTEM, now=JULY
    )
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    newer = amend(oak, Certification.objects.get(), reason="Another practice monitored the patient.")
    assert {each.kind for each in newer.charges.all()} == {"void"}
    assert "certified" not in [each[3] for each in lines(episode)]


@pytest.mark.parametrize("role", [Role.BILLER, Role.PRACTICE_ADMIN, Role.ASSISTANT, Role.FRONT_DESK])
def test_nobody_but_a_therapist_certifies(oak: Home, role: Role) -> None:
    episode, _ = cared_for(oak)
    with pytest.raises(NotAllowed):
        certify(oak, episode, role=role)
    assert not Charge.objects.exists()


def test_an_assistant_with_the_role_of_a_clinician_does_not_certify(oak: Home) -> None:
    episode, _ = cared_for(oak)
    oak.clinician.credential = "PTA"
    oak.clinician.save()
    with pytest.raises(NotAllowed, match="Only a therapist"):
        certify(oak, episode)


def test_a_month_that_is_not_over_is_refused(oak: Home) -> None:
    episode, _ = cared_for(oak)
    with pytest.raises(DomainError, match="not over yet"):
        certify(oak, episode, now=on(date(2026, 3, 31), 23))


def test_lines_that_changed_since_they_were_seen_are_refused(oak: Home) -> None:
    episode, _ = cared_for(oak)
    reviewed = [Reviewed(episode.pk, seen(episode))]
    talk(oak, episode, 5, length=25)
    outcome = certify(oak, reviewed=reviewed)
    assert outcome.certified == ()
    assert "changed since you looked" in outcome.refused[0][1]


def test_what_may_not_be_billed_is_refused_with_its_reason_and_the_rest_certified(oak: Home) -> None:
    ready, _ = cared_for(oak, number=1)
    bare = enrol(oak, number=2)
    report(bare, 0)
    decisions.refresh([bare.pk], practice_id=oak.practice.pk, now=JULY)
    outcome = certify(oak, ready, bare)
    assert outcome.certified == (ready.pk,)
    ((refused, sentence),) = outcome.refused
    assert refused == bare.pk
    assert sentence.startswith("Nothing in it may be certified.")


def test_a_held_line_is_frozen_but_not_charged(oak: Home) -> None:
    episode, _ = cared_for(oak, length=45)
    outcome = certify(oak, episode)
    assert outcome.certified
    assert ("98981", 1, "2026-03-31", "held") in lines(episode)
    assert not Charge.objects.filter(code="98981").exists()


def test_a_window_that_moved_over_a_charged_one_cannot_be_certified(oak: Home) -> None:
    episode = enrol(oak)
    readings = report(episode, *range(3), *range(20, 50))
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    certify(oak, episode)
    for each in readings[:3]:
        each.delete()  # as when a text turns out to be another patient's
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    assert LateFinding.objects.filter(month=MARCH).exists()
    outcome = certify(oak, episode, month=APRIL)
    assert outcome.certified == ()
    assert "amend that month first" in outcome.refused[0][1]


def test_an_amendment_needs_a_reason_a_difference_and_the_newest_version(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    standing = Certification.objects.get()
    with pytest.raises(DomainError, match="Say why"):
        amend(oak, standing, reason=" ")
    with pytest.raises(Conflict, match="Nothing differs"):
        amend(oak, standing)
    talk(oak, episode, 5, length=25)
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    amend(oak, standing)
    with pytest.raises(Conflict, match="meanwhile"):
        amend(oak, standing)


def test_rebuilding_changes_nothing_after_certifying_and_late_facts(oak: Home) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    talk(oak, episode, 5, length=25)
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    assert decisions.recreate(oak.practice.pk, now=JULY + timedelta(days=9)).total == 0
    LateFinding.objects.all().delete()
    DecidedLine.objects.filter(episode=episode, code="98975").delete()
    assert decisions.recreate(oak.practice.pk, now=JULY).total > 0
    assert LateFinding.objects.count() == 1
    assert lines(episode)[0][3] == "certified"


@pytest.mark.parametrize("model", [Certification, Charge, Packet])
def test_the_database_refuses_to_change_or_delete_what_was_certified(oak: Home, model) -> None:
    episode, _ = cared_for(oak)
    certify(oak, episode)
    for act in (
        lambda: model.objects.update(recorded_at=JULY),
        lambda: model.objects.all()._raw_delete("default"),
    ):
        with pytest.raises((ProgrammingError, InternalError)), transaction.atomic():
            act()


def test_another_practices_episode_is_not_found(oak: Home, world: World) -> None:
    with practice_scope(world.elm.practice.pk):
        theirs = enrol(world.elm)
    outcome = certify(oak, reviewed=[Reviewed(theirs.pk, "x")])
    assert outcome.certified == ()
    assert "no such episode" in outcome.refused[0][1]


def test_the_chain_runs_through_the_months_of_an_episode(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, *range(45))
    decisions.refresh([episode.pk], practice_id=oak.practice.pk, now=JULY)
    certify(oak, episode)
    certify(oak, episode, month=APRIL)
    march, april = Certification.objects.order_by("number")
    assert april.previous_digest == march.digest
    assert broken_certifications(episode.pk, practice_id=oak.practice.pk) == []


def test_a_batch_certifies_many_and_numbers_without_holes(oak: Home) -> None:
    episodes = [cared_for(oak, number=number)[0] for number in range(4)]
    outcome = certify(oak, *episodes)
    assert set(outcome.certified) == {each.pk for each in episodes}
    assert sorted(Charge.objects.values_list("number", flat=True)) == list(range(1, 13))
    assert TimeEntry.objects.count() == 4
