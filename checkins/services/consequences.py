"""What follows from a text that was read: danger first, then a stop, then answers, then questions back."""

from datetime import datetime, time, timedelta

from checkins import wording_choice
from checkins.asking import Asked, clarifying_text
from checkins.hours import Slot
from checkins.models import Alert, CheckIn, InboundMessage, OutboundMessage, Reading, Sender
from checkins.replies.reading import Consent, FollowUp, Kind, RedFlag
from checkins.services import alerts, reaching, stopping, texts
from checkins.services.asked_words import words_of
from checkins.services.fixed_replies import Occasion, reply_to_danger, worded
from checkins.services.practice_hours import slot_for
from checkins.services.touching import touch
from checkins.services.understanding import Understanding
from checkins.statuses import is_carrier_keyword
from checkins.unread_words import asks_something
from checkins.wording import TemplateId
from networks.actors import Actor
from networks.local_days import local_time, zone_named
from networks.models import Practice
from patients.models import ConsentEvent, Phone
from patients.services import consents

_READER = Actor.part("reader")
_BY_DAY = (time(8), time(21))  # 47 CFR 64.1200(c)(1), 2024; other answers to a text go out at any hour
_ONE_SAFETY_REPLY_IN = timedelta(minutes=30)


def follow(understood: Understanding, *, values: list[Reading], now: datetime) -> None:
    """Do everything that a read text asks for; each step is safe to repeat for the same text."""
    reading = understood.reading
    if reading.red_flag is not None:
        _raise_danger(understood, reading.red_flag, now=now)
    if reading.consent is not None:
        _change_consent(understood, reading.consent, now=now)
    if reading.kind is Kind.WRONG_NUMBER:
        _suspend_number(understood, now=now)
    if reading.kind is Kind.HELP:
        _help(understood, now=now)
    if values or understood.answers:
        _note_answers(understood)
    if understood.answers and not values and understood.episode is not None:
        # What is kept touches the episode on its own; an answer that is not kept is told here.
        touch([understood.episode.pk], practice_id=understood.row.practice_id, now=now)
    _follow_up(understood, now=now)


def _raise_danger(understood: Understanding, flag: RedFlag, *, now: datetime) -> None:
    alerts.open_alert(
        understood.phone.patient,
        kind=Alert.Kind.RED_FLAG,
        level=flag.level.value,
        sign=flag.danger.value,
        now=now,
        episode=understood.episode,
        message=understood.message,
    )
    template = reply_to_danger(
        understood.row.practice_id, danger=flag.danger.value, level=flag.level.value, now=now
    )
    if template and not _was_reassured(understood, template, now=now):
        _reply(understood, OutboundMessage.Kind.SAFETY, template, needs_consent=False, now=now)


def _was_reassured(understood: Understanding, template: TemplateId, *, now: datetime) -> bool:
    # One safety reply per wording and half hour, so that a patient who writes on is not drowned in them.
    return OutboundMessage.objects.filter(
        practice_id=understood.row.practice_id,
        patient_id=understood.phone.patient_id,
        phone=understood.phone,
        kind=OutboundMessage.Kind.SAFETY,
        template__startswith=f"{template}@",
        occurred_at__gt=now - _ONE_SAFETY_REPLY_IN,
    ).exists()


def _change_consent(understood: Understanding, consent: Consent, *, now: datetime) -> None:
    match consent:
        case Consent.OPT_OUT:
            _stop(understood, now=now)
        case Consent.OPT_IN:
            _start(understood, now=now)
        case Consent.CONFIRM_OPT_OUT:
            _reply(
                understood,
                OutboundMessage.Kind.STOP_QUESTION,
                TemplateId.CONFIRM_OPT_OUT,
                needs_consent=True,
                now=now,
            )
        case Consent.CONFIRM_OPT_IN:
            _ask_person(understood, now=now)


def _help(understood: Understanding, *, now: datetime) -> None:
    # The carrier answers its own keyword; whoever cries for help is shown to a person all the same.
    if not is_carrier_keyword(understood.message.body):
        _reply(understood, OutboundMessage.Kind.HELP, TemplateId.HELP, needs_consent=False, now=now)
    _ask_person(understood, now=now)


def _stop(understood: Understanding, *, now: datetime) -> None:
    phone = understood.phone
    reaching.stop_texts(phone, said=_said(understood), now=now)
    alerts.open_alert(
        phone.patient,
        kind=Alert.Kind.OPTED_OUT,
        level=Alert.Level.REVIEW,
        now=now,
        episode=understood.episode,
        message=understood.message,
    )
    # The carrier has confirmed its own keywords already, and the safety reply counts as the one text after a stop.
    if not is_carrier_keyword(understood.message.body) and understood.reading.red_flag is None:
        _reply(
            understood,
            OutboundMessage.Kind.STOP_CONFIRMATION,
            TemplateId.OPTED_OUT,
            needs_consent=False,
            now=now,
        )


def _said(understood: Understanding) -> reaching.Said:
    return reaching.Said(
        method=ConsentEvent.Method.TEXT,
        occurred_at=understood.row.received_at,
        actor=_READER,
        message_id=understood.message.pk,
    )


def _start(understood: Understanding, *, now: datetime) -> None:
    phone = understood.phone
    asked_before = ConsentEvent.objects.filter(
        practice_id=phone.practice_id,
        patient_id=phone.patient_id,
        phone=phone,
        kind=ConsentEvent.Kind.TEXTS,
        act=ConsentEvent.Act.GIVEN,
    ).exists()
    if not asked_before or phone.state != Phone.State.ACTIVE:
        _ask_person(understood, now=now)
        return
    reaching.allow_texts(phone, said=_said(understood), now=now)
    if not is_carrier_keyword(understood.message.body):
        _reply(
            understood,
            OutboundMessage.Kind.START_CONFIRMATION,
            TemplateId.OPTED_IN,
            needs_consent=True,
            now=now,
        )


def _suspend_number(understood: Understanding, *, now: datetime) -> None:
    phone = understood.phone
    Phone.objects.filter(practice_id=phone.practice_id, pk=phone.pk).update(state=Phone.State.SUSPENDED)
    consents.withdraw(
        phone.patient,
        kind=ConsentEvent.Kind.TEXTS,
        method=ConsentEvent.Method.TEXT,
        actor=_READER,
        now=now,
        occurred_at=understood.row.received_at,
        phone=phone,
        message_id=understood.message.pk,
    )
    stopping.end_texts(phone, reason="wrong_number", now=now)
    alerts.open_alert(
        phone.patient,
        kind=Alert.Kind.WRONG_NUMBER,
        level=Alert.Level.REVIEW,
        now=now,
        episode=understood.episode,
        message=understood.message,
    )


def _note_answers(understood: Understanding) -> None:
    check_in = understood.check_in
    if check_in is not None:
        left = [item for item in check_in.open_items if item not in understood.answers]
        check_in.open_items = left
        unsent = check_in.closed_reason == CheckIn.Closed.NOT_SENT
        if not left and (check_in.state == CheckIn.State.OPEN or unsent):
            # Whoever answers was asked, whatever the carrier said about the text.
            check_in.state, check_in.closed_reason = CheckIn.State.ANSWERED, CheckIn.Closed.NONE
        check_in.save(update_fields=["open_items", "state", "closed_reason"])


def _follow_up(understood: Understanding, *, now: datetime) -> None:
    reading = understood.reading
    settled = reading.red_flag is not None or reading.consent is not None or reading.kind is Kind.WRONG_NUMBER
    if reading.follow_up is FollowUp.HUMAN and not settled:
        _ask_person(understood, now=now)
    if reading.follow_up is not FollowUp.CLARIFY or settled or _is_on_the_page(understood):
        return
    check_in = understood.check_in
    if check_in is None or check_in.clarified or check_in.state != CheckIn.State.OPEN:
        _ask_person(understood, now=now)
        return
    if "unread" in reading.reasons and asks_something(understood.message.body):
        _ask_person(understood, now=now)
    missing = [item for item in check_in.open_items if item not in understood.answers]
    asked = _clarification(understood, missing)
    if _reply(understood, OutboundMessage.Kind.CLARIFY, asked, needs_consent=True, now=now):
        check_in.clarified = True
        check_in.save(update_fields=["clarified"])


def _is_on_the_page(understood: Understanding) -> bool:
    # The one-tap page asks for the rest by itself: a text beside it would only confuse.
    return bool(understood.message.source == InboundMessage.Source.LINK and understood.answers)


def _ask_person(understood: Understanding, *, now: datetime) -> None:
    alerts.open_alert(
        understood.phone.patient,
        kind=Alert.Kind.UNCLEAR,
        level=Alert.Level.REVIEW,
        now=now,
        episode=understood.episode,
        message=understood.message,
    )


def _reply(
    understood: Understanding,
    kind: OutboundMessage.Kind,
    said: TemplateId | Asked,
    *,
    needs_consent: bool,
    now: datetime,
) -> OutboundMessage | None:
    practice = Practice.objects.get(pk=understood.row.practice_id)
    asked = said if isinstance(said, Asked) else _rendered(understood, said, practice)
    sender = Sender.objects.get(practice_id=practice.pk, pk=understood.message.sender_id)
    return texts.queue_reply(
        texts.Draft(
            kind=kind,
            body=asked.text,
            template=asked.template,
            language=understood.phone.patient.language,
        ),
        line=texts.Line(
            phone=understood.phone,
            sender=sender,
            episode=understood.episode,
            check_in=understood.check_in if kind == OutboundMessage.Kind.CLARIFY else None,
        ),
        answers=understood.message.pk,
        needs_consent=needs_consent,
        now=now,
        slot=_morning(understood, practice, now=now) if kind == OutboundMessage.Kind.CLARIFY else None,
    )


def _rendered(understood: Understanding, template: TemplateId, practice: Practice) -> Asked:
    occasion = Occasion(understood.row, understood.phone.patient, understood.check_in)
    return worded(template, occasion, practice=practice)


def _clarification(understood: Understanding, missing: list[str]) -> TemplateId | Asked:
    """Return what asks once more: the check-in's own words for its milestone and its free question."""
    check_in, language = understood.check_in, understood.phone.patient.language
    practice = Practice.objects.get(pk=understood.row.practice_id)
    words = words_of(check_in, language) if check_in else {}
    asked = clarifying_text(missing, language, practice=practice.text_name, words=words)
    return asked or wording_choice.clarifying(missing)


def _morning(understood: Understanding, practice: Practice, *, now: datetime) -> Slot | None:
    """Return the slot for which a question at night waits; None by day, when it goes out at once."""
    zone = understood.phone.patient.time_zone
    if _BY_DAY[0] <= local_time(now, zone_named(zone)) < _BY_DAY[1]:
        return None
    return slot_for(practice, zone=zone, now=now)
