"""The gates as the desk sees them: the same answers as the rules give, and until when."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.care_gates import GateKind, gates_on
from billing.code_set import CODE_SET
from billing.gates import Proposal, failed_gates
from billing.intake import read_document
from billing.json_field import JsonField
from tests.billing.rules.documents import document
from tests.billing.rules.drawn_documents import documents

DAY = date(2026, 3, 10)


def _gates(day: date = DAY, **changes: Any):
    read = read_document(JsonField(document(**changes)))
    return gates_on(day, document=read, code_set=CODE_SET)


def _shut(day: date = DAY, **changes: Any) -> set[str]:
    return {each.kind.value for each in _gates(day, **changes) if not each.is_open}


def _plans(*spans: tuple[str, str | None]) -> list[dict[str, Any]]:
    return [{"from": first, "to": last, "names_rtm": True} for first, last in spans]


@pytest.mark.parametrize(
    ("changes", "shut"),
    [
        ({}, set()),
        ({"consent": None}, {"consent"}),
        ({"consent": {"from": "2026-03-11", "to": None}}, {"consent"}),
        ({"plans_of_care": []}, {"plan_of_care"}),
        ({"plans_of_care": [{"from": "2026-03-01", "to": None, "names_rtm": False}]}, {"plan_of_care"}),
        ({"plans_of_care": _plans(("2026-03-01", "2026-03-09"))}, {"plan_of_care"}),
        ({"setup": None}, {"set_up"}),
        (
            {"setup": {"completed_on": "2026-03-11", "pt_minutes": 9, "pta_minutes": 0}},
            {"set_up"},
        ),
        ({"device_determination": False}, {"device_determination"}),
        ({"payer": {"coverage": "unknown"}}, {"coverage"}),
        ({"payer": {"coverage": "prior_auth"}}, {"coverage"}),
        ({"payer": {"coverage": "covered", "covered_from": "2026-03-11"}}, {"coverage"}),
        ({"exclusions": [{"kind": "rpm", "from": "2026-03-01", "to": None}]}, {"nothing_else"}),
        ({"exclusions": [{"kind": "inpatient", "from": "2026-03-10", "to": None}]}, {"nothing_else"}),
        ({"exclusions": [{"kind": "rpm", "from": "2026-03-01", "to": "2026-03-09"}]}, set()),
        ({"episode": {"end": "2026-03-09"}}, {"episode"}),
    ],
    ids=str,
)
def test_gate(changes: dict[str, Any], shut: set[str]) -> None:
    assert _shut(**changes) == shut


@pytest.mark.parametrize(
    ("spans", "until"),
    [
        ([("2026-03-01", "2026-03-31")], "2026-03-31"),
        ([("2026-03-01", "2026-03-31"), ("2026-04-01", "2026-06-29")], "2026-06-29"),
        ([("2026-04-01", "2026-06-29"), ("2026-03-01", "2026-03-31")], "2026-06-29"),
        ([("2026-03-01", "2026-03-31"), ("2026-04-02", "2026-06-29")], "2026-03-31"),
        ([("2026-03-01", "2026-03-31"), ("2026-03-15", None)], None),
        ([("2026-03-01", "2026-03-31"), ("2026-05-01", None)], "2026-03-31"),
        ([("2026-03-01", None)], None),
        ([("2026-03-01", "9999-12-31")], "9999-12-31"),
    ],
    ids=[
        "one",
        "renewed",
        "any order",
        "gap",
        "then without end",
        "later without end",
        "no end",
        "last date",
    ],
)
def test_a_plan_reaches_as_far_as_its_spans_join(
    spans: list[tuple[str, str | None]], until: str | None
) -> None:
    found = {each.kind: each.until for each in _gates(plans_of_care=_plans(*spans))}
    assert found[GateKind.PLAN_OF_CARE] == (None if until is None else date.fromisoformat(until))


@given(drawn=documents(), step=st.integers(0, 120))
def test_the_desk_and_the_rules_never_disagree(drawn: dict[str, Any], step: int) -> None:
    read = read_document(JsonField(drawn))
    day = date.fromordinal(read.episode.dates.first.toordinal() + step)
    refused = failed_gates(Proposal("98977", day, None, ""), document=read, code_set=CODE_SET)
    rules = {each.rule.removeprefix("gate.") for each in refused}
    shut = {each.kind.value for each in gates_on(day, document=read, code_set=CODE_SET) if not each.is_open}
    shared = {"episode", "consent", "plan_of_care", "device_determination", "coverage"}
    assert shut & shared == rules & shared
    if any(each.startswith("exclusion.") for each in rules):
        assert "nothing_else" in shut
