"""Rule sets as files: the shipped ones equal the code, strange ones are refused by field and reason."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from billing.code_set import CODE_SET, CODES, RULE_SETS, RuleSet, Tier
from billing.exchange import decide_text
from billing.json_field import DocumentError
from billing.rule_set_changes import Change, changes_between, statements
from billing.rule_set_file import read_rule_set
from billing.rules import decide
from tests.billing.rules.documents import call, days, document, entry, read
from tests.billing.rules.rule_set_files import as_text, of_2027, shipped

REGISTER = json.loads((Path(__file__).parents[3] / "data/rtm_codes_2026.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("rule_set", RULE_SETS, ids=lambda each: each.id)
def test_the_shipped_file_says_what_the_code_decides_by(rule_set: RuleSet) -> None:
    file = read_rule_set(as_text(shipped(rule_set.id)))
    assert file.rule_set == rule_set
    assert file.codes == tuple(each for each in CODES if each.first_day <= rule_set.first_day)


def test_the_shipped_amounts_and_factors_equal_the_register() -> None:
    listed = [
        (code["code"], amount["dos_from"], amount["dos_to"], amount["amount_usd"])
        for code in REGISTER["codes"]
        for amount in code["amounts"]
        if amount["confidence"] != "superseded"
    ]
    factors = [(each["dos_from"], each["value"]) for each in REGISTER["conversion_factors"]]
    files = [shipped(each.id) for each in RULE_SETS]
    found = [
        (each["code"], each["from"], each["to"], None if each["value"] is None else float(each["value"]))
        for file in files
        for each in file["amounts"]
    ]
    assert sorted(found, key=str) == sorted(listed, key=str)
    assert [
        (each["from"], float(each["value"])) for f in files for each in f["conversion_factors"]
    ] == factors


def _without(key: str) -> dict[str, Any]:
    made = of_2027()
    del made[key]
    return made


def _management(**changes: Any) -> dict[str, Any]:
    return of_2027(management=of_2027()["management"] | changes)


def _tiers(*minima: int) -> dict[str, Any]:
    codes = ("98985", "98977")
    return {
        "window_dates": 30,
        "tiers": [
            {"system": "musculoskeletal", "code": code, "minimum_days": minimum}
            for code, minimum in zip(codes, minima, strict=True)
        ],
    }


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (_without("setup"), "setup: this key is missing."),
        (of_2027(extra=1), "extra: this key is unknown."),
        (of_2027(id="R2028"), "id: must be R2027, the year of its dates."),
        (
            of_2027(to="2027-06-30"),
            "to: a rule set holds for one calendar year, from January 1 to December 31.",
        ),
        (of_2027(assistant_share="0.1"), 'assistant_share: must be whole percent, written "10%".'),
        (
            of_2027(device=_tiers(2, 16) | {"window_dates": 28}),
            "device.window_dates: this version of Daybook decides only with 30, not 28; "
            "other rules need an update.",
        ),
        (
            of_2027(device=_tiers(16, 2)),
            "device.tiers: tiers must rise from the lowest threshold to the highest, each different.",
        ),
        (of_2027(device=_tiers(2, 31)), "device.tiers[1].minimum_days: must be from 1 to 30."),
        (
            of_2027(device={"window_dates": 30, "tiers": []}),
            "device.tiers: must hold at least one tier for musculoskeletal.",
        ),
        (
            _management(live_contact_seconds=30),
            "management.live_contact_seconds: this version of Daybook decides only with 60, not 30; "
            "other rules need an update.",
        ),
        (
            _management(tiers=[{"code": "98979", "minimum_minutes": 10}]),
            "management.tiers: must end with 98980, the base of 98981.",
        ),
        (
            _management(tiers=[{"code": "98985", "minimum_minutes": 10}]),
            "management.tiers[0].code: 98985 is listed as device_supply.",
        ),
        (
            _management(tiers=[{"code": "12345", "minimum_minutes": 10}]),
            "management.tiers[0].code: 12345 is not among the codes of this file.",
        ),
        (of_2027(codes=[]), "setup.code: 98975 is not among the codes of this file."),
        (
            of_2027(exclusions=[]),
            "exclusions: must say what these do: rpm, other_rtm, home_health, inpatient.",
        ),
        (of_2027(source=[]), "source: name at least one source."),
        (of_2027(confidence="sure"), "confidence: must be one of: high, medium, low."),
        (
            of_2027(
                amounts=[
                    {
                        "code": "98980",
                        "from": "2027-01-01",
                        "to": "2027-12-31",
                        "setting": "any",
                        "factor": "single",
                        "value": 54.11,
                        "source": ["S1"],
                        "confidence": "high",
                    }
                ]
            ),
            "amounts[0].value: must be a string.",
        ),
        ([], "document: must be an object."),
    ],
    ids=lambda each: each[:50] if isinstance(each, str) else "",
)
def test_what_does_not_fit_is_named(made: Any, message: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_rule_set(json.dumps(made).encode())
    assert str(refused.value) == message


@pytest.mark.parametrize("text", [b"{", b"\xff", b"[" * 100_000], ids=["cut off", "not UTF-8", "too deep"])
def test_text_that_is_no_json_is_refused(text: bytes) -> None:
    with pytest.raises(DocumentError, match=r"^document: must be"):
        read_rule_set(text)


def test_the_difference_between_2025_and_2026_begins_with_the_thresholds() -> None:
    before, after = (read_rule_set(as_text(shipped(each))) for each in ("R2025", "R2026"))
    changes = changes_between(before, after)
    assert changes[0] == Change("98975: data days needed", "16", "2")
    assert Change("98979: minutes needed", None, "10") in changes
    assert not changes_between(after, after)
    assert len(dict(statements(after))) == len(list(statements(after)))


DECEMBER_2026_TO_2027 = document(
    as_of="2027-02-10",
    readings=days("2026-03-02", 2) + days("2027-01-02", 5),
    time_entries=[call("2027-01-05", 5), entry("2027-01-06", 10)],
)


def test_dates_in_2027_are_refused_without_and_judged_with_an_approved_set() -> None:
    facts = read(DECEMBER_2026_TO_2027)
    bare = [each for each in decide(facts).lines if each.date_of_service.year == 2027]
    assert {each.status.value for each in bare} == {"refused"}
    assert all("No approved rule set covers 2027" in each.reasons[0].text for each in bare)
    stricter = of_2027(
        device=_tiers(6, 16),
        management=_management()["management"]
        | {"tiers": [{"code": "98979", "minimum_minutes": 8}, {"code": "98980", "minimum_minutes": 15}]},
    )
    file = read_rule_set(as_text(stricter))
    approved = CODE_SET.with_approved([(file.rule_set, file.codes)])
    decided = decide(facts, code_set=approved)
    assert decided.rule_sets[-1] == "R2027"
    found = {(e.code, e.status.value) for e in decided.lines if e.date_of_service.year == 2027}
    assert ("98980", "billable") in found
    assert ("98985", "refused") in found


def test_the_contract_itself_still_refuses_2027() -> None:
    lines = json.loads(decide_text(json.dumps(DECEMBER_2026_TO_2027).encode()))["lines"]
    assert {e["status"] for e in lines if e["date_of_service"] >= "2027"} == {"refused"}


def test_add_on_and_assistants_share_follow_the_rule_set() -> None:
    made = _management()["management"]
    made["add_on"] = made["add_on"] | {"step_minutes": 10, "proposed_units": 1}
    file = read_rule_set(as_text(of_2027(management=made, assistant_share="20%")))
    assert file.rule_set.assistant_share == Fraction(1, 5)
    approved = CODE_SET.with_approved([(file.rule_set, file.codes)])
    minutes = [call("2027-01-05", 6, credential="PTA"), call("2027-01-07", 5), call("2027-01-08", 35)]
    facts = read(document(as_of="2027-02-10", readings=days("2027-01-02", 5), time_entries=minutes))
    lines = [
        (each.code, each.units, each.modifiers, each.status.value)
        for each in decide(facts, code_set=approved).lines
        if each.code in {"98980", "98981"}
    ]
    assert lines == [
        ("98980", 1, ("GP",), "billable"),
        ("98981", 1, ("GP",), "billable"),
        ("98981", 1, ("GP",), "held"),
    ]


def test_a_month_can_be_judged_as_if_by_another_year() -> None:
    facts = read(document(readings=days("2026-03-02", 5)))
    as_in_2025 = decide(facts, code_set=CODE_SET.as_if(RULE_SETS[3]))
    assert [(each.code, each.status.value) for each in as_in_2025.lines] == [
        ("98975", "refused"),
        ("98977", "refused"),
    ]
    assert Tier(16, "98977") in RULE_SETS[3].device_tiers[next(iter(RULE_SETS[3].device_tiers))]
