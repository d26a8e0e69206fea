"""When a number may send."""

from datetime import UTC, date, datetime

import pytest

from checkins.line_readiness import LineFacts, missing, steps

TODAY = date(2026, 3, 2)
CALL = datetime(2026, 3, 1, 15, tzinfo=UTC)
CASES = {
    "all done": (True, TODAY, CALL, []),
    "no token": (False, TODAY, CALL, ["Account and token"]),
    "no campaign": (True, None, CALL, ["Campaign approved by the carriers"]),
    "campaign of tomorrow": (True, date(2026, 3, 3), CALL, ["Campaign approved by the carriers"]),
    "no call yet": (True, TODAY, None, ["The carrier calls our address"]),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES.keys())
def test_each_step_is_named_while_it_is_missing(case) -> None:
    token, approved, call, expected = case
    facts = LineFacts(has_token=token, campaign_approved_on=approved, last_call_at=call, today=TODAY)
    assert [each.name for each in missing(facts)] == expected
    assert all(each.to_do for each in steps(facts))
