"""Settling what nobody knows: callback first, then the carrier's list, then at most one retry."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from checkins.gateways import twilio
from checkins.models import LineNotice, OutboundMessage, OutboxRow, SendAttempt, StatusEvent
from checkins.services import outbox, reconciling, sending
from checkins.services.texts import Draft, Line, queue_text
from networks.models import WorkDue
from networks.services import organizations
from tests.checkins.services.conftest import Loop
from tests.world import SYSTEM

SETTLE = 900


@pytest.fixture(autouse=True)
def impatient(settings) -> Iterator[None]:
    settings.TWILIO_TOTAL_SECONDS = 0.4
    settings.SEND_SETTLE_SECONDS = SETTLE
    twilio.forget()
    yield
    twilio.forget()


@pytest.fixture
def loop(loop: Loop) -> Loop:
    """The same loop at the clock's own time, whatever the hour: the carrier's list carries the clock's dates."""
    loop.at = datetime.now(UTC)
    organizations.set_texting_hours(
        loop.practice, opens="00:00", closes="23:59:59.999999", on_sunday=True, actor=SYSTEM, now=loop.at
    )
    return loop


def queue(loop: Loop, body: str = "How are you?", *, minutes: float = 120) -> OutboxRow:
    plan = loop.episode.plans.get()
    message = queue_text(
        Draft(kind=OutboundMessage.Kind.STAFF, body=body, template="", language="en"),
        line=Line(phone=plan.phone, sender=plan.sender, episode=loop.episode),
        not_before=loop.at,
        not_after=loop.at + timedelta(minutes=minutes),
        now=loop.at,
    )
    return message.outbox


def state(row: OutboxRow) -> tuple[str, str]:
    fresh = OutboxRow.objects.get(pk=row.pk)
    return fresh.state, fresh.reason


def settle(loop: Loop, *, seconds: float = SETTLE + 1) -> dict[str, int]:
    loop.later(seconds=seconds)
    return reconciling.reconcile_due(loop.practice.pk, now=loop.now)


def test_a_text_found_in_the_list_is_sent_and_never_repeated(loop: Loop) -> None:
    row = queue(loop)
    loop.carrier.set_fault("error_after", count=1)
    assert loop.send() == ["unknown"]
    assert settle(loop) == {"swept": 0, "found": 1}
    assert state(row) == ("sent", "accepted")
    assert OutboxRow.objects.get().carrier_sid == loop.accepted()[0]["sid"]
    assert StatusEvent.objects.get().source == "list"
    assert loop.send() == []
    assert len(loop.accepted()) == 1


def test_nothing_is_looked_up_before_the_settle_time(loop: Loop) -> None:
    queue(loop)
    loop.carrier.set_fault("error_before", count=1)
    loop.send()
    assert settle(loop, seconds=SETTLE - 1) == {"swept": 0}
    assert loop.carrier.log("listed") == []


def test_a_text_that_never_left_is_tried_once_more_inside_its_slot(loop: Loop) -> None:
    row = queue(loop)
    loop.carrier.set_fault("error_before", count=1)
    loop.send()
    assert settle(loop) == {"swept": 0, "retried": 1}
    assert state(row) == ("pending", "retry_after_lookup")
    assert loop.send() == ["sent"]
    assert SendAttempt.objects.count() == 2
    assert len(loop.accepted()) == 1


def test_after_one_retry_a_text_is_given_up_and_shown(loop: Loop) -> None:
    row = queue(loop)
    loop.carrier.set_fault("error_before", count=2)
    loop.send()
    settle(loop)
    assert loop.send() == ["unknown"]
    assert settle(loop) == {"swept": 0, "given_up": 1}
    assert state(row) == ("skipped", "outcome_unknown")
    assert LineNotice.objects.get(kind="unknown_outcome").count == 1
    loop.later(hours=1)
    assert loop.send() == []
    assert loop.accepted() == []


def test_outside_its_slot_a_text_is_missed_rather_than_doubled(loop: Loop) -> None:
    row = queue(loop, minutes=10)
    loop.carrier.set_fault("error_before", count=1)
    loop.send()
    assert settle(loop) == {"swept": 0, "given_up": 1}
    assert state(row) == ("skipped", "outcome_unknown")


def test_without_the_list_nothing_is_decided(loop: Loop) -> None:
    row = queue(loop)
    loop.carrier.set_fault("error_after", count=1)
    loop.send()
    loop.carrier.set_fault("list_error", count=1)
    assert settle(loop) == {"swept": 0, "list_unavailable": 1}
    assert state(row)[0] == "unknown"
    assert settle(loop, seconds=30) == {"swept": 0, "found": 1}


def test_without_the_list_a_text_past_its_slot_stays_unknown_too(loop: Loop) -> None:
    row = queue(loop, minutes=1)
    loop.carrier.set_fault("error_after", count=1)
    loop.send()
    loop.carrier.set_fault("list_error", count=1)
    settle(loop)
    assert state(row)[0] == "unknown"


def test_a_callback_settles_it_before_anybody_looks(loop: Loop) -> None:
    row = queue(loop)
    loop.carrier.set_fault("hang_after", count=1, seconds=1.5)
    assert loop.send() == ["unknown"]
    attempt = OutboxRow.objects.get().attempt_id
    assert attempt is not None
    known = sending.note_status(
        loop.practice.pk,
        attempt_id=attempt,
        sid=loop.accepted()[0]["sid"],
        status="delivered",
        source="callback",
        now=loop.at,
    )
    assert known
    assert state(row) == ("sent", "accepted")
    assert settle(loop) == {"swept": 0}
    assert loop.carrier.log("listed") == []


def test_a_callback_that_comes_after_the_look_stops_the_retry(loop: Loop) -> None:
    row = queue(loop)
    loop.carrier.set_fault("hang_after", count=1, seconds=1.5)
    loop.send()
    attempt = OutboxRow.objects.get().attempt_id
    loop.carrier.set_fault("list_lag", seconds=600)
    assert settle(loop) == {"swept": 0, "retried": 1}
    sending.note_status(
        loop.practice.pk,
        attempt_id=attempt,
        sid=loop.accepted()[0]["sid"],
        status="sent",
        source="callback",
        now=loop.at,
    )
    assert loop.send() == ["stayed"]
    assert state(row) == ("sent", "accepted")
    assert len(loop.accepted()) == 1


def test_the_same_words_of_another_day_are_another_text(loop: Loop) -> None:
    """Yesterday's text is in the list and bound to nothing: it is still not today's."""
    yesterday = queue(loop, minutes=60 * 48)
    loop.carrier.set_fault("error_after", count=1)
    assert loop.send() == ["unknown"]
    loop.later(days=1)
    today = queue(loop)
    loop.carrier.set_fault("error_before", count=1)
    assert loop.send() == ["unknown"]
    loop.later(seconds=SETTLE + 1)
    routes = {loop.route.sender_id: loop.route}
    assert reconciling._settle_one(loop.practice.pk, today.pk, routes=routes, now=loop.now) == "retried"
    assert reconciling._settle_one(loop.practice.pk, yesterday.pk, routes=routes, now=loop.now) == "found"


def test_two_unknown_texts_of_the_same_words_each_find_their_own(loop: Loop) -> None:
    rows = [queue(loop), queue(loop)]
    loop.carrier.set_fault("error_after", count=2)
    assert loop.send() == ["unknown", "unknown"]
    assert settle(loop) == {"swept": 0, "found": 2}
    assert {state(each) for each in rows} == {("sent", "accepted")}
    sids = {each.carrier_sid for each in OutboxRow.objects.all()}
    assert sids == {each["sid"] for each in loop.accepted()}


def test_a_text_of_a_patients_own_is_never_taken_for_ours(loop: Loop) -> None:
    row = queue(loop, "6 y")
    loop.carrier.set_fault("error_before", count=1)
    loop.send()
    phone = loop.episode.plans.get().phone
    loop.carrier.text(sender=phone.number, to=loop.route.number, body="6 y")
    assert settle(loop) == {"swept": 0, "retried": 1}
    assert state(row)[0] == "pending"


def test_every_attempt_of_a_text_is_looked_for(loop: Loop) -> None:
    """The second try's look finds the first try's text, which showed up late in the list."""
    row = queue(loop)
    loop.carrier.set_fault("error_after", count=1)
    loop.send()
    loop.carrier.set_fault("list_lag", seconds=3600, count=1)
    assert settle(loop) == {"swept": 0, "retried": 1}
    loop.carrier.set_fault("error_before", count=1)
    assert loop.send() == ["unknown"]
    assert settle(loop) == {"swept": 0, "found": 1}
    assert state(row) == ("sent", "accepted")
    assert len(loop.accepted()) == 1


@pytest.mark.parametrize("departed", [False, True], ids=["after the claim", "after the departure"])
def test_what_a_dead_sender_left_is_taken_up(loop: Loop, settings, departed: bool) -> None:
    settings.SEND_LEASE_SECONDS = 0
    row = queue(loop)
    claimed = outbox.claim(loop.practice.pk, now=loop.at)
    if departed:
        outbox.depart(loop.practice.pk, claimed[0], now=loop.at)
    counts = reconciling.reconcile_due(loop.practice.pk, now=loop.now)
    assert counts == {"swept": 1}
    expected = ("unknown", "sender_died") if departed else ("pending", "claim_ran_out")
    assert state(row) == expected
    if departed:
        assert settle(loop)["retried"] == 1
    settings.SEND_LEASE_SECONDS = 60
    assert loop.send() == ["sent"]
    assert len(loop.accepted()) == 1


def test_a_lease_that_runs_is_left_alone(loop: Loop) -> None:
    row = queue(loop)
    outbox.claim(loop.practice.pk, now=loop.at)
    assert reconciling.reconcile_due(loop.practice.pk, now=loop.now) == {"swept": 0}
    assert state(row)[0] == "claimed"


def test_a_late_answer_of_a_sender_taken_for_dead_still_counts(loop: Loop, settings) -> None:
    settings.SEND_LEASE_SECONDS = 0
    queue(loop)
    claimed = outbox.claim(loop.practice.pk, now=loop.at)
    departure = outbox.depart(loop.practice.pk, claimed[0], now=loop.at)
    assert departure is not None
    reconciling.reconcile_due(loop.practice.pk, now=loop.now)
    assert OutboxRow.objects.get().state == "unknown"
    sending.note_status(
        loop.practice.pk,
        attempt_id=departure.attempt_id,
        sid="SM" + "4" * 32,
        status="queued",
        source="answer",
        now=loop.at,
    )
    assert OutboxRow.objects.get().state == "sent"


def test_a_doubt_rings_for_the_reconciler(loop: Loop) -> None:
    queue(loop)
    loop.carrier.set_fault("error_before", count=1)
    loop.send()
    ring = WorkDue.objects.get(practice_id=UUID(str(loop.practice.pk)), queue="reconcile")
    attempted = OutboxRow.objects.get().attempted_at
    assert attempted is not None
    assert ring.due_at <= attempted + timedelta(seconds=SETTLE)
