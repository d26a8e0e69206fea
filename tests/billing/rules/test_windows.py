"""Rule 2: the anchor, the grid, the clip, which windows are listed, when they close."""

from typing import Any

import pytest

from tests.billing.rules.documents import answer, days, document, summary, year

Windows = list[tuple[str, str, str, int, str]]


def _windows(made: dict[str, Any]) -> Windows:
    keys = ("from", "to", "clipped_to")
    found = answer(made)["windows"]
    return [(*(each[key] for key in keys), len(each["days"]), each["state"]) for each in found]


CLOSED = ("2026-03-02", "2026-03-31", "2026-03-31")


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-03-01", []),
        ("2026-03-02", [(*CLOSED, 1, "open")]),
        ("2026-03-31", [(*CLOSED, 5, "open")]),
        ("2026-04-01", [(*CLOSED, 5, "closed"), ("2026-04-01", "2026-04-30", "2026-04-30", 0, "open")]),
        ("2026-04-30", [(*CLOSED, 5, "closed"), ("2026-04-01", "2026-04-30", "2026-04-30", 0, "open")]),
        ("2026-05-01", [(*CLOSED, 5, "closed"), ("2026-05-01", "2026-05-30", "2026-05-30", 0, "open")]),
    ],
)
def test_windows_listed_as_time_passes(as_of: str, expected: Windows) -> None:
    assert _windows(document(as_of=as_of, readings=days("2026-03-02", 5))) == expected


def test_an_empty_window_between_two_with_days_is_not_listed() -> None:
    made = document(as_of="2026-06-15", readings=days("2026-03-02") + days("2026-05-30"))
    assert [each[0] for each in _windows(made)] == ["2026-03-02", "2026-05-01", "2026-05-31"]


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [
        ("2026-04-10", [(*CLOSED, 5, "closed"), ("2026-04-01", "2026-04-30", "2026-04-10", 0, "open")]),
        ("2026-04-11", [(*CLOSED, 5, "closed")]),
        ("2026-04-30", [(*CLOSED, 5, "closed")]),
        ("2026-05-02", [(*CLOSED, 5, "closed")]),
    ],
)
def test_a_clipped_window_is_open_to_the_clip_and_none_begins_after_it(as_of: str, expected: Windows) -> None:
    made = document(as_of=as_of, episode={"end": "2026-04-10"}, readings=days("2026-03-02", 5))
    assert _windows(made) == expected


@pytest.mark.parametrize(
    ("episode_end", "consent_end", "clipped"),
    [
        (None, None, "2026-03-31"),
        ("2026-03-20", None, "2026-03-20"),
        (None, "2026-03-19", "2026-03-19"),
        ("2026-03-20", "2026-03-19", "2026-03-19"),
        ("2026-03-19", "2026-03-20", "2026-03-19"),
        ("2026-03-31", "2026-04-30", "2026-03-31"),
    ],
)
def test_the_clip_is_the_earlier_end(episode_end: str | None, consent_end: str | None, clipped: str) -> None:
    made = document(
        episode={"end": episode_end},
        consent={"from": "2026-03-02", "to": consent_end},
        readings=days("2026-03-02", 40),
    )
    assert _windows(made)[0][:3] == ("2026-03-02", "2026-03-31", clipped)


def test_a_lapsed_plan_of_care_does_not_clip() -> None:
    plans = [{"from": "2026-03-01", "to": "2026-03-10", "names_rtm": True}]
    made = document(as_of="2026-03-20", plans_of_care=plans, readings=days("2026-03-02", 20))
    assert _windows(made) == [(*CLOSED, 9, "open")]


@pytest.mark.parametrize(
    ("priors", "anchor"),
    [
        ([], "2026-03-02"),
        ([("2026-01-31", "2026-03-01")], "2026-03-02"),
        ([("2026-02-01", "2026-03-02")], "2026-03-03"),
        ([("2026-02-15", "2026-03-16"), ("2026-01-16", "2026-02-14")], "2026-03-17"),
        ([("2026-03-02", "2026-03-31")], "2026-04-01"),
        ([("2026-05-02", "2026-05-31")], None),
    ],
)
def test_the_anchor_is_the_first_data_day_after_all_prior_windows(
    priors: list[tuple[str, str]], anchor: str | None
) -> None:
    made = document(
        prior_windows=[{"from": first, "to": last} for first, last in priors], readings=days("2026-03-02", 60)
    )
    found = _windows(made)
    assert (found[0][0] if found else None) == anchor


def test_the_grid_is_fixed_though_the_second_window_begins_without_data() -> None:
    made = document(as_of="2026-06-30", readings=days("2026-03-02", 2) + days("2026-04-20", 30))
    assert summary(made)[1:] == [
        "98985 x1 2026-03-31 GP billable",
        "98985 x1 2026-04-30 GP billable",
        "98977 x1 2026-05-30 GP billable",
    ]


def test_the_last_window_of_the_calendar_is_cut_short() -> None:
    made = year("9998-12-20", as_of="9999-12-31", readings=days("9998-12-20", 2))
    assert _windows(made)[-1] == ("9999-12-15", "9999-12-31", "9999-12-31", 0, "open")


def test_no_as_of_window_without_an_anchor() -> None:
    assert _windows(document(readings=days("2026-03-02", source="staff"))) == []
