"""What holds a text back in the moment of sending: the hour, too many texts, an answer; and reminders."""

from datetime import UTC, datetime, timedelta

import pytest

from checkins.models import Alert, CheckIn, LineNotice, OutboundMessage, OutboxRow, Sender
from checkins.services import outbox, reconciling, sending
from checkins.services.texts import Draft, Line, queue_reply, queue_text
from networks.keys import uuid7
from patients.models import ConsentEvent, Phone
from tests.checkins.services.conftest import MOBILE, OUR_NUMBER, Loop

Kind = OutboundMessage.Kind


@pytest.fixture(autouse=True)
def states_hours_hold(settings) -> None:
    settings.KEEP_STATE_HOURS = True


def line_of(loop: Loop) -> Line:
    plan = loop.episode.plans.get()
    return Line(phone=plan.phone, sender=plan.sender, episode=loop.episode)


def queue(
    loop: Loop, body: str = "How are you?", *, kind: Kind = Kind.WELCOME, hours: float = 48
) -> OutboxRow:
    return queue_text(
        Draft(kind=kind, body=body, template="", language="en"),
        line=line_of(loop),
        not_before=loop.at,
        not_after=loop.at + timedelta(hours=hours),
        now=loop.at,
    ).outbox


def at(loop: Loop, text: str) -> Loop:
    loop.at = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return loop


def ends(loop: Loop) -> list[tuple[str, str]]:
    return [(each.state, each.reason) for each in loop.rows()]


def set_practice(loop: Loop, **fields: object) -> None:
    for name, value in fields.items():
        setattr(loop.practice, name, value)
    loop.practice.save()


@pytest.mark.parametrize(
    ("instant", "leaves"),
    [
        pytest.param("2026-03-03T14:59", False, id="a minute before nine"),
        pytest.param("2026-03-03T15:00", True, id="nine"),
        pytest.param("2026-03-04T01:59", True, id="a minute before eight in the evening"),
        pytest.param("2026-03-04T02:00", False, id="eight in the evening"),
        pytest.param("2026-03-08T14:00", True, id="nine on the day clocks go forward"),
        pytest.param("2026-11-01T14:00", False, id="eight on the day clocks go back"),
    ],
)
def test_a_text_of_ours_leaves_inside_the_hours_of_the_patients_clock(
    loop: Loop, instant: str, leaves: bool
) -> None:
    queue(at(loop, instant))
    assert loop.send() == (["sent"] if leaves else ["stayed"])
    if not leaves:
        assert ends(loop) == [("pending", "quiet_hours")]


def test_the_hour_is_looked_at_when_it_leaves_and_not_when_it_was_claimed(loop: Loop) -> None:
    queue(at(loop, "2026-03-04T01:59"))
    claimed = outbox.claim(loop.practice.pk, now=loop.at)
    loop.later(minutes=1)
    assert outbox.depart(loop.practice.pk, claimed[0], now=loop.at) is None
    assert ends(loop) == [("pending", "quiet_hours")]
    at(loop, "2026-03-04T15:00")
    assert loop.send() == ["sent"]


def test_the_carrier_gives_up_at_the_closing_hour_even_when_the_text_could_wait_longer(loop: Loop) -> None:
    queue(at(loop, "2026-03-04T01:30"))
    loop.send()
    assert loop.accepted()[0]["validity"] == 30 * 60


def test_sundays_can_be_switched_off(loop: Loop) -> None:
    set_practice(loop, texts_on_sunday=False)
    queue(at(loop, "2026-03-08T16:00"))
    assert loop.send() == ["stayed"]
    at(loop, "2026-03-09T16:00")
    assert loop.send() == ["sent"]


def test_the_practices_state_holds_besides_its_own_hours(loop: Loop, settings) -> None:
    set_practice(loop, state="TX")
    queue(at(loop, "2026-03-08T16:30"))  # 11:30 on a Sunday
    assert loop.send() == ["stayed"]
    settings.KEEP_STATE_HOURS = False
    loop.later(minutes=10)
    assert loop.send() == ["sent"]


def test_nobody_is_planned_for_on_a_sunday_in_pennsylvania(loop: Loop) -> None:
    set_practice(loop, state="PA")
    assert at(loop, "2026-10-18T16:00").plan() == 0
    assert at(loop, "2026-10-19T16:00").plan() == 1


def test_answers_to_a_text_leave_at_night(loop: Loop) -> None:
    at(loop, "2026-03-04T08:00")
    loop.hears("my calf is hot and swollen")
    assert loop.send() == ["sent"]
    assert OutboundMessage.objects.get().kind == Kind.SAFETY


def test_a_question_at_night_waits_for_the_morning(loop: Loop) -> None:
    loop.plan()
    loop.send()
    at(loop, "2026-03-04T03:30")  # 21:30
    loop.hears("banana")
    clarify = OutboxRow.objects.get(message__kind=Kind.CLARIFY)
    assert clarify.not_before == datetime(2026, 3, 4, 15, 0, tzinfo=UTC)
    assert clarify.keeps_hours
    assert loop.send() == []
    loop.hears("6 y")
    at(loop, "2026-03-04T15:01")
    assert loop.send() == ["stayed"]
    clarify.refresh_from_db()
    assert (clarify.state, clarify.reason) == ("skipped", "no_longer_asked")


def test_a_phone_gets_three_texts_of_ours_an_hour_and_six_a_day(loop: Loop) -> None:
    for place in range(8):
        queue(loop, f"Text {place}")
    sent = []
    for _ in range(10):
        loop.send()
        sent.append(len(loop.accepted()))
        loop.later(minutes=61)
    assert sent[0] == 3
    assert sent[1] == 6
    assert max(sent) == 6
    assert {reason for state, reason in ends(loop) if state == "pending"} == {"enough_texts"}
    loop.at += timedelta(hours=14)
    loop.send()
    assert len(loop.accepted()) == 8


@pytest.mark.parametrize("kind", [Kind.SAFETY, Kind.STOP_CONFIRMATION, Kind.START_CONFIRMATION])
def test_safety_and_confirmations_do_not_wait_behind_the_cap(loop: Loop, kind: Kind) -> None:
    for place in range(3):
        queue(loop, f"Text {place}")
    loop.send()
    queue_reply(
        Draft(kind=kind, body="Answer", template="", language="en"),
        line=line_of(loop),
        answers=uuid7(),
        needs_consent=False,
        now=loop.at,
    )
    assert loop.send() == ["sent"]


def test_texts_that_never_left_do_not_fill_the_cap(loop: Loop) -> None:
    loop.carrier.set_fault("refuse", code=21617, count=3)
    for place in range(6):
        queue(loop, f"Text {place}")
    assert sorted(loop.send()) == ["refused"] * 3 + ["sent"] * 3


# Check-ins that were never asked


def check_in(loop: Loop) -> CheckIn:
    return CheckIn.objects.get(practice=loop.practice)


def test_a_check_in_whose_text_was_refused_closes_as_not_sent(loop: Loop) -> None:
    loop.plan()
    loop.carrier.set_fault("refuse", code=21617, count=1)
    loop.send()
    assert (check_in(loop).state, check_in(loop).closed_reason) == ("closed", "not_sent")
    assert not CheckIn.objects.unanswered().exists()


def test_a_check_in_whose_text_came_too_late_closes_as_not_sent(loop: Loop) -> None:
    loop.plan()
    loop.later(hours=12)
    loop.send()
    assert ends(loop) == [("skipped", "too_late")]
    assert check_in(loop).closed_reason == CheckIn.Closed.NOT_SENT


def test_a_check_in_whose_text_the_carrier_lost_closes_as_not_sent(loop: Loop) -> None:
    loop.plan()
    loop.send()
    lose(loop, 30008)
    assert check_in(loop).closed_reason == CheckIn.Closed.NOT_SENT
    assert Phone.objects.get().state == Phone.State.ACTIVE


def test_whoever_answers_was_asked_whatever_the_carrier_said(loop: Loop) -> None:
    loop.plan()
    loop.send()
    lose(loop, 30008)
    loop.hears("6 y")
    assert (check_in(loop).state, check_in(loop).closed_reason) == ("answered", "")


def test_a_check_in_that_was_sent_and_brought_nothing_is_unanswered(loop: Loop) -> None:
    loop.plan()
    loop.send()
    loop.later(hours=25)
    loop.plan()
    expired = CheckIn.objects.get(closed_reason=CheckIn.Closed.EXPIRED)
    assert expired in CheckIn.objects.unanswered()


def test_the_carriers_word_of_an_opt_out_leaves_no_check_in_open(loop: Loop) -> None:
    loop.plan()
    loop.send()
    queue(loop)
    loop.carrier.text(sender=MOBILE, to=OUR_NUMBER, body="STOP")
    assert loop.send() == ["refused"]
    assert check_in(loop).closed_reason == CheckIn.Closed.OPTED_OUT


# What the carrier says later


def lose(loop: Loop, code: int) -> None:
    """Let the carrier say of the latest text that it was lost, and have the worker follow it."""
    row = loop.rows()[-1]
    sending.note_status(
        loop.practice.pk,
        attempt_id=row.attempt_id,
        sid=row.carrier_sid,
        status="undelivered",
        error_code=str(code),
        source="callback",
        now=loop.at,
    )
    reconciling.reconcile_due(loop.practice.pk, now=loop.now)


@pytest.mark.parametrize("code", [30005, 30006, 30004])
def test_a_number_that_turns_out_bad_is_suspended(loop: Loop, code: int) -> None:
    loop.plan()
    loop.send()
    lose(loop, code)
    assert Phone.objects.get().state == Phone.State.SUSPENDED
    assert Alert.objects.get().kind == Alert.Kind.UNREACHABLE
    reconciling.reconcile_due(loop.practice.pk, now=loop.now)
    assert Alert.objects.count() == 1


def test_a_late_opt_out_by_the_carrier_withdraws_consent(loop: Loop) -> None:
    loop.plan()
    loop.send()
    lose(loop, 21610)
    assert ConsentEvent.objects.filter(act="withdrawn", method="carrier").exists()


def test_an_unregistered_number_pauses_the_sender_once_it_is_known(loop: Loop) -> None:
    loop.plan()
    loop.send()
    lose(loop, 30034)
    assert Sender.objects.get().state == Sender.State.PAUSED


@pytest.mark.parametrize(
    ("code", "kind"), [(30007, LineNotice.Kind.FILTERED), (30023, LineNotice.Kind.DAILY_LIMIT)]
)
def test_filters_and_daily_limits_are_counted_for_the_operator(loop: Loop, code: int, kind: str) -> None:
    loop.plan()
    loop.send()
    lose(loop, code)
    assert LineNotice.objects.get(kind=kind).count == 1
    assert not Alert.objects.exists()


def test_a_phone_out_of_reach_on_three_days_is_shown_to_a_person(loop: Loop) -> None:
    for day in range(3):
        loop.plan()
        loop.send()
        lose(loop, 30003)
        assert Alert.objects.filter(kind=Alert.Kind.UNREACHABLE).exists() == (day == 2)
        loop.later(days=1)


# Reminders


def reminders(loop: Loop) -> list[str]:
    return [each["body"] for each in loop.accepted() if "not heard" in each["body"]]


def remind(loop: Loop, *, hours: float = 6) -> list[str]:
    loop.later(hours=hours)
    loop.plan()
    loop.send()
    return reminders(loop)


def test_one_reminder_goes_out_six_hours_after_the_check_in(loop: Loop) -> None:
    loop.plan()
    loop.send()
    assert remind(loop, hours=5.9) == []
    assert len(remind(loop, hours=0.2)) == 1
    assert len(remind(loop, hours=1)) == 1
    assert [each.message.kind for each in loop.rows()] == ["check_in", "reminder"]


@pytest.mark.parametrize(
    "said", ["6 y", "6", "thanks!", "banana", "please stop texting me", "wrong number"], ids=str
)
def test_no_reminder_after_any_word_from_the_patient(loop: Loop, said: str) -> None:
    loop.plan()
    loop.send()
    loop.later(hours=1)
    loop.hears(said)
    loop.send()
    assert remind(loop) == []


def test_no_reminder_for_a_check_in_that_was_not_sent(loop: Loop) -> None:
    loop.plan()
    loop.carrier.set_fault("refuse", code=21617, count=1)
    loop.send()
    assert remind(loop) == []


def test_no_reminder_at_night_or_on_the_next_day(loop: Loop) -> None:
    at(loop, "2026-03-03T21:00")  # 15:00, so that six hours later it is night
    loop.plan()
    loop.send()
    assert remind(loop) == []
    at(loop, "2026-03-04T14:59")
    loop.plan()
    loop.send()
    assert reminders(loop) == []


def test_an_answer_between_planning_and_sending_stops_the_reminder(loop: Loop) -> None:
    loop.plan()
    loop.send()
    loop.later(hours=6)
    loop.plan()
    loop.hears("6")
    loop.send()
    assert reminders(loop) == []
    row = OutboxRow.objects.get(message__kind=Kind.REMINDER)
    assert (row.state, row.reason) == ("skipped", "no_longer_asked")


def test_an_answer_to_the_reminder_belongs_to_the_days_check_in(loop: Loop) -> None:
    loop.plan()
    loop.send()
    remind(loop)
    loop.hears("6")
    assert check_in(loop).open_items == ["exercises"]


def test_a_protocol_without_reminders_sends_none(loop: Loop) -> None:
    protocol = loop.episode.plans.get().protocol
    protocol.content = {**protocol.content, "remind_after_hours": None}
    protocol.save()
    loop.plan()
    loop.send()
    assert remind(loop) == []
