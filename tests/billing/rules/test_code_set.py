"""The tables: equal to the source register, complete by date, and easy to find."""

import json
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from billing.code_set import (
    ADD_ON_BASE,
    ADD_ON_CODE,
    ADD_ON_STEP_MINUTES,
    CODE_SET,
    CODES,
    RULE_SETS,
    SETUP_CODE,
    WINDOW_DATES,
    RuleSet,
    System,
    Tier,
)
from tests.billing.rules.documents import (
    answer,
    call,
    calls,
    days,
    document,
    entry,
    management,
    summary,
    year,
)

REGISTER = json.loads((Path(__file__).parents[3] / "data/rtm_codes_2026.json").read_text(encoding="utf-8"))
LISTED = {each["id"]: each for each in REGISTER["rule_sets"]}
VECTORS = REGISTER["test_vectors"]


@pytest.mark.parametrize("rule_set", RULE_SETS, ids=lambda each: each.id)
def test_rule_set_equals_the_register(rule_set: RuleSet) -> None:
    listed = LISTED[rule_set.id]
    assert (rule_set.first_day.isoformat(), rule_set.last_day.isoformat()) == (
        listed["dos_from"],
        listed["dos_to"],
    )
    assert rule_set.device_tiers[System.MUSCULOSKELETAL][0].minimum == listed["device_min_days"]
    assert rule_set.device_tiers[System.MUSCULOSKELETAL][-1] == Tier(16, "98977")
    assert rule_set.management_tiers[0].minimum == listed["mgmt_floor_minutes"]
    assert list(rule_set.source) == listed["source"]
    assert rule_set.confidence.value == listed["confidence"]


@pytest.mark.parametrize("rule_set", RULE_SETS, ids=lambda each: each.id)
def test_rule_set_knows_exactly_its_codes(rule_set: RuleSet) -> None:
    tiers = [*rule_set.management_tiers, *(t for each in rule_set.device_tiers.values() for t in each)]
    known = {SETUP_CODE, ADD_ON_CODE, *(tier.code for tier in tiers)}
    assert known == set(LISTED[rule_set.id]["codes"])
    assert known == {each.code for each in CODES if each.first_day <= rule_set.first_day}


def test_codes_equal_the_register() -> None:
    listed = [(c["code"], c["family"], c["system"], c["effective_from"]) for c in REGISTER["codes"]]
    assert [(c.code, c.family, c.system, c.first_day.isoformat()) for c in CODES] == listed


@pytest.mark.parametrize("code", REGISTER["codes"], ids=lambda each: each["code"])
def test_each_dated_threshold_equals_the_register(code: dict[str, Any]) -> None:
    for version in code["versions"]:
        rule_set = CODE_SET.on(date.fromisoformat(version["dos_from"]))
        assert rule_set is not None
        assert _minimum(code["code"], rule_set) == version.get("min_data_days", version.get("min_minutes"))


def _minimum(code: str, rule_set: RuleSet) -> int:
    if code == SETUP_CODE:
        return rule_set.setup_minimum_days
    tiers = [*rule_set.management_tiers, *(t for each in rule_set.device_tiers.values() for t in each)]
    found = {tier.code: tier.minimum for tier in tiers}
    found[ADD_ON_CODE] = found[ADD_ON_BASE] + ADD_ON_STEP_MINUTES
    return found[code]


def test_rule_sets_follow_each_other_without_a_gap() -> None:
    for earlier, later in pairwise(RULE_SETS):
        assert later.first_day == earlier.last_day + timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "on", "nearest"),
    [
        ("2021-12-31", None, "R2022"),
        ("2022-01-01", "R2022", "R2022"),
        ("2022-12-31", "R2022", "R2022"),
        ("2023-01-01", "R2023", "R2023"),
        ("2024-02-29", "R2024", "R2024"),
        ("2025-12-31", "R2025", "R2025"),
        ("2026-01-01", "R2026", "R2026"),
        ("2026-12-31", "R2026", "R2026"),
        ("2027-01-01", None, "R2026"),
        ("1900-01-01", None, "R2022"),
        ("9999-12-31", None, "R2026"),
    ],
)
def test_rule_set_by_date(day: str, on: str | None, nearest: str) -> None:
    found = CODE_SET.on(date.fromisoformat(day))
    assert (found.id if found else None) == on
    assert CODE_SET.nearest(date.fromisoformat(day)).id == nearest


@pytest.mark.parametrize(
    "vector", VECTORS["device_msk"], ids=lambda v: f"{v['dos_year']}-{v['distinct_days']}"
)
def test_device_vectors(vector: dict[str, Any]) -> None:
    first = f"{vector['dos_year']}-03-02"
    lines = summary(year(first, as_of="2026-06-30", readings=days(first, vector["distinct_days"])))
    billable = [line[:5] for line in lines if line.startswith(("98985", "98977")) and "billable" in line]
    assert billable == ([vector["expect"]] if vector["expect"] else [])


@pytest.mark.parametrize(
    "vector", VECTORS["management"], ids=lambda v: f"{v['dos_year']}-{v['total_seconds']}"
)
def test_management_vectors(vector: dict[str, Any]) -> None:
    first, contacts = f"{vector['dos_year']}-03", vector["live_contacts"]
    rest = vector["total_seconds"] - 120 * contacts
    rule = "plain" if vector["live_policy"] == "descriptor" else "strict"
    made = year(
        f"{first}-01",
        as_of="2026-06-30",
        payer={"live_contact_rule": rule},
        readings=days(f"{first}-02", 5),
        time_entries=[*calls(contacts, month=first), entry(f"{first}-25", seconds=rest)],
    )
    found = [line.split() for line in management(made)]
    billable = {code: int(units[1:]) for code, units, *_, status in found if status == "billable"}
    held = sum(int(units[1:]) for code, units, *_, status in found if status == "held")
    assert billable == vector["expect"]
    assert held == vector.get("held_98981_units", 0)


@pytest.mark.parametrize("vector", VECTORS["windows"], ids=lambda v: v["anchor"])
def test_window_vectors(vector: dict[str, Any]) -> None:
    made = year(
        vector["anchor"], as_of=vector["next"], readings=days(vector["anchor"]) + days(vector["next"])
    )
    found = [(window["from"], window["to"]) for window in answer(made)["windows"]]
    assert found[0] == (vector["anchor"], vector["end"])
    assert found[1][0] == vector["next"]


@pytest.mark.parametrize(
    "vector", VECTORS["pta"], ids=lambda v: f"{v['pta_minutes']}-of-{v['total_minutes']}"
)
def test_assistant_vectors(vector: dict[str, Any]) -> None:
    theirs, total = vector["pta_minutes"], vector["total_minutes"]
    entries = [call("2026-03-09", theirs, credential="PTA")]
    entries += [entry("2026-03-10", total - theirs)] if total > theirs else []
    (line,) = management(document(readings=days("2026-03-02", 5), time_entries=entries))
    assert (" CQ " in line) is vector["cq"]


def test_a_window_is_thirty_dates() -> None:
    assert REGISTER["windows"]["length_days"] == WINDOW_DATES
