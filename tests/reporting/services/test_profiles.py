"""From choice to signed release: who may, what the wall says, what is refused, what stays in the ledger."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from networks.errors import Conflict, DomainError, NotAllowed
from networks.models import AuditEntry, Network
from networks.permissions import Role
from patients.models import Patient
from reporting.models import ProfileDraft, Release, ReleasedCount, ReleaseFile
from reporting.services import drafting, releasing
from reporting.services.reporting_scope import WallRefused, open_reporting_scope
from reporting.services.verifying import problems_of
from reporting.services.wall import Asked, Subject, ask, mode_of, pooled
from tests.reporting.monitored import CUT_OFF, courses, monitor
from tests.world import NOW

LATER = NOW + timedelta(hours=1)


def _figure(draft, name):
    return next(each for each in draft.document["figures"] if each["id"] == name)


def test_a_draft_counts_the_payers_patients_and_nobody_elses(integrated) -> None:
    with integrated.scope():
        draft = integrated.draft()
    assert _figure(draft, "cohort.patients")["value"] == 72
    assert _figure(draft, "pain.completeness")["numerator"] == 60
    assert _figure(draft, "pain.reached_points")["numerator"] == 36
    assert draft.document["cohort"]["practices"] == 2
    assert not draft.refusals


def test_no_name_id_or_row_of_a_patient_is_in_a_document(integrated) -> None:
    with integrated.scope():
        text = str(integrated.draft().document)
    assert "Invented" not in text
    for home in (integrated.world.oak, integrated.world.elm):
        assert str(home.practice.pk) not in text


def test_drafting_takes_as_many_queries_for_few_as_for_many(integrated, django_assert_num_queries) -> None:
    with integrated.scope(), django_assert_num_queries(19):
        integrated.draft()
    monitor(integrated.world.oak, courses(20, seed=9), payer=integrated.payer, tag="more")
    with integrated.scope(), django_assert_num_queries(19):
        integrated.draft()


@pytest.mark.parametrize(
    ("mode", "role", "reason"),
    [
        (Network.Mode.PRE_INTEGRATION, Role.QUALITY, "policy does not open these figures"),
        (Network.Mode.MESSENGER, Role.QUALITY, "policy does not open these figures"),
        (Network.Mode.FINANCIAL_RISK, Role.QUALITY, "It needs on file: risk population"),
        (Network.Mode.CLINICAL_INTEGRATION, Role.NETWORK_ADMIN, "policy does not open these figures"),
    ],
    ids=["before integration", "messenger", "risk without a population on file", "administrator"],
)
def test_the_wall_refuses_before_any_row_is_read_and_that_is_audited(integrated, mode, role, reason) -> None:
    integrated.network.mode = mode
    with integrated.scope(), pytest.raises(drafting.Withheld, match=reason):
        integrated.draft(role=role)
    with integrated.scope():
        entry = AuditEntry.objects.get(network=integrated.network, action="wall.decided")
        assert entry.details["denied"] == ["all"]
        assert entry.details["policy"]
        assert not ProfileDraft.objects.exists()


def test_a_person_with_a_tie_to_a_practice_cannot_prepare_it_for_contracting(integrated) -> None:

    person = integrated.world.network_people[("cin", Role.CONTRACTING)]
    oak = integrated.world.oak.practice
    from networks.models import RoleAssignment

    RoleAssignment.objects.create(
        user=person, role=Role.AUDITOR.value, practice=oak, workspace_name="Oak", starts_at=NOW
    )
    with integrated.scope(), pytest.raises(drafting.Withheld, match="tie to a practice"):
        integrated.draft()


def test_a_payer_with_few_patients_gets_no_profile(integrated) -> None:
    with integrated.scope(), pytest.raises(drafting.Withheld, match="fewer than 11 patients"):
        integrated.draft(payer=integrated.small_payer)
    with integrated.scope():
        assert AuditEntry.objects.filter(action="wall.decided").count() == 1


def test_one_practice_alone_is_not_pooled(integrated) -> None:
    from tests.reporting.monitored import payer_named

    lone = payer_named("Lone Payer")
    monitor(integrated.world.oak, courses(20, seed=3), payer=lone, tag="l")
    with integrated.scope(), pytest.raises(drafting.Withheld, match="Fewer than 2 owners"):
        integrated.draft(payer=lone)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"cut_off": date(2026, 3, 3)}, "cannot end in the future"),
        ({"cut_off": date(2026, 1, 20)}, "more than 30 days"),
        ({"first_day": date(2020, 1, 1)}, "two years"),
        ({"conditions": ("elbow",)}, "no condition named elbow"),
    ],
    ids=["future", "too short", "too long", "unknown condition"],
)
def test_a_period_that_makes_no_cohort_is_refused_in_words(integrated, changes, sentence) -> None:
    with integrated.scope(), pytest.raises(DomainError, match=sentence):
        integrated.draft(**changes)


def test_a_release_is_signed_chained_and_verifies(integrated) -> None:
    with integrated.scope():
        first = integrated.draft()
        integrated.approve(first)
        one = integrated.release(first)
        second = drafting.draft(
            integrated.network,
            request=integrated.request(),
            actor=integrated.actor(Role.CONTRACTING),
            today=NOW.date(),
            now=LATER,
        )
        integrated.approve(second)
        two = integrated.release(second, now=LATER)
        assert (one.number, two.number) == (1, 2)
        assert two.previous_sha256 == one.manifest_sha256
        assert problems_of(one) == problems_of(two) == []
        names = sorted(each.name for each in ReleaseFile.objects.filter(release=one))
    assert names == ["manifest.json", "profile.csv", "profile.json", "profile.pdf", "profile.xlsx"]


@pytest.mark.parametrize(
    ("change", "named"),
    [
        (
            lambda each: each.document["figures"][0].update(value=73),
            "The figure cohort.patients was changed.",
        ),
        (lambda each: each.manifest.update(recipient="Another payer"), "The manifest was changed."),
        (lambda each: setattr(each, "signature", "A" * 86 + "=="), "The signature does not belong"),
        (lambda each: setattr(each, "previous_sha256", "1" * 64), "The release before it"),
        (lambda each: setattr(each, "key_id", "0" * 16), "The signature does not belong"),
        (lambda each: each.manifest["files"][0].update(sha256="0" * 64), "The file profile.csv is missing"),
    ],
    ids=["a figure", "the manifest", "the signature", "the chain", "an unknown key", "a file's digest"],
)
def test_what_was_changed_is_named(integrated, change, named) -> None:
    with integrated.scope():
        draft = integrated.draft()
        integrated.approve(draft)
        released = integrated.release(draft)
        change(released)
        assert any(problem.startswith(named) for problem in problems_of(released))


@pytest.mark.parametrize(
    ("table", "sql"),
    [
        (Release, "UPDATE reporting_release SET number = 9"),
        (ReleaseFile, "UPDATE reporting_releasefile SET name = 'x'"),
        (ReleasedCount, "DELETE FROM reporting_releasedcount"),
    ],
    ids=["release", "file", "ledger"],
)
def test_a_release_never_changes(integrated, table, sql) -> None:
    with integrated.scope():
        draft = integrated.draft()
        integrated.approve(draft)
        integrated.release(draft)
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
        assert table.objects.exists()


def test_the_drafter_cannot_approve(integrated) -> None:
    with integrated.scope():
        draft = integrated.draft(role=Role.QUALITY)
        with pytest.raises(NotAllowed, match="Somebody else"):
            integrated.approve(draft, role=Role.QUALITY)
        integrated.approve(draft, role=Role.NETWORK_ADMIN)
        assert integrated.release(draft, role=Role.QUALITY).number == 1


@pytest.mark.parametrize("role", [Role.CONTRACTING, Role.CREDENTIALING, Role.AUDITOR])
def test_other_roles_cannot_approve_or_release(integrated, role) -> None:
    with integrated.scope():
        draft = integrated.draft(role=Role.QUALITY)
        with pytest.raises(NotAllowed):
            integrated.approve(draft, role=role)
        integrated.approve(draft, role=Role.NETWORK_ADMIN)
        with pytest.raises(NotAllowed):
            integrated.release(draft, role=role)


def test_only_what_was_looked_at_is_approved(integrated) -> None:
    with integrated.scope():
        draft = integrated.draft()
        with pytest.raises(Conflict, match="not the one you looked at"):
            releasing.approve(draft, document_sha256="0" * 64, actor=integrated.actor(Role.QUALITY), now=NOW)


def test_nothing_is_released_without_approval_or_twice(integrated) -> None:
    with integrated.scope():
        draft = integrated.draft()
        with pytest.raises(Conflict, match="Only an approved draft"):
            integrated.release(draft)
        integrated.approve(draft)
        integrated.release(draft)
        with pytest.raises(Conflict):
            integrated.release(draft)
        with pytest.raises(Conflict):
            integrated.approve(draft)
        with pytest.raises(Conflict, match="cannot be taken back"):
            releasing.discard(draft, actor=integrated.actor(Role.QUALITY), now=NOW)


def test_a_draft_older_than_the_last_release_must_be_made_again(integrated) -> None:
    with integrated.scope():
        older, newer = integrated.draft(), integrated.draft()
        for each in (older, newer):
            integrated.approve(each)
        integrated.release(newer)
        with pytest.raises(Conflict, match="draft again"):
            integrated.release(older)


def test_a_wall_that_closed_since_holds_the_release_back(integrated, monkeypatch) -> None:
    with integrated.scope():
        draft = integrated.draft()
        integrated.approve(draft)
        ProfileDraft.objects.filter(pk=draft.pk).update(wall=draft.wall | {"owners": 1})
        draft.refresh_from_db()
        with pytest.raises(NotAllowed, match="Fewer than 2 owners"):
            integrated.release(draft)
        assert AuditEntry.objects.filter(action="wall.decided", details__page="release").count() == 1


def test_a_cohort_a_few_patients_larger_than_a_released_one_is_refused(integrated) -> None:
    with integrated.scope():
        draft = integrated.draft()
        integrated.approve(draft)
        integrated.release(draft)
    monitor(integrated.world.oak, courses(3, seed=8), payer=integrated.payer, tag="few")
    with integrated.scope():
        again = drafting.draft(
            integrated.network,
            request=integrated.request(),
            actor=integrated.actor(Role.CONTRACTING),
            today=NOW.date(),
            now=LATER,
        )
        assert "fewer than 11" in again.refusals[0]
        with pytest.raises(DomainError, match="fewer than 11"):
            integrated.approve(again)


def test_every_act_is_in_the_audit_log(integrated) -> None:
    with integrated.scope():
        draft = integrated.draft()
        integrated.approve(draft)
        integrated.release(draft)
        acts = set(AuditEntry.objects.filter(network=integrated.network).values_list("action", flat=True))
    assert {"wall.decided", "profile.drafted", "profile.approved", "profile.released"} <= acts


def test_data_after_a_practice_left_is_not_used(integrated) -> None:
    from networks.models import Membership

    with integrated.scope():
        Membership.objects.filter(practice=integrated.world.elm.practice, network=integrated.network).update(
            ends_on=date(2026, 1, 31)
        )
        draft = integrated.draft()
    # Elm's patients still count; without later readings they are not measured.
    assert _figure(draft, "cohort.patients")["value"] == 72
    assert (_figure(draft, "pain.completeness")["measured"] or 0) < 60


def test_the_reporting_scope_reads_members_only_and_writes_nothing(integrated) -> None:
    world = integrated.world
    allowed = ask(
        [_viewer()],
        subject=Subject(),
        mode=mode_of(integrated.network),
        aggregation=pooled({"a": 20, "b": 20}),
    )
    with integrated.scope():
        with open_reporting_scope(
            integrated.network.pk, practices=[world.oak.practice.pk], allowed_by=allowed
        ):
            assert set(Patient.objects.values_list("practice_id", flat=True)) == {world.oak.practice.pk}
            with pytest.raises(DatabaseError), transaction.atomic():
                Patient.objects.update(family_name="Changed")
        assert not Patient.objects.exists()
        ProfileDraft.objects.filter(pk=None).update(state="discarded")


def test_the_reporting_scope_stays_shut_without_the_walls_word(integrated) -> None:
    refused = ask([], subject=Subject(), mode=mode_of(integrated.network), aggregation=pooled({}))
    assert isinstance(refused, Asked)
    with (
        integrated.scope(),
        pytest.raises(WallRefused),
        open_reporting_scope(integrated.network.pk, practices=[], allowed_by=refused),
    ):
        pass


def _viewer():
    from networks.information_wall import Viewer

    return Viewer(role=Role.QUALITY.value)


def test_the_period_is_as_chosen(integrated) -> None:
    with integrated.scope():
        assert integrated.draft().document["period"] == {"from": "2026-01-01", "to": CUT_OFF.isoformat()}
