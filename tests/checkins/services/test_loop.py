"""Text out, reply in, day counted: the loop on the real database and the carrier's real protocol."""

from datetime import date

from checkins.models import Alert, CheckIn, InboundRow, MonitoringDay, OutboundMessage, OutboxRow, Reading
from checkins.services.line import notice  # noqa: F401 - imported so that a rename breaks this test
from patients.models import ConsentEvent
from tests.checkins.services.conftest import Loop


def test_a_check_in_is_planned_sent_answered_and_counted(loop: Loop) -> None:
    assert loop.plan() == 1
    assert loop.send() == ["sent"]
    assert [each["to"] for each in loop.accepted()] == ["+13125550142"]
    loop.later(minutes=20)
    assert loop.hears("6 y") == {"read": 1}

    check_in = CheckIn.objects.get()
    assert (check_in.state, check_in.open_items) == (CheckIn.State.ANSWERED, [])
    values = {each.item: each for each in Reading.objects.all()}
    assert (values["pain"].low, values["pain"].high, values["exercises"].word) == (6, 6, "yes")
    assert [each.local_date for each in MonitoringDay.objects.all()] == [date(2026, 3, 3)]


def test_a_second_scheduler_plans_nothing_twice(loop: Loop) -> None:
    assert loop.plan() == 1
    assert loop.plan() == 0
    assert OutboundMessage.objects.count() == 1


def test_nothing_is_planned_before_the_hour_or_outside_the_window(loop: Loop) -> None:
    loop.later(minutes=-10)
    assert loop.plan() == 0
    loop.later(hours=12)
    assert loop.plan() == 0


def test_a_check_in_of_another_zone_waits_for_its_own_morning(loop: Loop) -> None:
    plan = loop.episode.plans.get()
    plan.time_zone = "America/Los_Angeles"
    plan.save()
    assert loop.plan() == 0
    loop.later(hours=2)
    assert loop.plan() == 1


def test_a_replayed_text_changes_nothing(loop: Loop) -> None:
    loop.plan()
    loop.send()
    assert loop.write("6 y", sid="SM" + "1" * 32) is True
    loop.read()
    assert loop.write("6 y", sid="SM" + "1" * 32) is False
    assert loop.read() == {}
    assert Reading.objects.count() == 2


def test_half_an_answer_is_asked_for_once_then_goes_to_a_person(loop: Loop) -> None:
    loop.plan()
    loop.send()
    loop.hears("6")
    assert OutboundMessage.objects.filter(kind="clarify").count() == 1
    assert CheckIn.objects.get().open_items == ["exercises"]
    loop.send()
    loop.later(minutes=3)
    loop.hears("blue")
    assert OutboundMessage.objects.filter(kind="clarify").count() == 1
    assert Alert.objects.filter(kind=Alert.Kind.UNCLEAR).count() == 1
    loop.later(minutes=3)
    loop.hears("y")
    assert CheckIn.objects.get().state == CheckIn.State.ANSWERED
    assert MonitoringDay.objects.count() == 1


def test_stop_ends_it_at_once_and_is_confirmed_once(loop: Loop) -> None:
    loop.plan()
    loop.hears("please stop texting me")
    assert OutboxRow.objects.get(message__kind="check_in").state == OutboxRow.State.SKIPPED
    assert CheckIn.objects.get().closed_reason == CheckIn.Closed.OPTED_OUT
    assert Reading.objects.count() == 0
    assert loop.send() == ["sent"]
    assert [each.kind for each in OutboundMessage.objects.filter(outbox__state="sent")] == ["stop"]
    assert Alert.objects.filter(kind=Alert.Kind.OPTED_OUT).count() == 1
    loop.later(days=1)
    assert loop.plan() == 0


def test_the_carriers_own_keyword_is_not_confirmed_a_second_time(loop: Loop) -> None:
    loop.plan()
    loop.send()
    loop.hears("STOP")
    assert loop.send() == []
    assert ConsentEvent.objects.filter(kind="texts").order_by("-occurred_at").first().act == "withdrawn"


def test_start_restores_texts_only_after_an_earlier_consent(loop: Loop) -> None:
    loop.hears("STOP")
    loop.later(minutes=5)
    loop.hears("START")
    assert ConsentEvent.objects.filter(kind="texts").order_by("-occurred_at").first().act == "given"
    assert loop.plan() == 1


def test_a_stop_between_claim_and_departure_keeps_the_text_back(loop: Loop) -> None:
    from checkins.services import outbox, sending

    loop.plan()
    claimed = outbox.claim(loop.practice.pk, now=loop.at)
    loop.hears("stop")
    word = sending.send_one(
        loop.practice.pk, claimed[0], routes={loop.route.sender_id: loop.route}, now=loop.now
    )
    assert word == "stayed"
    assert loop.accepted() == []


def test_an_unread_text_holds_our_next_text_back_until_it_is_read(loop: Loop) -> None:
    loop.plan()
    loop.write("stop")
    assert loop.send() == ["stayed"]
    assert loop.accepted() == []
    assert OutboxRow.objects.get().reason == "unread_text_waits"
    loop.read()
    loop.later(seconds=10)
    assert loop.send() == []
    assert OutboxRow.objects.get(message__kind="check_in").reason == "opted_out"


def test_danger_is_heard_first_and_answered_by_a_fixed_text(loop: Loop) -> None:
    loop.plan()
    loop.send()
    loop.hears("7, no, and my calf is hot and swollen")
    alert = Alert.objects.get(kind=Alert.Kind.RED_FLAG)
    assert (alert.level, alert.sign) == ("L1", "dvt")
    assert [each.kind for each in OutboundMessage.objects.filter(outbox__state="pending")] == ["safety"]
    loop.hears("and i can't breathe")
    assert Alert.objects.filter(kind=Alert.Kind.RED_FLAG).count() == 2
    assert OutboundMessage.objects.filter(kind="safety").count() == 1


def test_a_text_from_an_unknown_number_is_kept(loop: Loop) -> None:
    assert loop.hears("who is this", sender="+13125550177") == {"unknown_sender": 1}
    row = InboundRow.objects.get()
    assert (row.state, row.patient) == (InboundRow.State.UNKNOWN_SENDER, None)
    assert row.message.body == "who is this"


def test_any_content_is_stored_and_read_without_an_error(loop: Loop) -> None:
    loop.plan()
    loop.send()
    hostile = ["", "\x00", "\ud800 lone", "9" * 1600, "=HYPERLINK(1)", "🛑" * 400, "‮6"]
    for body in hostile:
        loop.later(seconds=5)
        loop.hears(body)
    assert InboundRow.objects.filter(state=InboundRow.State.READ).count() == len(hostile)


def test_one_check_in_after_another_never_shares_an_answer(loop: Loop) -> None:
    loop.plan()
    loop.send()
    loop.later(days=1)
    loop.plan()
    loop.send()
    loop.hears("3 y")
    newer = CheckIn.objects.order_by("-local_date").first()
    assert newer.state == CheckIn.State.ANSWERED
    older = CheckIn.objects.order_by("local_date").first()
    assert (older.state, older.closed_reason) == (CheckIn.State.CLOSED, CheckIn.Closed.EXPIRED)


def test_thanks_the_next_morning_makes_no_data_day_of_yesterdays_answer(loop: Loop) -> None:
    loop.plan()
    loop.send()
    loop.later(hours=8)
    loop.hears("5 y")
    loop.later(hours=16)
    loop.plan()
    loop.hears("thanks!")
    assert [each.local_date for each in MonitoringDay.objects.all()] == [date(2026, 3, 3)]


def test_half_answers_in_two_texts_make_one_whole(loop: Loop) -> None:
    loop.plan()
    loop.send()
    loop.hears("4")
    loop.later(minutes=1)
    loop.hears("yes")
    values = {each.item: each for each in Reading.objects.all()}
    assert (values["pain"].low, values["exercises"].word) == (4, "yes")
