"""Rules 1, 8 and 10: the gates, each on its dates, all named when they fail, and the date of service."""

from typing import Any

import pytest

from tests.billing.rules.documents import call, days, document, entry, line_of, summary

FIVE = days("2026-03-02", 5)
MINUTES = [call("2026-03-09"), entry("2026-03-10", 40)]
CODES = ("98975", "98980", "98981", "98985")


def _refused(**changes: Any) -> set[str]:
    """The codes that a gate refuses, in a document where all else stands."""
    found = summary(document(**{"readings": FIVE, "time_entries": MINUTES, **changes}))
    return {line[:5] for line in found if line.endswith("refused")}


@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({}, ()),
        ({"device_determination": False}, CODES),
        ({"payer": {"coverage": "unknown"}}, CODES),
        ({"payer": {"coverage": "not_covered"}}, CODES),
        ({"payer": {"coverage": "not_covered", "covered_from": "2026-01-01"}}, CODES),
        ({"payer": {"coverage": "prior_auth"}}, CODES),
        ({"payer": {"coverage": "prior_auth", "covered_from": "2026-03-02"}}, ()),
        ({"payer": {"coverage": "prior_auth", "covered_from": "2026-03-03"}}, ("98975",)),
        ({"payer": {"coverage": "covered", "covered_from": "2026-03-02"}}, ()),
        ({"payer": {"coverage": "covered", "covered_from": "2026-03-03"}}, ("98975",)),
        ({"payer": {"covered_codes": []}}, CODES),
        ({"payer": {"covered_codes": ["98975", "98985", "98985"]}}, ("98980", "98981")),
        ({"payer": {"covered_codes": ["98981", "98985"]}}, ("98975", "98980", "98981")),
        ({"payer": {"covered_codes": ["98980", "98975", "98985"]}}, ("98981",)),
        ({"payer": {"covered_codes": ["98977", "98979"]}}, CODES),
        ({"payer": {"covered_codes": list(CODES)}}, ()),
        ({"consent": {"from": "2026-03-03", "to": None}}, ("98975",)),
        ({"episode": {"start": "2026-03-03"}}, ("98975",)),
        ({"plans_of_care": [{"from": "2026-03-03", "to": None, "names_rtm": True}]}, ("98975",)),
        ({"exclusions": [{"kind": "inpatient", "from": "2026-03-31", "to": None}]}, ()),
        ({"exclusions": [{"kind": "inpatient", "from": "2026-03-20", "to": "2026-04-30"}]}, ()),
    ],
    ids=str,
)
def test_gate(changes: dict[str, Any], refused: tuple[str, ...]) -> None:
    assert _refused(**changes) == set(refused)


@pytest.mark.parametrize("kind", ["home_health", "rpm", "other_rtm"])
@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        ("2026-03-31", "2026-03-31", CODES),
        ("2026-03-20", None, CODES),
        ("2026-03-08", "2026-03-08", CODES),
        ("2026-02-01", "2026-03-01", ("98980", "98981")),
        ("2026-04-01", None, ()),
        ("2026-02-01", "2026-02-28", ()),
        ("2026-03-20", "2026-03-10", ()),
    ],
)
def test_an_exclusion_refuses_what_shares_a_date_with_it(
    kind: str, first: str, last: str | None, refused: tuple[str, ...]
) -> None:
    assert _refused(exclusions=[{"kind": kind, "from": first, "to": last}]) == set(refused)


def test_window_and_month_are_unclipped_for_an_exclusion() -> None:
    exclusion = [{"kind": "rpm", "from": "2026-03-31", "to": "2026-03-31"}]
    made = document(
        episode={"end": "2026-03-20"},
        readings=FIVE,
        time_entries=MINUTES,
        exclusions=exclusion,
        as_of="2026-03-25",
    )
    assert all(line.endswith("refused") for line in summary(made))


def test_set_up_outside_window_1_is_refused_by_its_own_date_too() -> None:
    made = document(
        readings=days("2026-04-10", 3),
        exclusions=[{"kind": "rpm", "from": "2026-03-02", "to": "2026-03-02"}],
    )
    assert summary(made) == ["98975 x1 2026-03-02 GP refused", "98985 x1 2026-05-09 GP billable"]


def test_set_up_without_a_window_looks_at_its_own_date_only() -> None:
    exclusion = {"kind": "rpm", "from": "2026-03-03", "to": None}
    assert summary(document(exclusions=[exclusion])) == ["98975 x1 2026-03-02 GP pending"]
    exclusion["from"] = "2026-03-02"
    assert summary(document(exclusions=[exclusion])) == ["98975 x1 2026-03-02 GP refused"]


def test_no_consent_refuses_the_set_up() -> None:
    assert summary(document(consent=None, readings=FIVE, time_entries=MINUTES)) == [
        "98975 x1 2026-03-02 GP refused"
    ]


def test_a_gate_comes_before_pending() -> None:
    made = document(as_of="2026-03-20", device_determination=False, readings=FIVE, time_entries=MINUTES)
    assert {line.split()[-1] for line in summary(made)} == {"refused"}


def test_every_failing_gate_is_named() -> None:
    made = document(
        as_of="2027-12-31",
        episode={"start": "2027-02-01", "end": "2027-02-28"},
        consent={"from": "2027-02-02", "to": None},
        plans_of_care=[{"from": "2027-02-01", "to": None, "names_rtm": False, "id": "p"}],
        setup={"completed_on": "2027-01-15", "pt_minutes": 5, "pta_minutes": 0},
        setup_already_billed=True,
        device_determination=False,
        payer={"coverage": "not_covered", "covered_codes": ["98977"]},
        exclusions=[
            {"kind": "rpm", "from": "2027-01-10", "to": None},
            {"kind": "home_health", "from": "2027-01-01", "to": "2027-01-15"},
            {"kind": "rpm", "from": "2027-01-10", "to": None},
        ],
    )
    assert {reason.rule: reason.text for reason in line_of(made, "98975").reasons[:10]} == {
        "setup.once": "98975 was already billed in this episode; it stands once per episode.",
        "gate.rule_set": (
            "No approved rule set covers 2027-01-15; a date of service in 2027 is refused "
            "until a person has loaded and approved the rules of 2027."
        ),
        "gate.device_determination": (
            "No device determination is on file for the software that collects the data."
        ),
        "gate.coverage": "The payer does not cover RTM.",
        "gate.covered_codes": "98975 is not on the payer's list of covered codes.",
        "gate.episode": (
            "The date of service 2027-01-15 is outside the episode of care, from 2027-02-01 to 2027-02-28."
        ),
        "gate.consent": "The date of service 2027-01-15 is outside the consent, from 2027-02-02 on.",
        "gate.plan_of_care": "No plan of care that names RTM covers the date of service 2027-01-15.",
        "exclusion.home_health": (
            "A home-health plan from 2027-01-01 to 2027-01-15 "
            "has a date in common with the date of service 2027-01-15."
        ),
        "exclusion.rpm": (
            "Remote physiologic monitoring from 2027-01-10 on "
            "has a date in common with the date of service 2027-01-15."
        ),
    }


def test_the_base_code_is_named_where_the_add_on_lacks_it() -> None:
    made = document(readings=FIVE, time_entries=MINUTES, payer={"covered_codes": []})
    texts = [each.text for each in line_of(made, "98981").reasons if each.rule == "gate.covered_codes"]
    assert texts == [
        "98981 is not on the payer's list of covered codes.",
        "98981 needs 98980, which is not on the payer's list of covered codes.",
    ]


@pytest.mark.parametrize(
    ("payer", "text"),
    [
        ({"coverage": "unknown"}, "The payer's policy on RTM is unknown, and unknown means not covered."),
        (
            {"coverage": "prior_auth"},
            "The payer asks for prior authorization, and no date is on file from which it holds.",
        ),
        (
            {"covered_from": "2026-03-03"},
            "Coverage begins on 2026-03-03; the date of service 2026-03-02 is earlier.",
        ),
    ],
    ids=str,
)
def test_coverage_in_words(payer: dict[str, Any], text: str) -> None:
    (reason,) = [
        each for each in line_of(document(payer=payer), "98975").reasons if each.rule == "gate.coverage"
    ]
    assert reason.text == text


def test_no_consent_in_words_and_the_window_by_its_dates() -> None:
    assert "No consent to RTM is on file." in {
        each.text for each in line_of(document(consent=None), "98975").reasons
    }
    made = document(readings=FIVE, exclusions=[{"kind": "other_rtm", "from": "2026-03-31", "to": None}])
    assert line_of(made, "98985").reasons[0].text == (
        "Remote therapeutic monitoring by another practice from 2026-03-31 on has a date in common with "
        "the window from 2026-03-02 to 2026-03-31."
    )


def test_a_line_that_passes_names_its_plans() -> None:
    plans = [
        {"from": "2026-03-05", "to": None, "names_rtm": True, "id": "later"},
        {"from": "2026-03-01", "to": None, "names_rtm": True, "id": "earlier"},
        {"from": "2026-03-01", "to": None, "names_rtm": False, "id": "other"},
        {"from": "2026-03-01", "to": None, "names_rtm": True},
    ]
    made = document(readings=FIVE, plans_of_care=plans)
    (passed,) = [each for each in line_of(made, "98985").reasons if each.rule == "gate.all_passed"]
    assert passed.evidence == ("earlier", "later")


@pytest.mark.parametrize(
    ("plans", "window_date", "month_date"),
    [
        ([("2026-03-01", None)], "2026-03-31", "2026-03-31"),
        ([("2026-03-01", "2026-03-20")], "2026-03-20", "2026-03-20"),
        ([("2026-03-01", "2026-03-10"), ("2026-03-15", "2026-03-18")], "2026-03-18", "2026-03-18"),
        ([("2026-03-15", "2026-03-18"), ("2026-03-01", "2026-03-16")], "2026-03-18", "2026-03-18"),
        ([("2026-03-01", "2026-03-06"), ("2026-03-31", "2026-04-30")], "2026-03-31", "2026-03-31"),
        ([("2026-03-01", "2026-03-06"), ("2026-04-01", None)], "2026-03-06", "2026-03-06"),
    ],
)
def test_where_the_plan_lapses_the_date_of_service_is_the_latest_covered(
    plans: list[tuple[str, str | None]], window_date: str, month_date: str
) -> None:
    rows = [{"from": first, "to": last, "names_rtm": True, "id": first} for first, last in plans]
    made = document(readings=FIVE, time_entries=[call("2026-03-09", 12)], plans_of_care=rows)
    assert summary(made)[1:] == sorted(
        [f"98979 x1 {month_date} GP billable", f"98985 x1 {window_date} GP billable"]
    )


def test_no_covered_date_in_the_month_leaves_the_clipped_end_and_the_gate() -> None:
    plans = [{"from": "2026-01-01", "to": "2026-02-28", "names_rtm": True}]
    made = document(
        episode={"start": "2026-01-01", "end": "2026-03-21"},
        time_entries=[call("2026-03-09", 12)],
        setup=None,
    )
    assert summary({**made, "plans_of_care": plans}) == ["98979 x1 2026-03-21 GP refused"]


def test_the_date_moved_by_the_plan_may_fall_before_the_consent() -> None:
    made = document(
        consent={"from": "2026-03-20", "to": None},
        plans_of_care=[{"from": "2026-03-01", "to": "2026-03-10", "names_rtm": True}],
        time_entries=[call("2026-03-25", 12)],
        setup=None,
    )
    assert summary(made) == ["98979 x1 2026-03-10 GP refused"]


def test_pending_lasts_to_the_clipped_end_though_the_date_of_service_is_earlier() -> None:
    plans = [{"from": "2026-03-01", "to": "2026-03-10", "names_rtm": True}]
    made = document(as_of="2026-03-31", readings=FIVE, plans_of_care=plans)
    assert summary(made)[1] == "98985 x1 2026-03-10 GP pending"
    assert summary({**made, "as_of": "2026-04-01"})[1] == "98985 x1 2026-03-10 GP billable"


@pytest.mark.parametrize(
    ("changes", "rule", "text"),
    [
        ({}, "service_date.last_day", "The date of service is 2026-03-31, the last date of the window."),
        (
            {"episode": {"end": "2026-03-20"}},
            "service_date.clipped",
            "The date of service is 2026-03-20, the date on which the episode ended.",
        ),
        (
            {"consent": {"from": "2026-03-02", "to": "2026-03-19"}, "episode": {"end": "2026-03-20"}},
            "service_date.clipped",
            "The date of service is 2026-03-19, the date on which the consent ended.",
        ),
        (
            {"plans_of_care": [{"from": "2026-03-01", "to": "2026-03-10", "names_rtm": True, "id": "p"}]},
            "service_date.plan_of_care",
            "The date of service is 2026-03-10, "
            "the latest date of the window that a plan of care naming RTM covers.",
        ),
    ],
    ids=str,
)
def test_the_date_of_service_in_words(changes: dict[str, Any], rule: str, text: str) -> None:
    reasons = line_of(document(readings=FIVE, **changes), "98985").reasons
    (found,) = [each for each in reasons if each.rule.startswith("service_date.")]
    assert (found.rule, found.text) == (rule, text)
