"""Handing texts over: each answer of the carrier has one outcome, and none sends a text twice."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.core.checks import run_checks
from django.db import transaction

from checkins.gateways import twilio
from checkins.models import Alert, LineNotice, OutboundMessage, OutboxRow, SendAttempt, Sender, StatusEvent
from checkins.services import line, outbox, sending
from checkins.services.texts import Draft, Line, queue_text
from networks.models import AuditEntry
from patients.models import ConsentEvent, Phone
from tests.checkins.services.conftest import MOBILE, OUR_NUMBER, Loop
from tests.simulator.server import free_port
from tests.world import SYSTEM, World


@pytest.fixture(autouse=True)
def impatient(settings) -> Iterator[None]:
    """Clients remember their time-outs and address: begin and end without any."""
    settings.TWILIO_TOTAL_SECONDS = 0.4
    twilio.forget()
    yield
    twilio.forget()


def row() -> OutboxRow:
    return OutboxRow.objects.get()


def write_staff_text(loop: Loop, body: str = "See you at ten.", *, minutes: float = 60) -> OutboundMessage:
    plan = loop.episode.plans.get()
    return queue_text(
        Draft(kind=OutboundMessage.Kind.STAFF, body=body, template="", language="en"),
        line=Line(phone=plan.phone, sender=plan.sender, episode=loop.episode),
        not_before=loop.at,
        not_after=loop.at + timedelta(minutes=minutes),
        now=loop.at,
    )


def test_an_accepted_text_has_its_carriers_id_and_its_callback_names_the_attempt(loop: Loop) -> None:
    loop.plan()
    assert loop.send() == ["sent"]
    taken = loop.accepted()[0]
    assert (row().state, row().carrier_sid, row().status) == ("sent", taken["sid"], "queued")
    assert taken["status_callback"] == loop.route.status_url(SendAttempt.objects.get().pk)
    assert taken["from"] == OUR_NUMBER
    assert StatusEvent.objects.get().source == "answer"


def test_a_text_dies_at_the_carrier_when_its_slot_ends(loop: Loop) -> None:
    write_staff_text(loop, minutes=20)
    loop.send()
    assert loop.accepted()[0]["validity"] == 20 * 60


@pytest.mark.parametrize(
    ("fault", "options", "reason", "accepted"),
    [
        ("error_before", {}, "status_500", 0),
        ("error_after", {}, "status_500", 1),
        ("hang_before", {"seconds": 1.5}, "no_answer", 0),
        ("hang_after", {"seconds": 1.5}, "no_answer", 1),
        ("reset_before", {}, "connection_lost", 0),
        ("reset", {}, "no_answer", 1),
        ("truncated", {}, "unreadable_answer", 1),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_nobody_knows_is_unknown_and_is_not_tried_again(
    loop: Loop, fault: str, options: dict[str, float], reason: str, accepted: int
) -> None:
    loop.plan()
    loop.carrier.set_fault(fault, count=1, **options)
    assert loop.send() == ["unknown"]
    assert (row().state, row().reason, row().lease_until) == ("unknown", reason, None)
    assert len(loop.accepted()) == accepted
    loop.later(minutes=30)
    assert loop.send() == []
    assert len(loop.accepted()) == accepted


def test_a_busy_carrier_is_asked_again_later_and_later(loop: Loop) -> None:
    loop.plan()
    loop.carrier.set_fault("rate_limit", count=3)
    pauses = []
    for _ in range(3):
        assert loop.send() == ["busy"]
        assert (row().state, row().reason) == ("pending", "carrier_busy")
        pauses.append((row().not_before - loop.at).total_seconds())
        loop.at = row().not_before
    assert pauses == sorted(pauses)
    assert pauses[0] >= 5
    assert loop.send() == ["sent"]
    assert len(loop.accepted()) == 1


def test_before_its_pause_is_over_a_text_is_not_even_claimed(loop: Loop) -> None:
    loop.plan()
    loop.carrier.set_fault("rate_limit", count=1)
    loop.send()
    assert loop.send() == []
    assert len(loop.carrier.log("fault")) == 1


def test_a_full_queue_at_the_carrier_is_only_a_pause(loop: Loop) -> None:
    loop.plan()
    loop.carrier.set_fault("refuse", code=21611, count=1)
    assert loop.send() == ["busy"]
    assert (row().state, row().reason) == ("pending", "refused_21611")


def test_a_carrier_that_cannot_be_reached_sent_nothing(loop: Loop, settings) -> None:
    loop.plan()
    settings.TWILIO_API_BASE = f"http://127.0.0.1:{free_port()}"
    assert loop.send() == ["busy"]
    assert row().state == "pending"
    settings.TWILIO_API_BASE = loop.carrier.base_url
    twilio.forget()
    loop.later(seconds=10)
    assert loop.send() == ["sent"]


def test_an_opted_out_phone_withdraws_consent_by_the_carriers_word(loop: Loop) -> None:
    loop.plan()
    write_staff_text(loop)
    loop.carrier.text(sender=MOBILE, to=OUR_NUMBER, body="STOP")
    assert loop.send()[0] == "refused"
    last = ConsentEvent.objects.filter(kind="texts").order_by("-occurred_at", "-id").first()
    assert (last.act, last.method) == ("withdrawn", "carrier")
    assert Alert.objects.filter(kind=Alert.Kind.OPTED_OUT).exists()
    assert {each.state for each in loop.rows()} <= {"failed", "skipped"}
    assert sorted({each.reason for each in loop.rows()}) in (
        ["opted_out", "refused_21610"],
        ["no_consent", "refused_21610"],
        ["refused_21610"],
    )
    assert [each for each in loop.accepted() if each["body"] == "See you at ten."] == []


@pytest.mark.parametrize("code", [21211, 21612, 21614, 21635, 21408])
def test_a_bad_number_is_suspended_until_a_person_looks(loop: Loop, code: int) -> None:
    loop.plan()
    loop.carrier.set_fault("refuse", code=code, count=1)
    assert loop.send() == ["refused"]
    assert (row().state, row().error_code, row().reason) == ("failed", str(code), f"refused_{code}")
    assert Phone.objects.get().state == Phone.State.SUSPENDED
    assert Alert.objects.get().kind == Alert.Kind.UNREACHABLE
    write_staff_text(loop)
    assert loop.send() == ["stayed"]


@pytest.mark.parametrize("code", [20003, 21606, 21703, 21608])
def test_a_fault_of_our_set_up_pauses_the_sender_and_keeps_the_text(loop: Loop, code: int) -> None:
    loop.plan()
    loop.carrier.set_fault("refuse", code=code, count=1)
    assert loop.send() == ["refused"]
    sender = Sender.objects.get()
    assert (sender.state, sender.pause_reason) == (Sender.State.PAUSED, f"carrier_{code}")
    assert (row().state, row().reason) == ("pending", f"refused_{code}")
    assert LineNotice.objects.get(kind="paused").count == 1
    assert AuditEntry.objects.filter(action="sender.paused").count() == 1
    assert loop.send() == ["stayed"]
    assert (row().state, row().reason) == ("pending", "sender_paused")
    line.resume(sender, actor=SYSTEM, now=loop.at)
    loop.later(minutes=2)
    assert loop.send() == ["sent"]


def test_a_paused_senders_text_ends_with_its_slot(loop: Loop) -> None:
    write_staff_text(loop, minutes=5)
    line.pause(loop.practice.pk, Sender.objects.get().pk, reason="by hand", now=loop.at)
    loop.send()
    loop.later(minutes=6)
    assert loop.send() == ["stayed"]
    assert (row().state, row().reason) == ("skipped", "too_late")


@pytest.mark.parametrize("code", [21617, 21604])
def test_a_text_refused_for_what_it_is_ends_there(loop: Loop, code: int) -> None:
    loop.plan()
    loop.carrier.set_fault("refuse", code=code, count=1)
    assert loop.send() == ["refused"]
    assert (row().state, row().error_code) == ("failed", str(code))
    assert Phone.objects.get().state == Phone.State.ACTIVE
    assert Sender.objects.get().state == Sender.State.READY


def test_two_claims_never_share_a_text(loop: Loop) -> None:
    for place in range(5):
        write_staff_text(loop, f"Text {place}")
    first = outbox.claim(loop.practice.pk, now=loop.at, limit=3)
    second = outbox.claim(loop.practice.pk, now=loop.at, limit=3)
    assert (len(first), len(second), len({*first, *second})) == (3, 2, 5)


def test_texts_end_only_in_the_states_asked_for_and_only_in_their_own_practice(
    loop: Loop, world: World
) -> None:
    for place in range(3):
        write_staff_text(loop, f"Text {place}")
    texts = list(OutboxRow.objects.order_by("pk").values_list("pk", flat=True))
    (claimed,) = outbox.claim(loop.practice.pk, now=loop.at, limit=1)
    other = world.elm.practice.pk
    assert outbox.claim(other, now=loop.at) == []
    State = OutboxRow.State
    words = {"state": State.SKIPPED, "reason": "no_consent", "now": loop.at}
    assert outbox.end(other, texts, among=[State.PENDING, State.CLAIMED], **words) == 0
    assert outbox.end(loop.practice.pk, [], among=[State.CLAIMED], **words) == 0
    assert outbox.end(loop.practice.pk, texts, among=[State.CLAIMED], **words) == 1
    ended = OutboxRow.objects.get(pk=claimed)
    assert (ended.state, ended.reason, ended.finished_at, ended.lease_until) == (
        "skipped",
        "no_consent",
        loop.at,
        None,
    )
    assert outbox.end(loop.practice.pk, texts, among=[State.CLAIMED, State.PENDING], **words) == 2


def test_a_text_departs_once_however_often_it_is_sent(loop: Loop) -> None:
    loop.plan()
    claimed = outbox.claim(loop.practice.pk, now=loop.at)
    routes = {loop.route.sender_id: loop.route}
    words = [sending.send_one(loop.practice.pk, claimed[0], routes=routes, now=loop.now) for _ in range(3)]
    assert words == ["sent", "stayed", "stayed"]
    assert len(loop.accepted()) == 1
    assert SendAttempt.objects.count() == 1


def test_safety_replies_go_before_check_ins(loop: Loop) -> None:
    loop.plan()
    plan = loop.episode.plans.get()
    queue_text(
        Draft(kind=OutboundMessage.Kind.SAFETY, body="Call 911.", template="", language="en"),
        line=Line(phone=plan.phone, sender=plan.sender, episode=loop.episode),
        not_before=loop.at,
        not_after=loop.at + timedelta(minutes=5),
        now=loop.at,
    )
    with transaction.atomic():
        first = outbox.claim(loop.practice.pk, now=loop.at, limit=1)
        assert OutboxRow.objects.get(pk=first[0]).message.kind == "safety"
        transaction.set_rollback(True)
    # Written last, it lies last on its page: the order is that of urgency all the same.
    together = outbox.claim(loop.practice.pk, now=loop.at)
    kinds = [OutboxRow.objects.get(pk=each).message.kind for each in together]
    assert (kinds[0], len(kinds)) == ("safety", 2)


def test_a_slot_that_ended_between_claim_and_departure_keeps_the_text(loop: Loop) -> None:
    write_staff_text(loop, minutes=5)
    claimed = outbox.claim(loop.practice.pk, now=loop.at)
    loop.later(minutes=5)
    assert outbox.depart(loop.practice.pk, claimed[0], now=loop.at) is None
    assert (row().state, row().reason) == ("skipped", "too_late")


def test_a_text_whose_hindrance_went_away_meanwhile_waits_and_is_not_dropped(loop: Loop) -> None:
    """A patient's text was read between the refused departure and the look for its reason."""
    write_staff_text(loop)
    claimed = outbox.claim(loop.practice.pk, now=loop.at)
    outbox._stay(loop.practice.pk, [claimed[0]], now=loop.at)
    assert (row().state, row().reason, row().finished_at) == ("pending", "not_yet", None)
    loop.later(seconds=5)
    assert loop.send() == ["sent"]


def test_an_early_callback_wins_and_the_answer_changes_nothing(loop: Loop) -> None:
    loop.plan()
    claimed = outbox.claim(loop.practice.pk, now=loop.at)
    departure = outbox.depart(loop.practice.pk, claimed[0], now=loop.at)
    assert departure is not None
    for status, source in (("delivered", "callback"), ("queued", "answer")):
        sending.note_status(
            loop.practice.pk,
            attempt_id=departure.attempt_id,
            sid="SM" + "5" * 32,
            status=status,
            source=source,
            now=loop.at,
        )
    assert (row().state, row().status) == ("sent", "delivered")


def test_the_carriers_address_outside_this_machine_is_refused_before_any_call(loop: Loop, settings) -> None:
    settings.TWILIO_API_BASE = "https://evil.test"
    loop.plan()
    assert loop.send() == ["busy"]
    assert (row().state, row().attempts) == ("pending", 1)
    with pytest.raises(ValueError, match="only name this machine"):
        twilio._client(twilio.Account(sid="AC", token="t"))


@pytest.mark.parametrize(
    ("address", "is_wrong"),
    [
        ("", False),
        ("http://127.0.0.1:8001", False),
        ("http://[::1]:8001/", False),
        ("https://evil.test", True),
        ("127.0.0.1:8001", True),
        ("ftp://127.0.0.1", True),
        ("http://127.0.0.1:notaport", True),
        ("http://127.0.0.1:8001/elsewhere", True),
    ],
)
def test_the_system_check_says_at_start_that_the_carriers_address_is_wrong(
    settings, address: str, is_wrong: bool
) -> None:
    settings.TWILIO_API_BASE = address
    found = [each.id for each in run_checks() if (each.id or "").startswith("checkins.")]
    assert found == (["checkins.E001"] if is_wrong else [])


def test_words_noted_together_move_texts_as_words_noted_one_by_one_do(loop: Loop) -> None:
    write_staff_text(loop)
    claimed = outbox.claim(loop.practice.pk, now=loop.at, limit=10)
    (departure,) = outbox.depart_many(loop.practice.pk, claimed, now=loop.at)
    word = sending.Word(departure.attempt_id, "SM" + "0c" * 16, "sent", loop.at)
    later = sending.Word(departure.attempt_id, "SM" + "0c" * 16, "delivered", loop.at + timedelta(seconds=6))
    by_id = sending.Word(None, "SM" + "0c" * 16, "read", loop.at + timedelta(seconds=9))

    sending.note_statuses(loop.practice.pk, [later, word, word], source="callback")
    assert (row().state, row().status, row().carrier_sid) == ("sent", "delivered", "SM" + "0c" * 16)
    assert StatusEvent.objects.count() == 2
    sending.note_statuses(loop.practice.pk, [by_id, word], source="callback")
    assert (row().status, StatusEvent.objects.count()) == ("read", 3)
    sending.note_statuses(loop.practice.pk, [], source="callback")
