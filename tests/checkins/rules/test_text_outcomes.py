"""What became of a text: one outcome each, whatever words the carrier uses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkins.statuses import RANKS
from checkins.text_outcomes import Cause, Outcome, cause_of, outcome_of

CASES = {
    "waits for its time": ("pending", "", "", Outcome.WAITING),
    "claimed, about to leave": ("claimed", "", "", Outcome.WAITING),
    "taken, no word yet": ("sent", "queued", "", Outcome.SENT),
    "left the carrier": ("sent", "sent", "", Outcome.SENT),
    "a word nobody knows": ("sent", "surprise", "", Outcome.SENT),
    "arrived": ("sent", "delivered", "", Outcome.DELIVERED),
    "read": ("sent", "read", "", Outcome.DELIVERED),
    "lost later": ("sent", "undelivered", "", Outcome.FAILED),
    "refused at once": ("failed", "failed", "refused_21211", Outcome.FAILED),
    "called, no answer": ("unknown", "", "timeout", Outcome.UNCLEAR),
    "called, no answer, then it arrived": ("unknown", "delivered", "", Outcome.DELIVERED),
    "on the phone to the carrier": ("sending", "", "", Outcome.UNCLEAR),
    "nobody found out": ("skipped", "", "outcome_unknown", Outcome.UNCLEAR),
    "held back": ("skipped", "", "opted_out", Outcome.NOT_SENT),
}


@pytest.mark.parametrize(("state", "status", "reason", "outcome"), CASES.values(), ids=CASES.keys())
def test_every_text_has_one_outcome(state: str, status: str, reason: str, outcome: Outcome) -> None:
    assert outcome_of(state, status, reason=reason) is outcome


@given(st.sampled_from(["sent", "failed", "unknown", "sending"]), st.sampled_from([*RANKS, "", "odd"]))
def test_only_the_carriers_word_makes_a_text_arrive(state: str, status: str) -> None:
    arrived = outcome_of(state, status) is Outcome.DELIVERED
    assert arrived == (status in ("delivered", "read"))


@pytest.mark.parametrize(
    ("code", "cause"),
    [
        ("21610", Cause.OPTED_OUT),
        ("21211", Cause.BAD_NUMBER),
        ("30004", Cause.BLOCKED),
        ("30003", Cause.OUT_OF_REACH),
        ("30007", Cause.FILTERED),
        ("30034", Cause.SET_UP),
        ("30023", Cause.DAILY_LIMIT),
        ("30001", Cause.CARRIER),
        ("21617", Cause.DAYBOOK),
        ("99999", Cause.UNKNOWN),
        ("", Cause.UNKNOWN),
        ("x²", Cause.UNKNOWN),
    ],
)
def test_a_code_becomes_a_cause(code: str, cause: Cause) -> None:
    assert cause_of(code) is cause
