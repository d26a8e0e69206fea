"""Rule 1: which dates are data days, bound by bound, zone by zone."""

from typing import Any

import pytest

from billing.data_days import assess_reading_dates
from tests.billing.rules.documents import answer, days, document, line_of, read, reading

MARCH = days("2026-03-01", 31)


def _data_days(**changes: Any) -> list[str]:
    found = assess_reading_dates(read(document(**changes)))
    return [str(each.day) for each in found if each.is_data_day]


def _bounds(**changes: Any) -> tuple[str, str, int]:
    found = _data_days(**{"readings": MARCH, **changes})
    return found[0], found[-1], len(found)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, ("2026-03-02", "2026-03-31", 30)),
        ({"as_of": "2026-03-20"}, ("2026-03-02", "2026-03-20", 19)),
        ({"episode": {"start": "2026-03-05"}}, ("2026-03-05", "2026-03-31", 27)),
        ({"episode": {"end": "2026-03-12"}}, ("2026-03-02", "2026-03-12", 11)),
        ({"consent": {"from": "2026-03-06", "to": "2026-03-07"}}, ("2026-03-06", "2026-03-07", 2)),
        (
            {"setup": {"completed_on": "2026-03-09", "pt_minutes": 0, "pta_minutes": 0}},
            ("2026-03-09", "2026-03-31", 23),
        ),
        ({"payer": {"covered_from": "2026-03-11"}}, ("2026-03-11", "2026-03-31", 21)),
        (
            {"payer": {"covered_from": "2026-03-11", "coverage": "unknown"}},
            ("2026-03-11", "2026-03-31", 21),
        ),
        (
            {"plans_of_care": [{"from": "2026-03-03", "to": "2026-03-04", "names_rtm": True}]},
            ("2026-03-03", "2026-03-04", 2),
        ),
        (
            {
                "plans_of_care": [
                    {"from": "2026-03-03", "to": "2026-03-04", "names_rtm": True},
                    {"from": "2026-03-01", "to": None, "names_rtm": False},
                    {"from": "2026-03-04", "to": "2026-03-06", "names_rtm": True},
                ]
            },
            ("2026-03-03", "2026-03-06", 4),
        ),
        (
            {"exclusions": [{"kind": "inpatient", "from": "2026-03-02", "to": "2026-03-03"}]},
            ("2026-03-04", "2026-03-31", 28),
        ),
        (
            {"exclusions": [{"kind": "rpm", "from": "2026-03-20", "to": None}]},
            ("2026-03-02", "2026-03-19", 18),
        ),
        (
            {"exclusions": [{"kind": "home_health", "from": "2026-03-30", "to": "2026-04-30"}]},
            ("2026-03-02", "2026-03-29", 28),
        ),
        (
            {"exclusions": [{"kind": "other_rtm", "from": "2026-02-01", "to": "2026-03-02"}]},
            ("2026-03-03", "2026-03-31", 29),
        ),
        (
            {"exclusions": [{"kind": "rpm", "from": "2026-03-20", "to": "2026-03-10"}]},
            ("2026-03-02", "2026-03-31", 30),
        ),
    ],
    ids=str,
)
def test_bounds(changes: dict[str, Any], expected: tuple[str, str, int]) -> None:
    assert _bounds(**changes) == expected


@pytest.mark.parametrize(
    "changes",
    [
        {"consent": None},
        {"setup": None},
        {"setup": {"completed_on": "2026-06-01", "pt_minutes": 1, "pta_minutes": 0}},
        {"plans_of_care": []},
        {"plans_of_care": [{"from": "2026-03-01", "to": None, "names_rtm": False}]},
        {"readings": days("2026-03-02", 30, source="staff")},
        {"consent": {"from": "2026-03-20", "to": "2026-03-10"}},
        {"readings": []},
    ],
    ids=str,
)
def test_no_data_day(changes: dict[str, Any]) -> None:
    assert _data_days(**{"readings": MARCH, **changes}) == []


def test_a_caregiver_counts_and_staff_does_not_spoil_the_day() -> None:
    readings = [*days("2026-03-02", source="staff"), *days("2026-03-02", source="caregiver")]
    assert _data_days(readings=readings) == ["2026-03-02"]


@pytest.mark.parametrize(
    ("zone", "at", "day"),
    [
        ("UTC", "2026-03-11T00:00:00", "2026-03-11"),
        ("America/Los_Angeles", "2026-03-11T06:59:59", "2026-03-10"),
        ("America/Los_Angeles", "2026-03-11T07:00:00", "2026-03-11"),
        ("America/New_York", "2026-03-08T04:59:59", "2026-03-07"),
        ("America/New_York", "2026-03-08T05:00:00", "2026-03-08"),
        ("America/New_York", "2026-03-09T03:59:59", "2026-03-08"),
        ("America/New_York", "2026-03-09T04:00:00", "2026-03-09"),
        ("America/Phoenix", "2026-03-09T06:59:59", "2026-03-08"),
        ("Asia/Kolkata", "2026-03-10T18:29:59", "2026-03-10"),
        ("Asia/Kolkata", "2026-03-10T18:30:00", "2026-03-11"),
        ("Pacific/Kiritimati", "2026-03-10T10:00:00", "2026-03-11"),
        ("Pacific/Pago_Pago", "2026-03-11T10:59:59", "2026-03-10"),
    ],
)
def test_the_date_is_the_patients(zone: str, at: str, day: str) -> None:
    assert _data_days(patient_time_zone=zone, readings=[reading(at)]) == [day]


def test_autumn_day_of_25_hours_is_one_day() -> None:
    readings = [
        reading("2026-11-01T05:30:00"),
        reading("2026-11-02T05:30:00"),
        reading("2026-11-02T06:00:00"),
    ]
    assert _data_days(as_of="2026-11-30", readings=readings) == ["2026-11-01", "2026-11-02"]


def test_a_local_date_after_as_of_is_ignored_though_utc_is_earlier() -> None:
    readings = [reading("2026-03-10T11:00:00")]
    assert _data_days(patient_time_zone="Pacific/Kiritimati", as_of="2026-03-10", readings=readings) == []


def test_a_29th_of_february_is_a_day() -> None:
    made = document(
        as_of="2024-04-30",
        episode={"start": "2024-02-01"},
        consent={"from": "2024-02-01", "to": None},
        plans_of_care=[{"from": "2024-02-01", "to": None, "names_rtm": True}],
        setup={"completed_on": "2024-02-01", "pt_minutes": 5, "pta_minutes": 0},
        readings=days("2024-02-15", 16),
    )
    assert "2024-02-29" in answer(made)["windows"][0]["days"]
    assert "2024-03-01" in answer(made)["windows"][0]["days"]


def test_what_does_not_count_is_named_with_its_reasons() -> None:
    readings = [
        reading("2026-03-02T18:00:00", id="a"),
        reading("2026-03-02T12:30:00", id="b"),
        reading("2026-03-02T12:00:00", "staff", id="s"),
        reading("2026-03-03T18:00:00", "staff", id="c"),
        reading("2026-03-04T18:00:00", id="d"),
    ]
    stays = [{"kind": "inpatient", "from": "2026-03-04", "to": "2026-03-04"}]
    line = line_of(document(readings=readings, exclusions=stays * 2), "98985")
    by_rule = {reason.rule: reason for reason in line.reasons}
    assert by_rule["device.days"].evidence == ("b", "a")
    rejected = by_rule["device.dates_not_counted"]
    assert rejected.evidence == ("c", "d")
    assert rejected.text == (
        "2 dates with readings not counted: 2026-03-03 (values entered by staff only); "
        "2026-03-04 (during an inpatient stay)."
    )


def test_every_objection_has_its_words() -> None:
    made = document(
        episode={"end": "2026-03-10"},
        consent={"from": "2026-03-02", "to": "2026-03-09"},
        plans_of_care=[{"from": "2026-03-01", "to": "2026-03-08", "names_rtm": True}],
        setup={"completed_on": "2026-03-20", "pt_minutes": 1, "pta_minutes": 0},
        payer={"covered_from": "2026-03-20"},
        exclusions=[{"kind": "rpm", "from": "2026-03-11", "to": None}],
        readings=days("2026-03-11"),
    )
    (found,) = assess_reading_dates(read(made))
    assert found.objections == (
        "outside the episode of care",
        "outside the consent",
        "in no plan of care that names RTM",
        "before set-up was completed",
        "before the payer's coverage began",
        "during remote physiologic monitoring",
    )
