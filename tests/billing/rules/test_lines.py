"""Rules 3, 4 and 7 at their edges: the set-up line, the device tiers and their seam, the management lines."""

from typing import Any

import pytest

from tests.billing.rules.documents import (
    answer,
    call,
    calls,
    days,
    document,
    entry,
    line_of,
    management,
    rules_of,
    summary,
    year,
)

ONE_DAY = days("2026-03-02", 1)
TWO_DAYS = days("2026-03-02", 2)


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({"as_of": "2026-03-02", "readings": []}, "pending", id="on the set-up date"),
        pytest.param({"as_of": "2026-03-02", "readings": ONE_DAY}, "pending", id="on that date with a day"),
        pytest.param({"as_of": "2026-03-03", "readings": TWO_DAYS}, "billable", id="met while open"),
        pytest.param({"as_of": "2026-03-31", "readings": ONE_DAY}, "pending", id="short while open"),
        pytest.param({"as_of": "2026-04-01", "readings": ONE_DAY}, "refused", id="short and closed"),
        pytest.param(
            {"readings": ONE_DAY + days("2026-04-01", 5)}, "refused", id="later windows do not help"
        ),
        pytest.param({"as_of": "2026-12-31", "readings": []}, "pending", id="not begun, care goes on"),
        pytest.param({"episode": {"end": "2026-05-31"}, "readings": []}, "pending", id="not begun, last day"),
        pytest.param(
            {"episode": {"end": "2026-05-30"}, "readings": []}, "refused", id="not begun, care ended"
        ),
        pytest.param(
            {"consent": {"from": "2026-03-02", "to": "2026-05-31"}, "readings": []},
            "pending",
            id="not begun, consent's last day",
        ),
        pytest.param(
            {"consent": {"from": "2026-03-02", "to": "2026-05-30"}, "readings": []},
            "refused",
            id="not begun, consent ended",
        ),
        pytest.param(
            {"as_of": "2026-03-10", "episode": {"end": "2026-03-09"}, "readings": ONE_DAY},
            "refused",
            id="short and clipped",
        ),
        pytest.param({"setup_already_billed": True, "readings": TWO_DAYS}, "refused", id="already billed"),
        pytest.param(
            {"setup_already_billed": True, "as_of": "2026-03-02", "readings": []},
            "refused",
            id="already billed, before pending",
        ),
        pytest.param(
            {
                "prior_windows": [{"from": "2026-02-15", "to": "2026-03-16"}],
                "readings": days("2026-03-02", 15),
            },
            "pending",
            id="days inside a prior window begin nothing",
        ),
    ],
)
def test_set_up(changes: dict[str, Any], status: str) -> None:
    assert line_of(document(**changes), "98975").status.value == status


@pytest.mark.parametrize("setup", [None, {"completed_on": "2026-06-01", "pt_minutes": 5, "pta_minutes": 0}])
def test_no_set_up_no_line(setup: dict[str, Any] | None) -> None:
    assert summary(document(setup=setup, readings=TWO_DAYS)) == []


@pytest.mark.parametrize(
    ("set_up", "count", "status"),
    [
        ("2025-12-31", 15, "refused"),
        ("2025-12-31", 16, "billable"),
        ("2026-01-01", 1, "refused"),
        ("2026-01-01", 2, "billable"),
    ],
)
def test_set_up_minimum_by_its_date(set_up: str, count: int, status: str) -> None:
    made = year("2025-12-01", setup={"completed_on": set_up, "pt_minutes": 5, "pta_minutes": 0})
    made["readings"] = days("2026-01-02", count)
    assert line_of(made, "98975").status.value == status


@pytest.mark.parametrize(
    ("first", "count", "expected"),
    [
        ("2025-12-02", 15, "98977 x1 2025-12-31 GP refused"),
        ("2025-12-02", 16, "98977 x1 2025-12-31 GP billable"),
        ("2025-12-03", 1, "98985 x1 2026-01-01 GP refused"),
        ("2025-12-03", 2, "98985 x1 2026-01-01 GP held"),
        ("2025-12-03", 15, "98985 x1 2026-01-01 GP held"),
        ("2025-12-03", 16, "98977 x1 2026-01-01 GP billable"),
        ("2025-12-31", 2, "98985 x1 2026-01-29 GP held"),
        ("2026-01-01", 1, "98985 x1 2026-01-30 GP refused"),
        ("2026-01-01", 2, "98985 x1 2026-01-30 GP billable"),
        ("2024-12-31", 16, "98977 x1 2025-01-29 GP billable"),
        ("2021-12-31", 16, "98977 x1 2022-01-29 GP billable"),
        ("2021-12-02", 16, "98977 x1 2021-12-31 GP refused"),
        ("2021-12-02", 15, "98977 x1 2021-12-31 GP refused"),
        ("2026-12-02", 15, "98985 x1 2026-12-31 GP billable"),
        ("2026-12-03", 15, "98985 x1 2027-01-01 GP refused"),
        ("2026-12-03", 16, "98977 x1 2027-01-01 GP refused"),
        ("2026-12-03", 1, "98985 x1 2027-01-01 GP refused"),
    ],
)
def test_device_tier_by_the_date_of_service(first: str, count: int, expected: str) -> None:
    made = year(first, as_of="2027-03-01", readings=days(first, count))
    (line,) = [each for each in summary(made) if not each.startswith("98975")]
    assert line == expected


def test_a_seam_window_clipped_into_2025_is_judged_as_2025() -> None:
    made = year("2025-12-20", episode={"start": "2025-12-20", "end": "2025-12-31"})
    made["readings"] = days("2025-12-20", 12)
    assert summary(made)[1] == "98977 x1 2025-12-31 GP refused"


def test_a_seam_window_is_pending_before_it_is_held() -> None:
    made = year("2025-12-29", as_of="2026-01-27", readings=days("2025-12-29", 5))
    assert summary(made)[1] == "98985 x1 2026-01-27 GP pending"


FIVE = days("2026-03-02", 5)


@pytest.mark.parametrize(
    ("minutes", "contacts", "rule", "expected"),
    [
        (10, 0, "plain", ["98979 x1 refused"]),
        (19, 1, "strict", ["98979 x1 billable"]),
        (39, 1, "strict", ["98980 x1 billable"]),
        (40, 0, "plain", ["98980 x1 refused", "98981 x1 refused"]),
        (40, 1, "plain", ["98980 x1 billable", "98981 x1 billable"]),
        (60, 1, "strict", ["98980 x1 billable", "98981 x2 held"]),
        (60, 2, "strict", ["98980 x1 billable", "98981 x1 billable", "98981 x1 held"]),
        (60, 1, "plain", ["98980 x1 billable", "98981 x2 billable"]),
        (79, 1, "plain", ["98980 x1 billable", "98981 x2 billable"]),
        (80, 1, "plain", ["98980 x1 billable", "98981 x2 billable", "98981 x1 held"]),
        (120, 9, "strict", ["98980 x1 billable", "98981 x2 billable", "98981 x3 held"]),
        (120, 2, "strict", ["98980 x1 billable", "98981 x1 billable", "98981 x4 held"]),
        (9, 1, "strict", ["98979 x1 refused"]),
    ],
)
def test_management(minutes: int, contacts: int, rule: str, expected: list[str]) -> None:
    entries = [*calls(contacts), entry("2026-03-25", minutes - 2 * contacts)]
    made = document(payer={"live_contact_rule": rule}, readings=FIVE, time_entries=entries)
    assert [line.replace("2026-03-31 GP ", "") for line in management(made)] == expected


HOUR = [*calls(2), entry("2026-03-20", 76)]


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        pytest.param({"as_of": "2026-03-31"}, "pending", id="open"),
        pytest.param({"readings": []}, "held", id="no data day"),
        pytest.param({"readings": days("2026-04-01", 5)}, "held", id="data in another month"),
        pytest.param(
            {"readings": days("2026-03-02", 5, source="staff")}, "held", id="no reading that counts"
        ),
        pytest.param({"device_determination": False}, "refused", id="gate"),
        pytest.param({"time_entries": [entry("2026-03-10", 80)]}, "refused", id="no contact"),
        pytest.param(
            {"time_entries": [entry("2026-03-10", 80)], "readings": []}, "refused", id="refused before held"
        ),
        pytest.param(
            {"as_of": "2026-03-31", "time_entries": [entry("2026-03-10", 80)], "readings": []},
            "pending",
            id="pending before refused",
        ),
    ],
)
def test_the_add_on_is_one_line_with_any_status_but_billable(changes: dict[str, Any], status: str) -> None:
    made = document(**{"readings": FIVE, "time_entries": HOUR, **changes})
    assert [line.split()[1:2] + line.split()[-1:] for line in management(made)] == [
        ["x1", status],
        ["x3", status],
    ]


def test_a_data_day_inside_a_prior_window_is_a_data_day_of_its_month() -> None:
    made = document(
        readings=FIVE,
        prior_windows=[{"from": "2026-03-02", "to": "2026-03-31"}],
        time_entries=[call("2026-03-09", 10)],
    )
    assert management(made) == ["98979 x1 2026-03-31 GP billable"]


@pytest.mark.parametrize(
    ("month", "minutes", "expected"),
    [
        ("2025-12", 19, ["98980 x1 2025-12-31 GP refused"]),
        ("2025-12", 20, ["98980 x1 2025-12-31 GP billable"]),
        ("2025-12", 40, ["98980 x1 2025-12-31 GP billable", "98981 x1 2025-12-31 GP held"]),
        ("2022-01", 5, ["98980 x1 2022-01-31 GP refused"]),
        ("2026-01", 9, ["98979 x1 2026-01-31 GP refused"]),
        ("2021-12", 12, ["98980 x1 2021-12-31 GP refused"]),
        ("2027-01", 12, ["98979 x1 2027-01-31 GP refused"]),
        ("2027-01", 61, ["98980 x1 2027-01-31 GP refused", "98981 x2 2027-01-31 GP refused"]),
    ],
)
def test_management_by_year(month: str, minutes: int, expected: list[str]) -> None:
    made = year(f"{month}-01", as_of="2027-06-30", readings=days(f"{month}-02", 3))
    made["time_entries"] = [call(f"{month}-10", minutes)]
    assert management(made) == expected


def test_every_line_has_a_reason_that_is_a_sentence() -> None:
    made = document(readings=days("2026-03-02", 15), time_entries=HOUR)
    for line in answer(made)["lines"]:
        assert line["reasons"]
        for reason in line["reasons"]:
            assert "." in reason["rule"]
            assert reason["text"].endswith(".")
            assert "evidence" not in reason


def test_the_contracts_own_sentence() -> None:
    (reason, *_) = line_of(document(readings=days("2026-03-02", 15)), "98985").reasons
    assert (reason.rule, reason.text) == (
        "device.days",
        "15 data days between 2026-03-02 and 2026-03-31; 2 to 15 gives 98985.",
    )


@pytest.mark.parametrize(
    ("changes", "code", "expected"),
    [
        ({"readings": ONE_DAY}, "98985", ["device.days"]),
        ({"readings": ONE_DAY}, "98975", ["setup.days"]),
        (
            {"readings": [], "as_of": "2026-03-02"},
            "98975",
            ["setup.same_day", "setup.no_window_yet", "setup.days"],
        ),
        ({"readings": ONE_DAY, "as_of": "2026-03-20"}, "98975", ["setup.window_open", "setup.days"]),
        (
            {"setup_already_billed": True, "device_determination": False, "readings": ONE_DAY},
            "98975",
            ["setup.once", "gate.device_determination", "setup.days"],
        ),
        ({"readings": ONE_DAY, "as_of": "2026-03-20"}, "98985", ["window.open", "device.days"]),
        (
            {"readings": [], "time_entries": [entry("2026-03-10", 5)]},
            "98979",
            ["management.minutes", "management.live_contact", "management.no_data_day"],
        ),
        (
            {"time_entries": [call("2026-03-10", 90)], "as_of": "2026-03-31"},
            "98981",
            ["month.open", "management.no_data_day", "add_on.live_contacts", "add_on.unit_limit"],
        ),
    ],
    ids=str,
)
def test_all_that_stands_in_the_way_is_named_first(
    changes: dict[str, Any], code: str, expected: list[str]
) -> None:
    assert rules_of(document(**changes), code)[: len(expected)] == expected
