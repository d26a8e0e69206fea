"""The generator gives valid and varied documents; the naive decision does what its cases by hand demand."""

import json
import random
from collections import Counter
from datetime import date, datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from .decision import decide
from .documents import instant, ordinary
from .generator import hand_made, random_document
from .hand_made import line_text

EXAMPLES = Path(__file__).resolve().parents[3] / "data" / "billing_examples.json"
DOCUMENTS = 2_000
LEAST = 20
CODES = {"98975", "98977", "98979", "98980", "98981", "98985"}
STATUSES = {"billable", "pending", "held", "refused"}
CHOICES = {
    "discipline": {"PT", "OT", "SLP"},
    "condition": {"musculoskeletal"},
    "coverage": {"covered", "prior_auth", "unknown", "not_covered"},
    "live_contact_rule": {"strict", "plain"},
    "set_up_date_rule": {"set_up"},
    "device_date_rule": {"last_day"},
    "management_date_rule": {"last_day"},
    "kind": {"rpm", "other_rtm", "home_health", "inpatient"},
    "source": {"patient", "caregiver", "staff"},
    "credential": {"PT", "PTA", "OTHER"},
    "activity": {"review", "conversation", "set_up", "administrative"},
}
DATE_KEYS = {"as_of", "from", "to", "start", "end", "completed_on", "covered_from"}
NULLABLE = {"to", "end", "covered_from", "covered_codes", "consent", "setup"}
INSTANT_KEYS = {"at", "started_at", "ended_at"}


@cache
def generated():
    return [random_document(random.Random(f"document {number}")) for number in range(DOCUMENTS)]


@cache
def decided():
    return [decide(document) for document in generated()]


def keys_of(value):
    """The shape of a document: its keys, and those of the dictionaries right under them."""
    if isinstance(value, dict):
        return {key: keys_of(inner) for key, inner in value.items()}
    return None


MEMBERS = {
    "plans_of_care": {"from", "to", "names_rtm"},
    "exclusions": {"kind", "from", "to"},
    "prior_windows": {"from", "to"},
    "readings": {"at", "source"},
    "time_entries": {
        "started_at",
        "ended_at",
        "credential",
        "activity",
        "live_contact",
        "in_billed_visit",
        "voided",
    },
}


def assert_value(key, value):
    """One value has the type and the choices of the contract."""
    if value is None:
        assert key in NULLABLE
    elif key in DATE_KEYS:
        assert date.fromisoformat(value).isoformat() == value
    elif key in INSTANT_KEYS:
        assert instant(datetime.fromisoformat(value)) == value
    elif key in CHOICES:
        assert value in CHOICES[key]
    elif key.endswith("time_zone"):
        assert ZoneInfo(value).key == value
    elif key.endswith("minutes"):
        assert value >= 0


def assert_valid(document):
    """Every key present, none unknown, every value of its kind, every span in order."""
    shape = keys_of({key: value for key, value in document.items() if value is not None})
    expected = keys_of({key: value for key, value in ordinary().items() if document[key] is not None})
    assert shape == expected
    dictionaries = [value for value in document.values() if isinstance(value, dict)]
    for key, members in MEMBERS.items():
        for member in document[key]:
            assert set(member) - {"id"} == members
            dictionaries.append(member)
    for dictionary in [document, *dictionaries]:
        for key, value in dictionary.items():
            assert_value(key, value)
        for first, last in (("from", "to"), ("start", "end")):
            if dictionary.get(last) is not None:
                assert dictionary[first] <= dictionary[last]
        if "started_at" in dictionary:
            assert dictionary["started_at"] < dictionary["ended_at"]


def test_random_documents_are_valid():
    for document in generated():
        assert_valid(document)


def test_the_same_seed_gives_the_same_document():
    assert random_document(random.Random(7)) == random_document(random.Random(7))


def test_every_code_has_every_status_it_can_have_in_good_share():
    seen = Counter((line["code"], line["status"]) for decision in decided() for line in decision["lines"])
    possible = {(code, status) for code in CODES for status in STATUSES}
    possible -= {("98975", "held"), ("98977", "held")}  # no rule holds these two for a person
    assert {pair for pair, count in seen.items() if count >= LEAST} == possible


def test_every_reason_occurs():
    seen = Counter(
        reason for decision in decided() for line in decision["lines"] for reason in line["reasons"]
    )
    assert set(seen) == {
        "met",
        "open.date_of_service",
        "open.window_1",
        "open.window",
        "open.month",
        "set_up.days",
        "device.days",
        "device.seam",
        "management.minutes",
        "management.live_contact",
        "management.no_data_day",
        "add_on.held",
        "gate.exclusion",
        "gate.device_determination",
        "gate.payer",
        "gate.covered_codes",
        "gate.episode",
        "gate.consent",
        "gate.plan_of_care",
        "gate.rule_set",
        "gate.already_billed",
    }


def test_thresholds_of_days_and_minutes_occur():
    days = Counter(len(window["days"]) for decision in decided() for window in decision["windows"])
    minutes = Counter(month["minutes"] for decision in decided() for month in decision["months"])
    assert min(days[count] for count in (0, 1, 2, 15, 16)) >= LEAST
    assert min(minutes[count] for count in (9, 10, 19, 20, 39, 40, 59, 60, 79, 80)) >= LEAST
    assert {one for decision in decided() for one in decision["rule_sets"]} == {
        f"R{year}" for year in range(2022, 2027)
    }


def test_names_of_cases_by_hand_are_unique():
    names = [case["name"] for case in hand_made()]
    assert len(names) == len(set(names)) >= 60


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in hand_made()])
def test_case_by_hand(case):
    assert_valid(case["document"])
    assert [line_text(line) for line in decide(case["document"])["lines"]] == case["lines"]


def test_the_published_examples():
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    for example in examples:
        lines = decide(example["input"])["lines"]
        shown = [{key: line[key] for key in line if key != "reasons"} for line in lines]
        assert shown == example["expected"]["lines"], example["name"]
    assert len(examples) == 30
