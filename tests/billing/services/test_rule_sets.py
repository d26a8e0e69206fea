"""Loading and approving a year's rules: two different people, and the product decides by them at once."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import ProgrammingError, transaction

from billing.models import RuleSetApproval, RuleSetEdition
from billing.services import decisions, rule_sets
from billing.services.rules_in_force import ENGINE, approved_at, rules_in_force
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.keys import uuid7
from networks.models import AuditEntry
from networks.permissions import Role
from networks.scoping import Scope, open_scope, practice_scope
from tests.billing.rules.rule_set_files import as_text, of_2027, shipped
from tests.billing.services import clinic
from tests.world import World

LATER = datetime(2027, 3, 1, 15, 0, tzinfo=UTC)


def _loaded(world: World, **changes: object) -> RuleSetEdition:
    return rule_sets.load(as_text(of_2027(**changes)), loaded_by=world.operator, now=LATER)


def _approve(edition: RuleSetEdition, world: World, *people: object, at: datetime = LATER) -> list[int]:
    return [
        rule_sets.approve(edition, by=each, actor=Actor.person(each.pk), now=at, network_id=None)
        for each in people or (world.operator, world.network_people["cin", Role.NETWORK_ADMIN])
    ]


def test_nothing_is_decided_by_it_before_two_people_approved(world: World) -> None:
    edition = _loaded(world)
    assert rules_in_force().engine == ENGINE
    assert _approve(edition, world, world.operator) == [1]
    assert rules_in_force().code_set.on(date(2027, 1, 17)) is None
    assert approved_at(edition) is None
    other = world.network_people["ipa", Role.NETWORK_ADMIN]
    assert _approve(edition, world, other, at=LATER + timedelta(hours=1)) == [0]
    found = rules_in_force()
    assert found.code_set.on(date(2027, 1, 17)).id == "R2027"
    assert found.engine != ENGINE
    assert len(found.engine) <= 16
    assert approved_at(edition) == LATER + timedelta(hours=1)


def test_the_same_person_cannot_approve_twice(world: World) -> None:
    edition = _loaded(world)
    _approve(edition, world, world.operator)
    with pytest.raises(Conflict, match="another person"):
        _approve(edition, world, world.operator)
    assert RuleSetApproval.objects.count() == 1


def test_the_edition_approved_last_holds(world: World) -> None:
    first = _loaded(world)
    second = _loaded(world, assistant_share="20%")
    _approve(second, world)
    _approve(first, world, at=LATER + timedelta(days=1))
    assert float(rules_in_force().code_set.on(date(2027, 5, 1)).assistant_share) == 0.1
    third = _loaded(world, assistant_share="30%")
    _approve(third, world, at=LATER + timedelta(days=2))
    assert float(rules_in_force().code_set.on(date(2027, 5, 1)).assistant_share) == 0.3


def test_the_same_file_and_shipped_years_are_refused(world: World) -> None:
    _loaded(world)
    with pytest.raises(Conflict, match="loaded already"):
        _loaded(world)
    with pytest.raises(DomainError, match="R2026 ships with Daybook"):
        rule_sets.load(as_text(shipped("R2026")), loaded_by=world.operator, now=LATER)


@pytest.mark.parametrize("table", ["billing_rulesetedition", "billing_rulesetapproval"])
def test_what_was_loaded_or_approved_cannot_be_changed(world: World, table: str) -> None:
    _approve(_loaded(world), world)
    model = RuleSetEdition if table.endswith("edition") else RuleSetApproval
    with pytest.raises(ProgrammingError), transaction.atomic():
        model.objects.update(id=uuid7())


def test_an_approval_in_a_network_is_audited_there(world: World) -> None:
    edition, person = _loaded(world), world.network_people["cin", Role.NETWORK_ADMIN]
    with open_scope(Scope.of_network(world.cin.pk)):
        rule_sets.approve(
            edition, by=person, actor=Actor.person(person.pk), now=LATER, network_id=world.cin.pk
        )
        entry = AuditEntry.objects.get(action="rule_set.approved")
    assert (entry.subject_id, entry.details) == (edition.pk, {"rule_set": "R2027"})


def test_the_product_decides_2027_anew_once_it_is_approved(world: World) -> None:
    home = world.oak
    with practice_scope(home.practice.pk):
        start = date(2027, 1, 4)
        clinic.open_gates(home, starts_on=start)
        episode = clinic.enrol(home, starts_on=start)
        first = (start - clinic.START).days
        clinic.report(episode, *range(first, first + 5))
        decisions.refresh([episode.pk], practice_id=home.practice.pk, now=LATER)
        assert {line[3] for line in clinic.lines(episode)} == {"refused"}
        _approve(_loaded(world), world)
        assert decisions.outdated(home.practice.pk, now=LATER) == [episode.pk]
        decisions.refresh([episode.pk], practice_id=home.practice.pk, now=LATER)
        assert ("98985", 1, "2027-02-02", "billable") in clinic.lines(episode)
        assert decisions.recreate(home.practice.pk, now=LATER).total == 0


def test_the_command_loads_and_says_what_comes_next(world: World, tmp_path) -> None:
    path, out = tmp_path / "r2027.json", io.StringIO()
    path.write_bytes(as_text(of_2027()))
    call_command("load_rule_set", str(path), by=world.operator.email, stdout=out)
    assert "R2027 is loaded" in out.getvalue()
    assert "two different people" in out.getvalue()
    assert RuleSetEdition.objects.get().loaded_by_id == world.operator.pk


@pytest.mark.parametrize(
    ("text", "by", "message"),
    [
        (json.dumps(of_2027(id="R1")), "", "id: must be R2027"),
        (json.dumps(shipped("R2026")), "", "R2026 ships with Daybook"),
        (None, "", "cannot be read"),
        (json.dumps(of_2027()), "nobody@example.org", "Nobody signs in"),
    ],
    ids=["does not fit", "shipped", "no file", "nobody"],
)
def test_the_command_refuses_in_words(world: World, tmp_path, text, by, message) -> None:
    path = tmp_path / "file.json"
    if text is not None:
        path.write_text(text)
    with pytest.raises(CommandError, match=message):
        call_command("load_rule_set", str(path), by=by or world.operator.email)
    assert not RuleSetEdition.objects.exists()
