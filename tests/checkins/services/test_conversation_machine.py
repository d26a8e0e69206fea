"""Any order of asking, answering, stopping and starting: what must never happen, whatever happens.

A small model walks beside the real services on the real database; the carrier's own log is the witness.
"""

from collections import Counter
from datetime import datetime, timedelta

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from checkins.models import CheckIn, OutboundMessage, OutboxRow, Reading, SendAttempt
from checkins.services import enrollment, reconciling, sending
from checkins.services.outbox import MOST_A_DAY, MOST_AN_HOUR
from checkins.statuses import rank
from networks.local_days import local_date, local_time, zone_named
from patients.models import ConsentEvent, Phone
from tests.checkins.services.conftest import ACCOUNT, MOBILE, OUR_NUMBER, TOKEN, Loop
from tests.world import NOW, SYSTEM

SECOND_MOBILE = "+13125550143"
ZONE = zone_named("America/Chicago")
STOPS = ("STOP", "please stop texting me", "wrong number")
TEXTS = ("6 y", "7", "n", "banana", "thanks!", "START", "my calf is hot and swollen", *STOPS)
STATUSES = ("queued", "sent", "delivered", "undelivered", "surprise")


class Conversation(RuleBasedStateMachine):
    """Two patients with a phone each, on one line."""

    loop: Loop

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.loop.carrier.reset()
        self.loop.carrier.add_account(
            sid=ACCOUNT, auth_token=TOKEN, numbers=[{"number": OUR_NUMBER, "inbound_url": ""}]
        )
        self.began = self.loop.at
        self.phones = {phone.number: phone for phone in Phone.objects.all()}
        self.is_stopped = dict.fromkeys(self.phones, False)
        self.is_wrong = dict.fromkeys(self.phones, False)
        self.unread: list[tuple[str, str]] = []
        self.sids: list[tuple[str, str, str]] = []
        self.ranks: dict[str, int] = {}
        self.seen = 0

    def teardown(self) -> None:
        self.loop.at = self.began
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule(hours=st.sampled_from([0.1, 1.0, 3.0, 6.0, 12.0, 18.0]))
    def time_passes(self, hours: float) -> None:
        self.loop.later(hours=hours)

    @rule()
    def the_next_morning_comes(self) -> None:
        """Past nine, so that check-ins are due."""
        day = local_date(self.loop.at, ZONE) + timedelta(days=1)
        self.loop.at = datetime.combine(day, datetime.min.time(), tzinfo=ZONE) + timedelta(hours=9, minutes=5)

    @rule()
    def a_morning_as_usual(self) -> None:
        self.the_next_morning_comes()
        self.loop.plan()
        self.send()

    @rule(second=st.booleans(), body=st.sampled_from(TEXTS))
    def hear_at_once(self, second: bool, body: str) -> None:
        self.write(second=second, body=body)
        self.read()
        self.send()

    @rule()
    def plan(self) -> None:
        self.loop.plan()

    @rule()
    def send(self) -> None:
        self.loop.send()
        self._check_new_texts()

    @rule(fault=st.sampled_from(["rate_limit", "error_before", "error_after"]))
    def send_with_a_fault(self, fault: str) -> None:
        self.loop.carrier.set_fault(fault, count=1)
        self.send()
        self.loop.carrier.clear_faults()

    @rule()
    def reconcile(self) -> None:
        reconciling.reconcile_due(self.loop.practice.pk, now=self.loop.now)

    @rule(second=st.booleans(), body=st.sampled_from(TEXTS))
    def write(self, second: bool, body: str) -> None:
        sender = SECOND_MOBILE if second else MOBILE
        sid = f"SM{len(self.sids):032x}"
        assert self.loop.write(body, sender=sender, sid=sid)
        self.sids.append((sid, sender, body))
        self.unread.append((sender, body))

    @precondition(lambda self: self.sids)
    @rule(data=st.data())
    def the_carrier_repeats_itself(self, data: st.DataObject) -> None:
        sid, sender, body = data.draw(st.sampled_from(self.sids))
        assert not self.loop.write(body, sender=sender, sid=sid)

    @rule()
    def read(self) -> None:
        self.loop.read()
        for sender, body in self.unread:
            if body in STOPS:
                self.is_stopped[sender] = True
                self.is_wrong[sender] |= body == "wrong number"
            elif body == "START":
                self.is_stopped[sender] &= self.is_wrong[sender]
        self.unread.clear()

    @rule(data=st.data(), status=st.sampled_from(STATUSES))
    def a_status_comes(self, data: st.DataObject, status: str) -> None:
        """In any order, as often as it likes."""
        rows = [row for row in self.loop.rows() if row.carrier_sid]
        if rows:
            row = data.draw(st.sampled_from(rows))
            sending.note_status(
                self.loop.practice.pk,
                attempt_id=row.attempt_id,
                sid=row.carrier_sid,
                status=status,
                error_code="30008" if status == "undelivered" else "",
                source="callback",
                now=self.loop.at,
            )

    def _check_new_texts(self) -> None:
        accepted = self.loop.accepted()
        new, self.seen = accepted[self.seen :], len(accepted)
        waiting = {sender for sender, _ in self.unread}
        for text in new:
            row = self._row_of(text)
            if row.needs_consent:
                assert not self.is_stopped[text["to"]], "a text after a stop"
                assert text["to"] not in waiting, "a text past an unread one"
            if row.keeps_hours:
                assert 9 <= local_time(self.loop.at, ZONE).hour < 20, "a text at night"
                end = self.loop.at + timedelta(seconds=text["validity"])
                assert local_date(end, ZONE) == local_date(self.loop.at, ZONE)
                assert local_time(end, ZONE).hour < 20 or local_time(end, ZONE).minute == 0

    def _row_of(self, text: dict) -> OutboxRow:
        attempt = SendAttempt.objects.get(pk=text["status_callback"].rsplit("m=", 1)[1])
        return OutboxRow.objects.get(message_id=attempt.message_id)

    @invariant()
    def no_check_in_waits_after_an_opt_out(self) -> None:
        for phone in self.phones.values():
            last = (
                ConsentEvent.objects.filter(phone=phone, kind="texts").order_by("-occurred_at", "-id").first()
            )
            if last.act == ConsentEvent.Act.WITHDRAWN:
                assert not CheckIn.objects.waiting().filter(plan__phone=phone).exists()

    @invariant()
    def the_model_and_the_records_agree_on_who_stopped(self) -> None:
        waiting = {sender for sender, _ in self.unread}
        for number in set(self.phones) - waiting:
            phone = self.phones[number]
            last = (
                ConsentEvent.objects.filter(phone=phone, kind="texts").order_by("-occurred_at", "-id").first()
            )
            assert (last.act == ConsentEvent.Act.WITHDRAWN) == self.is_stopped[number]

    @invariant()
    def no_text_is_taken_by_the_carrier_twice(self) -> None:
        taken = Counter(self._row_of(text).pk for text in self.loop.accepted())
        assert set(taken.values()) <= {1}
        asked = Counter(
            OutboundMessage.objects.filter(check_in__isnull=False).values_list("check_in_id", "kind")
        )
        assert set(asked.values()) <= {1}

    @invariant()
    def answers_belong_to_what_was_asked_and_to_their_own_day(self) -> None:
        for value in Reading.objects.select_related("check_in__plan__phone", "message"):
            assert value.local_date == local_date(value.received_at, ZONE)
            check_in = value.check_in
            if check_in is None:
                continue
            assert value.item in check_in.items
            assert check_in.planned_at <= value.received_at < check_in.expires_at
            assert check_in.plan.phone.number == value.message.from_number
            later = CheckIn.objects.filter(
                plan__phone=check_in.plan.phone, planned_at__gt=check_in.planned_at
            )
            for other in later.filter(planned_at__lte=value.received_at):
                # A later check-in stands back only if nobody had been asked by it when the answer came.
                left = SendAttempt.objects.filter(
                    message__check_in=other, message__kind="check_in", occurred_at__lte=value.received_at
                )
                assert other.state == CheckIn.State.CLOSED or not left.exists()

    @invariant()
    def nobody_is_drowned_in_texts(self) -> None:
        for phone in self.phones.values():
            rows = OutboxRow.objects.filter(
                phone=phone, is_capped=True, state__in=["sent", "sending", "unknown"]
            )
            times = sorted(rows.values_list("attempted_at", flat=True))
            for at in times:
                assert sum(1 for each in times if at <= each < at + timedelta(hours=1)) <= MOST_AN_HOUR
                assert sum(1 for each in times if at <= each < at + timedelta(days=1)) <= MOST_A_DAY

    @invariant()
    def statuses_only_move_forward(self) -> None:
        for row in self.loop.rows():
            assert row.status_rank >= self.ranks.get(str(row.pk), 0)
            assert row.status_rank >= (rank(row.status) if row.status else 0)
            self.ranks[str(row.pk)] = row.status_rank


@pytest.fixture
def two_phones(loop: Loop, settings) -> Loop:
    """The loop with a second patient on a phone of their own."""
    settings.KEEP_STATE_HOURS = True
    settings.SEND_SETTLE_SECONDS = 60
    enrollment.enroll(
        loop.practice,
        request=enrollment.EnrollmentRequest(
            given_name="Iris",
            family_name="Moore",
            mobile=SECOND_MOBILE,
            language="en",
            condition="hip",
            side="right",
            clinician_id=loop.episode.clinician_id,
            time_zone="America/Chicago",
            welcome=False,
        ),
        actor=SYSTEM,
        now=NOW,
    )
    return loop


def test_whatever_the_order_the_promises_hold(two_phones: Loop) -> None:
    class Bound(Conversation):
        loop = two_phones

    run_state_machine_as_test(
        Bound,
        settings=settings(
            max_examples=10,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
