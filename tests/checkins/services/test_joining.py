"""A stranger texts the keyword: one request, one answer, and what the front desk makes of it."""

import pytest

from checkins.models import Alert, InboundRow, JoinRequest, LineNotice, SafetyNotice, SafetyNoticeRow, Sender
from checkins.services import enrollment, joining, paging
from networks.errors import Conflict, DomainError
from networks.models import AuditEntry
from patients.models import ConsentEvent, Phone
from tests.checkins.services.conftest import MOBILE, Loop
from tests.world import SYSTEM

STRANGER = "+17735550123"
OTHER = "+17735550124"


def requests(loop: Loop) -> list[JoinRequest]:
    return list(JoinRequest.objects.filter(practice=loop.practice).order_by("asked_at", "id"))


def answers(loop: Loop, to: str = STRANGER) -> list[dict]:
    paging.send_due(loop.practice.pk, now=loop.at)
    return [each for each in loop.carrier.log("accepted") if each["to"] == to]


def acts(loop: Loop) -> list[str]:
    found = AuditEntry.objects.filter(practice_id=loop.practice.pk, action__startswith="join.")
    return list(found.order_by("recorded_at", "id").values_list("action", flat=True))


def enrol(loop: Loop, mobile: str, **more) -> Phone:
    episode = enrollment.enroll(
        loop.practice,
        request=enrollment.EnrollmentRequest(
            given_name="Ines",
            family_name="Vance",
            mobile=mobile,
            language="en",
            condition="knee",
            side="left",
            clinician_id=loop.episode.clinician_id,
            welcome=False,
            **more,
        ),
        actor=SYSTEM,
        now=loop.at,
    )
    return Phone.objects.get(patient=episode.patient)


@pytest.mark.parametrize(
    ("body", "language", "answered"),
    [("Join please", "en", "Our front desk will finish"), ("unirme", "es", "La recepcion terminara")],
)
def test_the_keyword_is_noted_once_and_answered_once(loop: Loop, body, language, answered) -> None:
    assert loop.hears(body, sender=STRANGER) == {"join_request": 1}
    (asked,) = requests(loop)
    assert (asked.number, asked.last_four, asked.language, asked.state) == (
        STRANGER,
        "0123",
        language,
        "open",
    )
    assert asked.message.body == body
    (answer,) = answers(loop)
    assert answered in answer["body"]
    for needed in (loop.practice.text_name, loop.practice.phone, "STOP", "911"):
        assert needed in answer["body"]
    assert acts(loop) == ["join.asked"]
    assert not LineNotice.objects.exists()


def test_asking_again_only_counts(loop: Loop) -> None:
    for _ in range(5):
        loop.hears("JOIN", sender=STRANGER)
        loop.later(days=1)
    (asked,) = requests(loop)
    assert asked.texts == 5
    assert asked.last_asked_at > asked.asked_at
    assert len(answers(loop)) == 0  # the only answer is long past its five minutes: once or not at all
    assert SafetyNotice.objects.count() == 1


def test_a_number_that_is_set_aside_again_and_again_is_left_to_a_person(loop: Loop) -> None:
    for _ in range(3):
        assert loop.hears("JOIN", sender=STRANGER) == {"join_request": 1}
        joining.set_aside(requests(loop)[-1], reason="not_ours", actor=SYSTEM, now=loop.at)
    assert loop.hears("JOIN", sender=STRANGER) == {"unknown_sender": 1}
    assert len(requests(loop)) == 3
    assert SafetyNotice.objects.count() == 1
    loop.later(days=31)
    assert loop.hears("JOIN", sender=STRANGER) == {"join_request": 1}


def test_two_numbers_are_two_requests(loop: Loop) -> None:
    loop.hears("JOIN", sender=STRANGER)
    loop.hears("UNIRME", sender=OTHER)
    assert {each.last_four for each in requests(loop)} == {"0123", "0124"}


def test_danger_goes_before_the_keyword(loop: Loop) -> None:
    assert loop.hears("join, I have chest pain", sender=STRANGER) == {"unknown_sender": 1}
    assert not requests(loop)
    assert Alert.objects.get().kind == Alert.Kind.RED_FLAG
    assert SafetyNotice.objects.get(channel="text", kind="reply")


def test_a_stop_ends_the_request_and_takes_the_answer_back(loop: Loop) -> None:
    loop.hears("JOIN", sender=STRANGER)
    loop.hears("STOP", sender=STRANGER)
    (asked,) = requests(loop)
    assert (asked.state, asked.reason) == ("set_aside", "stopped")
    assert not answers(loop)
    assert SafetyNoticeRow.objects.get().reason == "opted_out"
    with pytest.raises(Conflict, match="texted STOP"):
        joining.bring_back(asked, actor=SYSTEM, now=loop.at)


def test_after_a_stop_the_keyword_is_noted_and_not_answered(loop: Loop) -> None:
    loop.hears("STOP", sender=STRANGER)
    assert loop.hears("JOIN", sender=STRANGER) == {"join_request": 1}
    assert not SafetyNotice.objects.exists()
    loop.hears("START", sender=OTHER)
    loop.hears("JOIN", sender=OTHER)
    assert SafetyNotice.objects.count() == 1


def test_a_former_number_that_was_stopped_is_not_answered(loop: Loop) -> None:
    loop.hears("STOP")
    Phone.objects.filter(patient=loop.patient).update(state=Phone.State.REPLACED)
    assert loop.hears("JOIN", sender=MOBILE) == {"join_request": 1}
    assert not SafetyNotice.objects.exists()


@pytest.mark.parametrize("stopped", [False, True])
def test_a_patients_own_keyword_is_an_ordinary_text(loop: Loop, stopped: bool) -> None:
    if stopped:
        loop.hears("STOP")
    before = ConsentEvent.objects.count()
    assert loop.hears("JOIN") == {"read": 1}
    assert not requests(loop)
    assert ConsentEvent.objects.count() == before
    assert InboundRow.objects.latest("received_at").patient_id == loop.patient.pk


def test_enrolling_closes_the_request_and_keeps_consent_by_the_keyword(loop: Loop) -> None:
    loop.hears("JOIN", sender=STRANGER)
    loop.later(hours=1)
    (asked,) = requests(loop)
    phone = enrol(loop, "773 555 0123", join_request_id=asked.pk, consent_method="paper")
    asked.refresh_from_db()
    assert (asked.state, asked.patient_id, asked.closed_at) == ("enrolled", phone.patient_id, loop.at)
    given = ConsentEvent.objects.filter(patient=phone.patient).values_list(
        "kind", "method", "wording_version", "message_id"
    )
    assert set(given) == {
        ("monitoring", "paper", "monitoring.2026-1", None),
        ("texts", "keyword", "texts.keyword.2026-1", asked.message_id),
    }
    assert acts(loop) == ["join.asked", "join.enrolled"]
    # From now on the number is a patient's.
    assert loop.hears("JOIN", sender=STRANGER) == {"read": 1}


def test_enrolling_the_number_without_the_list_closes_it_too(loop: Loop) -> None:
    loop.hears("JOIN", sender=STRANGER)
    phone = enrol(loop, STRANGER)
    assert requests(loop)[0].patient_id == phone.patient_id


def test_another_number_at_the_desk_closes_it_without_consent_by_the_keyword(loop: Loop) -> None:
    loop.hears("JOIN", sender=STRANGER)
    phone = enrol(loop, OTHER, join_request_id=requests(loop)[0].pk)
    assert requests(loop)[0].state == "enrolled"
    methods = ConsentEvent.objects.filter(patient=phone.patient).values_list("method", flat=True)
    assert set(methods) == {"in_person"}


def test_set_aside_needs_a_reason_and_can_be_taken_back(loop: Loop) -> None:
    loop.hears("JOIN", sender=STRANGER)
    (asked,) = requests(loop)
    for reason in ("", "because", "stopped"):
        with pytest.raises(DomainError, match="Choose why"):
            joining.set_aside(asked, reason=reason, actor=SYSTEM, now=loop.at)
    for _ in range(2):
        joining.set_aside(asked, reason="not_reached", actor=SYSTEM, now=loop.at)
    with pytest.raises(Conflict, match="in the meantime"):
        joining.set_aside(asked, reason="not_ours", actor=SYSTEM, now=loop.at)
    for _ in range(2):
        joining.bring_back(asked, actor=SYSTEM, now=loop.at)
    assert requests(loop)[0].state == "open"
    assert acts(loop) == ["join.asked", "join.set_aside", "join.brought_back"]


def test_what_asked_again_meanwhile_does_not_come_back(loop: Loop) -> None:
    loop.hears("JOIN", sender=STRANGER)
    first = requests(loop)[0]
    joining.set_aside(first, reason="not_reached", actor=SYSTEM, now=loop.at)
    loop.later(hours=1)
    loop.hears("JOIN", sender=STRANGER)
    with pytest.raises(Conflict, match="asked again"):
        joining.bring_back(first, actor=SYSTEM, now=loop.at)


def test_an_answer_in_doubt_is_not_sent_twice(loop: Loop) -> None:
    loop.hears("JOIN", sender=STRANGER)
    SafetyNoticeRow.objects.update(state="sending", attempts=1)  # a worker died while it sent
    assert paging.send_due(loop.practice.pk, now=loop.at) == {"failed": 1}
    assert not answers(loop)
    assert SafetyNoticeRow.objects.get().reason == "outcome_unknown"


def test_without_a_ready_line_the_request_stands_unanswered(loop: Loop) -> None:
    Sender.objects.update(state=Sender.State.PAUSED)
    assert loop.hears("JOIN", sender=STRANGER) == {"join_request": 1}
    assert not SafetyNotice.objects.exists()
