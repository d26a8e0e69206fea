"""Coverage, payer policies and their change, down to the decided lines."""

from datetime import timedelta

import pytest

from billing.models import Coverage, PayerPolicy
from billing.services import decisions, gates
from checkins.models import TouchedEpisode
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry
from networks.permissions import Role
from tests.billing.services.clinic import JULY, after, cover, enrol, lines, payer, report, talk
from tests.world import SYSTEM, Home

pytestmark = pytest.mark.django_db


def refresh(episode) -> None:
    decisions.refresh([episode.pk], practice_id=episode.practice_id, now=JULY)


def settle(oak: Home, **changes):
    wanted = {
        "payer": payer(),
        "live_contact_rule": "strict",
        "starts_on": after(0),
        "source": "Provider manual 2026, page 4",
        "approved_by": oak.people[Role.BILLER],
        "actor": SYSTEM,
        "now": JULY,
    } | changes
    return gates.settle_payer_policy(oak.practice, **wanted)


def test_without_a_recorded_coverage_nothing_is_billable(oak: Home) -> None:
    episode = enrol(oak, covered=False)
    report(episode, 0, 1)
    refresh(episode)
    assert {status for *_, status in lines(episode)} == {"refused"}


def test_each_window_goes_by_the_coverage_at_its_end(oak: Home) -> None:
    episode = enrol(oak, covered=False)
    cover(episode.patient, ends_on=after(45))
    report(episode, 0, 1, 31, 32, 61, 62)
    refresh(episode)
    assert [(code, status) for code, _, _, status in lines(episode)] == [
        ("98975", "billable"),
        ("98985", "billable"),
        ("98985", "refused"),
        ("98985", "refused"),
    ]


def test_a_payer_who_follows_another_takes_over_with_a_window_of_his_own(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, 0, 1, 10, 40, 50, 51, 52)
    cover(episode.patient, payer=payer("Hill Mutual"), status="not_covered", starts_on=after(50))
    refresh(episode)
    # Day 40 would lie in a window that ends under the second payer, who covers from day 50 on.
    assert lines(episode) == [
        ("98975", 1, "2026-03-02", "billable"),
        ("98985", 1, "2026-03-31", "billable"),
        ("98985", 1, after(50 + 29).isoformat(), "refused"),
    ]
    first = Coverage.objects.get(payer=payer())
    assert first.ends_on == after(49)


def test_renewed_coverage_interrupts_nothing(oak: Home) -> None:
    once, renewed = enrol(oak, number=1), enrol(oak, number=2, covered=False)
    cover(renewed.patient, ends_on=after(20))
    cover(renewed.patient, starts_on=after(21))
    for each in (once, renewed):
        report(each, *range(0, 50, 3))
        refresh(each)
    assert lines(once) == lines(renewed)


def test_a_policys_list_of_codes_counts_from_its_date(oak: Home) -> None:
    settle(oak, covered_codes=["98975"], starts_on=after(32))
    episode = enrol(oak)
    report(episode, 0, 1, 31, 32)
    refresh(episode)
    assert [(code, status) for code, _, _, status in lines(episode)] == [
        ("98975", "billable"),
        ("98985", "billable"),
        ("98985", "refused"),
    ]


def test_a_plain_payer_wants_one_live_contact(oak: Home) -> None:
    episode = enrol(oak)
    report(episode, 0, 1)
    talk(oak, episode, 3, length=45)
    refresh(episode)
    assert ("98981", 1, "2026-03-31", "held") in lines(episode)
    settle(oak, live_contact_rule="plain")
    refresh(episode)
    assert ("98981", 1, "2026-03-31", "billable") in lines(episode)


def test_recording_is_audited_and_touches_the_patients_episodes(oak: Home) -> None:
    episode = enrol(oak, covered=False)
    TouchedEpisode.objects.all().delete()
    coverage = cover(episode.patient)
    entry = AuditEntry.objects.get(action="coverage.recorded")
    assert (entry.subject_id, entry.patient_id) == (coverage.pk, episode.patient_id)
    assert TouchedEpisode.objects.filter(episode=episode).exists()
    TouchedEpisode.objects.all().delete()
    gates.end_coverage(coverage, ends_on=after(9), actor=SYSTEM, now=JULY)
    assert AuditEntry.objects.filter(action="coverage.ended").count() == 1
    assert TouchedEpisode.objects.filter(episode=episode).exists()


def test_a_settled_policy_is_audited_and_touches_the_payers_patients(oak: Home) -> None:
    theirs, others = enrol(oak, number=1), enrol(oak, number=2, covered=False)
    TouchedEpisode.objects.all().delete()
    policy = settle(oak, covered_codes=["98980", "98980"])
    assert policy.covered_codes == ["98980"]
    assert AuditEntry.objects.get(action="payer_policy.settled").subject_id == policy.pk
    assert [each.episode_id for each in TouchedEpisode.objects.all()] == [theirs.pk]
    assert others.pk != theirs.pk


BAD_COVERAGE = {
    "ends before it starts": ({"ends_on": after(-1)}, "ends_on", "The last date lies before the first"),
    "no evidence": ({"evidence": "  "}, "evidence", "Say where the coverage was found"),
    "evidence too long": ({"evidence": "x" * 301}, "evidence", "Shorten the text to 300 letters"),
    "evidence with NUL": ({"evidence": "a\x00"}, "evidence", "cannot be stored"),
    "checked tomorrow": (
        {"checked_on": JULY.date() + timedelta(days=1)},
        "checked_on",
        "The check lies in the future",
    ),
    "begins after it ends": (
        {"covered_from": after(9), "ends_on": after(8)},
        "covered_from",
        "Coverage begins after it ends",
    ),
    "authorized, no date": ({"status": "prior_auth"}, "covered_from", "Enter the date from which"),
    "no such status": ({"status": "maybe"}, "status", "Choose what is known"),
}


@pytest.mark.parametrize(("changes", "field", "sentence"), BAD_COVERAGE.values(), ids=BAD_COVERAGE.keys())
def test_coverage_that_cannot_be(oak: Home, changes, field, sentence) -> None:
    episode = enrol(oak, covered=False)
    with pytest.raises(DomainError, match=sentence) as refused:
        cover(episode.patient, **changes)
    assert refused.value.field == field
    assert not Coverage.objects.exists()


def test_a_coverage_cannot_end_before_it_begins(oak: Home) -> None:
    coverage = cover(enrol(oak, covered=False).patient)
    with pytest.raises(DomainError, match="The last date lies before the first"):
        gates.end_coverage(coverage, ends_on=after(-1), actor=SYSTEM, now=JULY)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"live_contact_rule": "two"}, "live_contact_rule", "Choose how many live contacts"),
        ({"source": ""}, "source", "Say where the payer's policy was read"),
        ({"covered_codes": ["98975", "99454"]}, "covered_codes", "No such RTM code: 99454"),
    ],
    ids=["rule", "source", "code"],
)
def test_a_policy_that_cannot_be(oak: Home, changes, field, sentence) -> None:
    with pytest.raises(DomainError, match=sentence) as refused:
        settle(oak, **changes)
    assert refused.value.field == field


def test_a_policy_is_settled_once_a_date(oak: Home) -> None:
    settle(oak)
    with pytest.raises(Conflict, match="settled already"):
        settle(oak, live_contact_rule="plain")
    assert PayerPolicy.objects.count() == 1
