"""Rule 5: which entries count, each second once, whose it is and in which month it falls."""

from collections import defaultdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from billing.counted_time import known_entries, objections_to
from billing.months import tally_months
from tests.billing.rules.documents import answer, document, entry, read

TEN = 600


def _months(*entries: dict[str, Any], **changes: Any) -> list[tuple[str, int, int]]:
    found = tally_months(read(document(time_entries=list(entries), **changes)))
    return [(f"{each.span.first:%Y-%m}", each.seconds, each.pta_seconds) for each in found]


@pytest.mark.parametrize(
    ("changes", "objection"),
    [
        ({}, None),
        ({"credential": "PTA"}, None),
        ({"activity": "conversation"}, None),
        ({"live_contact": True}, None),
        ({"credential": "OTHER"}, "by neither therapist nor assistant"),
        ({"activity": "set_up"}, "set-up time"),
        ({"activity": "administrative"}, "administrative time"),
        ({"voided": True}, "voided"),
        ({"in_billed_visit": True}, "inside a billed visit"),
    ],
    ids=str,
)
def test_which_entries_count(changes: dict[str, Any], objection: str | None) -> None:
    made = read(document(time_entries=[entry("2026-03-10", 10, **changes)]))
    (dated,) = known_entries(made)
    assert objections_to(dated, document=made) == ((objection,) if objection else ())
    assert bool(tally_months(made)) is (objection is None)


@pytest.mark.parametrize(
    ("changes", "day", "objection"),
    [
        ({"episode": {"start": "2026-03-11"}}, "2026-03-10", "outside the episode of care"),
        ({"episode": {"start": "2026-03-10"}}, "2026-03-10", None),
        ({"episode": {"end": "2026-03-10"}}, "2026-03-10", None),
        ({"episode": {"end": "2026-03-09"}}, "2026-03-10", "outside the episode of care"),
        ({"consent": {"from": "2026-03-10", "to": "2026-03-10"}}, "2026-03-10", None),
        ({"consent": {"from": "2026-03-11", "to": None}}, "2026-03-10", "outside the consent"),
        ({"consent": None}, "2026-03-10", "outside the consent"),
        ({"payer": {"covered_from": "2026-03-10"}}, "2026-03-10", None),
        ({"payer": {"covered_from": "2026-03-11"}}, "2026-03-10", "before the payer's coverage began"),
        ({"plans_of_care": [], "setup": None}, "2026-03-10", None),
        ({"exclusions": [{"kind": "rpm", "from": "2026-03-01", "to": None}]}, "2026-03-10", None),
    ],
    ids=str,
)
def test_dates_that_count(changes: dict[str, Any], day: str, objection: str | None) -> None:
    made = read(document(time_entries=[entry(day, 10)], **changes))
    (dated,) = known_entries(made)
    assert objections_to(dated, document=made) == ((objection,) if objection else ())


def test_an_assistant_of_speech_language_pathology_counts_as_another() -> None:
    assert _months(entry("2026-03-10", 10, credential="PTA"), episode={"discipline": "SLP"}) == []
    assert _months(entry("2026-03-10", 10, credential="PTA"), episode={"discipline": "OT"}) == [
        ("2026-03", TEN, TEN)
    ]


@pytest.mark.parametrize(
    ("start", "month"),
    [
        ("2026-04-01T04:59:59", "2026-03"),
        ("2026-04-01T05:00:00", "2026-04"),
        ("2026-03-01T06:00:00", "2026-03"),
    ],
)
def test_the_month_is_the_clinics_at_the_start(start: str, month: str) -> None:
    made = {"consent": {"from": "2026-02-01", "to": None}, "patient_time_zone": "Asia/Tokyo"}
    assert _months(entry(start, 10), **made) == [(month, TEN, 0)]


def test_an_entry_dated_after_as_of_is_ignored_even_as_a_visit() -> None:
    visit = entry("2026-03-11T04:55:00", 10, in_billed_visit=True)
    late = entry("2026-03-11T05:00:00", 10, in_billed_visit=True)
    worked = entry("2026-03-11T04:50:00", 20)
    assert _months(worked, late, as_of="2026-03-10") == [("2026-03", 2 * TEN, 0)]
    assert _months(worked, visit, as_of="2026-03-10") == [("2026-03", TEN, 0)]
    assert _months(entry("2026-03-11T05:00:00", 10), as_of="2026-03-10") == []


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param([entry("2026-03-10", 10)] * 3, (TEN, 0), id="one entry thrice"),
        pytest.param(
            [entry("2026-03-10", 10), entry("2026-03-10", 10, credential="PTA")], (TEN, 0), id="both at once"
        ),
        pytest.param(
            [entry("2026-03-10", 5), entry("2026-03-10", 10, credential="PTA")],
            (TEN, 300),
            id="the assistant stays on",
        ),
        pytest.param(
            [entry("2026-03-10T16:00:00", 10), entry("2026-03-10T16:10:00", 10)],
            (2 * TEN, 0),
            id="one after the other",
        ),
        pytest.param(
            [entry("2026-03-10T16:00:00", 10), entry("2026-03-10T16:05:00", 10)], (900, 0), id="overlap"
        ),
        pytest.param(
            [entry("2026-03-10T16:00:00", 30), entry("2026-03-10T16:10:00", 10)], (1800, 0), id="inside"
        ),
        pytest.param(
            [entry("2026-03-10", 10), entry("2026-03-10T16:04:00", 2, in_billed_visit=True)],
            (480, 0),
            id="a visit in the midst",
        ),
        pytest.param(
            [
                entry("2026-03-10", 10),
                entry(
                    "2026-03-10T16:05:00",
                    30,
                    in_billed_visit=True,
                    credential="OTHER",
                    activity="administrative",
                ),
            ],
            (300, 0),
            id="any visit at the end",
        ),
        pytest.param(
            [entry("2026-03-10", 10), entry("2026-03-10", 10, in_billed_visit=True, voided=True)],
            (TEN, 0),
            id="a voided visit",
        ),
        pytest.param(
            [
                entry("2026-03-10", 10),
                entry("2026-03-10T16:02:00", 4, in_billed_visit=True),
                entry("2026-03-10T16:04:00", 4, in_billed_visit=True),
            ],
            (240, 0),
            id="overlapping visits",
        ),
    ],
)
def test_seconds_count_once(entries: list[dict[str, Any]], expected: tuple[int, int]) -> None:
    assert _months(*entries) == [("2026-03", *expected)]


def test_a_month_whose_only_time_lies_in_a_visit_is_not_listed() -> None:
    assert _months(entry("2026-03-10", 10), entry("2026-03-10", 10, in_billed_visit=True)) == []


def test_a_visit_outside_the_episode_still_takes_its_seconds() -> None:
    visit = entry("2026-03-11T04:55:00", 30, in_billed_visit=True)
    worked = entry("2026-03-11T04:50:00", 20)
    assert _months(worked, visit, episode={"end": "2026-03-10"}) == [("2026-03", 300, 0)]
    assert _months(worked, visit, consent={"from": "2026-03-10", "to": "2026-03-10"}) == [("2026-03", 300, 0)]


def test_a_second_shared_by_two_months_falls_in_the_earlier() -> None:
    march = entry("2026-04-01T04:50:00", 20, credential="PTA")
    april = entry("2026-04-01T05:00:00", 20)
    assert _months(april, march) == [("2026-03", 1200, 600), ("2026-04", 600, 0)]


def test_a_month_swallowed_by_the_one_before_is_not_listed() -> None:
    march, april = entry("2026-04-01T04:50:00", 60), entry("2026-04-01T05:00:00", 10)
    assert _months(april, march) == [("2026-03", 3600, 0)]


def test_minutes_are_floored_once_a_month() -> None:
    entries = [entry(f"2026-03-{day:02}", 0, seconds=59, credential="PTA") for day in range(10, 13)]
    (month,) = answer(document(time_entries=entries))["months"]
    assert (month["seconds"], month["minutes"], month["pta_minutes"]) == (177, 2, 2)


def test_an_hour_across_the_clock_change_is_its_real_length() -> None:
    assert _months(entry("2026-03-08T07:30:00", 60)) == [("2026-03", 3600, 0)]


@pytest.mark.parametrize(
    ("as_of", "end", "state"),
    [
        ("2026-03-31", None, "open"),
        ("2026-04-01", None, "closed"),
        ("2026-03-20", "2026-03-20", "open"),
        ("2026-03-21", "2026-03-20", "closed"),
    ],
)
def test_a_month_closes_like_a_window(as_of: str, end: str | None, state: str) -> None:
    made = document(as_of=as_of, episode={"end": end}, time_entries=[entry("2026-03-10", 10)])
    assert [each["state"] for each in answer(made)["months"]] == [state]


BOUNDARY = "2026-04-01T04:59:40"
FLAGS = st.booleans()
SHORT_ENTRIES = st.lists(
    st.builds(
        lambda offset, length, credential, visit, voided: (offset, length, credential, visit, voided),
        st.integers(0, 40),
        st.integers(1, 40),
        st.sampled_from(["PT", "PTA", "OTHER"]),
        FLAGS,
        st.sampled_from([False, False, True]),
    ),
    max_size=8,
)


@given(SHORT_ENTRIES)
def test_agrees_with_counting_second_by_second(
    drawn: list[tuple[int, int, str, bool, bool]],
) -> None:
    # Second 20 is the first of April in Chicago.
    second = int(BOUNDARY[-2:])
    entries = [
        entry(
            f"2026-04-01T{'04:59' if second + offset < 60 else '05:00'}:{(second + offset) % 60:02}",
            seconds=length,
            credential=credential,
            in_billed_visit=visit,
            voided=voided,
        )
        for offset, length, credential, visit, voided in drawn
    ]
    expected: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for at in range(81):
        over = [each for each in drawn if each[0] <= at < each[0] + each[1] and not each[4]]
        counting = [each for each in over if not each[3] and each[2] != "OTHER"]
        if counting and not any(each[3] for each in over):
            month = min("2026-03" if each[0] < 20 else "2026-04" for each in counting)
            expected[month][0] += 1
            expected[month][1] += all(each[2] == "PTA" for each in counting)
    assert _months(*entries) == [(month, *expected[month]) for month in sorted(expected)]
