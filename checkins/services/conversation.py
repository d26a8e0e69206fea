"""Writing to a patient by hand: an asynchronous note, never a live contact."""

from datetime import datetime, timedelta

from django.db import transaction

from checkins import staff_words
from checkins.models import OutboundMessage
from checkins.services import shared_phones, texts
from checkins.services.practice_hours import slot_for
from networks import audit
from networks.actors import Actor
from networks.errors import DomainError
from networks.models import Practice, User
from networks.turns import take_turn
from patients.models import ConsentEvent, Patient, Phone
from patients.selectors import consents_in_force

_SAME_CLICK = timedelta(seconds=30)  # our choice: longer than any double click or retry
NO_TEXTS = "This patient does not get texts: they stopped them or never agreed. Call instead."


def write_to_patient(patient: Patient, *, body: str, actor: Actor, now: datetime) -> OutboundMessage:
    """Queue and return a text written by staff; DomainError says why it cannot go.

    The same words within half a minute are one text. It leaves inside the practice's texting hours, which
    may be the next morning.
    """
    words = body.strip().replace("\x00", "")
    if not words:
        raise DomainError("Write something first.", field="body")
    if len(words) > staff_words.LONGEST:
        raise DomainError(staff_words.TOO_LONG, field="body")
    phone = Phone.objects.filter(
        practice_id=patient.practice_id, patient=patient, state=Phone.State.ACTIVE
    ).first()
    if phone is None:
        raise DomainError("No number in use for this patient: check it with them on the phone.", field="body")
    if refusal := why_no_texts(patient, now=now):
        raise DomainError(refusal, field="body")
    with transaction.atomic():
        take_turn("conversation", patient.pk)
        return _just_written(patient, words, actor=actor, now=now) or _queue(
            patient, phone, words, actor=actor, now=now
        )


def why_no_texts(patient: Patient, *, now: datetime) -> str:
    """Return the sentence that refuses texts to a patient without consent to them, else ""; one query."""
    agreed = consents_in_force(patient.practice_id, [patient.pk], kind=ConsentEvent.Kind.TEXTS, at=now)
    return "" if agreed else NO_TEXTS


def _just_written(patient: Patient, words: str, *, actor: Actor, now: datetime) -> OutboundMessage | None:
    """Return the same words of the same person from a moment ago: a second click is not a second text."""
    lately = OutboundMessage.objects.filter(
        practice_id=patient.practice_id,
        patient=patient,
        kind=OutboundMessage.Kind.STAFF,
        written_by_id=actor.user_id,
        recorded_at__gt=now - _SAME_CLICK,
    )
    return next((each for each in lately if each.body == words), None)


def _queue(patient: Patient, phone: Phone, words: str, *, actor: Actor, now: datetime) -> OutboundMessage:
    practice = Practice.objects.get(pk=patient.practice_id)
    sender = shared_phones.sender_for(phone)
    if sender is None:
        raise DomainError(
            "This practice has no number to text from yet: ask your administrator.", field="body"
        )
    slot = slot_for(practice, zone=patient.time_zone, now=now)
    episode = patient.episodes.order_by("-starts_on").first()
    with transaction.atomic():
        message = texts.queue_text(
            texts.Draft(kind=OutboundMessage.Kind.STAFF, body=words, template="", language=patient.language),
            line=texts.Line(phone=phone, sender=sender, episode=episode),
            not_before=max(now, slot.opens_at),
            not_after=slot.closes_at,
            now=now,
            written_by=User.objects.get(pk=actor.user_id) if actor.user_id else None,
        )
        audit.record(
            "text.written",
            actor=actor,
            subject_type="outbound_message",
            subject_id=message.pk,
            now=now,
            practice_id=practice.pk,
            patient_id=patient.pk,
        )
    return message
