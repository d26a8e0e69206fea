"""The conversation machine bites: with the opt-out broken on purpose it must fail, and say at what.

Each breach replaces one guard inside one test; the product's code is not touched.
"""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule, run_state_machine_as_test

from checkins.migrations import _departure_by_text
from checkins.services import consequences, outbox, stopping
from tests.checkins.services.conftest import Loop
from tests.checkins.services.test_conversation_machine import STOPS, Conversation, two_phones

__all__ = ["two_phones"]
# The same walks each time and no search for the shortest one: the first breach is enough.
WALKS = settings(
    max_examples=40,
    stateful_step_count=8,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    report_multiple_bugs=False,
    print_blob=False,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


class Mornings(Conversation):
    """The machine on plain mornings: what a rule overrides without saying so is no rule any more."""

    @rule(second=st.booleans(), body=st.sampled_from(STOPS))
    def hear_at_once(self, second: bool, body: str) -> None:
        """Only stops, so that a breach is met within seconds."""
        super().hear_at_once(second=second, body=body)

    def the_next_morning_comes(self) -> None:
        """Only with what every morning brings."""
        super().the_next_morning_comes()

    def send(self) -> None:
        """Only in the morning and after what is heard."""
        super().send()

    def plan(self) -> None:
        """Only in the morning."""
        super().plan()

    def time_passes(self, hours: float) -> None:
        """Not by itself."""

    def send_with_a_fault(self, fault: str) -> None:
        """No fault."""

    def reconcile(self) -> None:
        """Nothing is in doubt."""

    def write(self, second: bool, body: str) -> None:
        """Only what is heard at once."""
        super().write(second=second, body=body)

    def read(self) -> None:
        """Only what is heard at once."""
        super().read()

    def the_carrier_repeats_itself(self, data: st.DataObject) -> None:
        """Once is enough."""

    def a_status_comes(self, data: st.DataObject, status: str) -> None:
        """No callbacks."""


def _do_nothing(*_: Any, **__: Any) -> None:
    """Take the place of a guard."""


def _forget_the_stop(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(consequences, "_stop", _do_nothing)


def _leave_check_ins_open(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(stopping, "end_texts", _do_nothing)


def _depart_without_asking_for_consent(patch: pytest.MonkeyPatch) -> None:
    kept = _departure_by_text.FORWARD
    unguarded = kept.replace("LIMIT 1) = 'given'", "LIMIT 1) IS DISTINCT FROM 'asked'")
    assert unguarded != kept
    with connection.cursor() as cursor:
        # Gone with the test's transaction, like everything else of it.
        cursor.execute(unguarded.replace("daybook_depart", "pg_temp.daybook_depart"))
    patch.setattr(outbox, "_DEPART", outbox._DEPART.replace("daybook_depart", "pg_temp.daybook_depart"))


@pytest.mark.parametrize(
    ("breach", "witnesses"),
    [
        (_forget_the_stop, {"the_model_and_the_records_agree_on_who_stopped", "_check_new_texts"}),
        (_leave_check_ins_open, {"no_check_in_waits_after_an_opt_out"}),
    ],
    ids=["stop_not_heard", "check_ins_left_open"],
)
def test_a_broken_opt_out_is_caught(
    two_phones: Loop,
    monkeypatch: pytest.MonkeyPatch,
    breach: Callable[[pytest.MonkeyPatch], None],
    witnesses: set[str],
) -> None:
    breach(monkeypatch)
    bound = type("Broken", (Mornings,), {"loop": two_phones})
    with pytest.raises(AssertionError) as caught:
        run_state_machine_as_test(bound, settings=WALKS)
    assert witnesses & {entry.name for entry in caught.traceback}


def test_a_text_after_a_stop_is_seen_in_the_carriers_log(
    two_phones: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One walk only: three guards stand between a stop and a text, and two must fall for it to leave."""
    _depart_without_asking_for_consent(monkeypatch)
    _leave_check_ins_open(monkeypatch)
    machine = type("Broken", (Conversation,), {"loop": two_phones})()
    try:
        machine.the_next_morning_comes()
        machine.plan()
        with pytest.raises(AssertionError, match="a text after a stop"):
            machine.hear_at_once(second=False, body="STOP")
    finally:
        machine.teardown()
