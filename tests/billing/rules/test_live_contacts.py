"""Rule 6: what a live contact is, and which are one."""

from typing import Any

import pytest

from billing.months import tally_months
from tests.billing.rules.documents import answer, call, document, entry, line_of, read

LONG = entry("2026-03-20", 25)


def _contacts(*entries: dict[str, Any], **changes: Any) -> dict[str, int]:
    found = answer(document(time_entries=[LONG, *entries], **changes))["months"]
    return {each["month"]: each["live_contacts"] for each in found}


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param([], 0, id="none"),
        pytest.param([call("2026-03-09", seconds=0)], 1, id="two minutes"),
        pytest.param([call("2026-03-09", 0, seconds=60)], 1, id="60 seconds"),
        pytest.param([call("2026-03-09", 0, seconds=59)], 0, id="59 seconds"),
        pytest.param([call("2026-03-09", credential="PTA")], 1, id="by the assistant"),
        pytest.param([call("2026-03-09", credential="OTHER")], 0, id="by another"),
        pytest.param([call("2026-03-09", activity="review")], 0, id="a review marked live"),
        pytest.param([call("2026-03-09", activity="set_up")], 0, id="set-up marked live"),
        pytest.param([call("2026-03-09", live_contact=False)], 0, id="not live"),
        pytest.param([call("2026-03-09", voided=True)], 0, id="voided"),
        pytest.param([call("2026-03-09", in_billed_visit=True)], 0, id="in a visit"),
        pytest.param([call("2026-03-09"), call("2026-03-10")], 2, id="two days"),
        pytest.param([call("2026-03-09")] * 2, 1, id="one entry twice"),
        pytest.param(
            [call("2026-03-09T16:00:00", 5), call("2026-03-09T16:05:00", 5)], 2, id="one after the other"
        ),
        pytest.param([call("2026-03-09T16:00:00", 5), call("2026-03-09T16:04:59", 5)], 1, id="overlap"),
        pytest.param(
            [call("2026-03-09T16:00:00", 5), call("2026-03-09T16:04:00", 5), call("2026-03-09T16:08:00", 5)],
            1,
            id="a chain",
        ),
        pytest.param(
            [call("2026-03-09T16:00:00", 30), call("2026-03-09T16:05:00", 2), call("2026-03-09T16:20:00", 2)],
            1,
            id="two inside a long one",
        ),
        pytest.param(
            [
                call("2026-03-09T16:00:00", 5),
                call("2026-03-09T16:04:30", 0, seconds=45),
                call("2026-03-09T16:05:10", 5),
            ],
            2,
            id="too short to link a chain",
        ),
    ],
)
def test_contacts(entries: list[dict[str, Any]], expected: int) -> None:
    assert _contacts(*entries) == {"2026-03": expected}


@pytest.mark.parametrize(("visit", "expected"), [(60, 1), (61, 0)])
def test_sixty_seconds_must_lie_outside_visits(visit: int, expected: int) -> None:
    inside = entry("2026-03-09T16:00:30", seconds=visit, in_billed_visit=True)
    assert _contacts(call("2026-03-09T16:00:00"), inside) == {"2026-03": expected}


def test_seconds_that_another_entry_also_covers_still_make_a_contact() -> None:
    assert _contacts(call("2026-03-20T16:01:00")) == {"2026-03": 1}


def test_a_visit_between_two_calls_does_not_part_them() -> None:
    visit = entry("2026-03-09T16:04:00", 2, in_billed_visit=True)
    assert _contacts(call("2026-03-09T16:00:00", 5), visit, call("2026-03-09T16:04:30", 5)) == {"2026-03": 1}


def test_a_chain_across_the_months_end_is_in_the_month_of_its_first() -> None:
    march, april = call("2026-04-01T04:55:00", 10), call("2026-04-01T05:02:00", 10)
    assert _contacts(april, march) == {"2026-03": 1, "2026-04": 0}


def test_a_contact_after_as_of_or_outside_the_episode_is_none() -> None:
    assert _contacts(call("2026-03-21"), as_of="2026-03-20") == {"2026-03": 0}
    assert _contacts(call("2026-03-21"), episode={"end": "2026-03-20"}) == {"2026-03": 0}


def test_the_evidence_names_every_call_of_a_chain_once() -> None:
    entries = [call("2026-03-09T16:01:00", id="b"), call("2026-03-09T16:00:00", id="a"), LONG]
    entries.append(call("2026-03-09T16:00:00", id="a"))
    (month,) = tally_months(read(document(time_entries=entries)))
    assert [each.evidence for each in month.contacts] == [("a", "b")]


def test_the_minutes_name_their_entries_and_those_that_do_not_count() -> None:
    entries = [
        entry("2026-03-11", 10, id="late"),
        entry("2026-03-10", 10, id="early"),
        entry("2026-03-12", 10, id="desk", credential="OTHER"),
        entry("2026-03-13", 10, id="clerk", credential="OTHER"),
        entry("2026-03-14T16:00:00", 10, id="swallowed"),
        entry("2026-03-14T16:00:00", 10, id="visit", in_billed_visit=True),
    ]
    by_rule = {each.rule: each for each in line_of(document(time_entries=entries), "98980").reasons}
    assert by_rule["management.minutes"].evidence == ("early", "late")
    uncounted = by_rule["management.entries_not_counted"]
    assert uncounted.evidence == ("desk", "clerk", "visit")
    assert uncounted.text == (
        "3 time entries of the month not counted: "
        "2 by neither therapist nor assistant; 1 inside a billed visit."
    )
