"""When a line is silent though it should not be, by table."""

import pytest

from checkins.line_watch import Fault, Traffic, faults


@pytest.mark.parametrize(
    ("traffic", "expected"),
    [
        (Traffic(), {}),
        (Traffic(oldest_due_seconds=600), {}),
        (Traffic(oldest_due_seconds=601), {Fault.TEXTS_STUCK: 601}),
        (Traffic(oldest_due_seconds=601, may_send=False), {}),
        (Traffic(sent=4), {}),
        (Traffic(sent=5), {Fault.NO_STATUSES: 5}),
        (Traffic(sent=5, statuses=1), {}),
        (Traffic(asked=20, usual_share=0.3), {Fault.NO_REPLIES: 20}),
        (Traffic(asked=19, usual_share=0.9), {}),
        (Traffic(asked=20, usual_share=0.29), {}),
        (Traffic(asked=20, usual_share=0.9, replies=1), {}),
    ],
    ids=[
        "nothing_happens",
        "due_for_ten_minutes",
        "stuck",
        "paused_on_purpose",
        "too_few_to_tell",
        "no_callback",
        "one_callback",
        "nobody_answers",
        "too_few_asked",
        "a_quiet_practice",
        "one_answer",
    ],
)
def test_faults(traffic: Traffic, expected: dict[Fault, int]) -> None:
    assert faults(traffic) == expected
