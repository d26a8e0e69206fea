"""Asking to be enrolled by the keyword: the request, its one answer, and how the front desk closes it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from checkins import wording
from checkins.models import InboundMessage, JoinRequest, SafetyNotice
from checkins.replies.reader import read
from checkins.replies.reading import Consent, ReplyRequest
from checkins.services import paging
from networks import audit
from networks.actors import Actor
from networks.encryption import blind_index
from networks.errors import Conflict, DomainError
from networks.models import Practice
from networks.turns import take_turn
from patients.models import ConsentEvent, Phone

_READER = Actor.part("reader")
# Our choice: whoever was set aside twice within a month and asks again is a case for a person.
_MOST_REQUESTS = 3
_WITHIN = timedelta(days=30)
_MOST_TEXTS = 99
_LOOKS_BACK = 20  # texts of the number in which a stop is looked for


def ask(message: InboundMessage, *, language: str, now: datetime) -> JoinRequest | None:
    """Note that a number asks to be enrolled and return its open request; None when it asked too often.

    Asking again while a request is open only counts. The first time, one fixed answer goes back in the
    keyword's language, unless the number has stopped our texts before.
    """
    mine = JoinRequest.objects.filter(practice_id=message.practice_id, number_index=bytes(message.from_index))
    standing = mine.filter(state=JoinRequest.State.OPEN).first()
    if standing is not None:
        standing.texts = min(standing.texts + 1, _MOST_TEXTS)
        standing.last_asked_at = now
        standing.save(update_fields=["texts", "last_asked_at"])
        return standing
    if mine.filter(asked_at__gt=now - _WITHIN).count() >= _MOST_REQUESTS:
        return None
    made = JoinRequest.objects.create(
        practice_id=message.practice_id,
        number=message.from_number,
        number_index=bytes(message.from_index),
        last_four=message.from_number[-4:],
        language=language,
        message=message,
        asked_at=now,
        last_asked_at=now,
    )
    _note("join.asked", made, actor=_READER, now=now)
    if not has_stopped(message):
        paging.queue_reply_to_unknown(
            message, body=_answer(message.practice_id, language), kind=SafetyNotice.Kind.JOIN, now=now
        )
    return made


def _answer(practice_id: UUID, language: str) -> str:
    practice = Practice.objects.get(pk=practice_id)
    return wording.render(
        wording.TemplateId.JOINING, language, practice=practice.text_name, phone=practice.phone
    ).text


def has_stopped(message: InboundMessage) -> bool:
    """Tell whether the number a text came from has stopped our texts: as a former patient's, or as nobody's."""
    index = bytes(message.from_index)
    phones = Phone.objects.filter(practice_id=message.practice_id, number_index=index)
    said = (
        ConsentEvent.objects.filter(
            practice_id=message.practice_id, phone__in=phones, kind=ConsentEvent.Kind.TEXTS
        )
        .order_by("-occurred_at", "-id")
        .first()
    )
    if said is not None and said.act == ConsentEvent.Act.WITHDRAWN:
        return True
    earlier = (
        InboundMessage.objects.filter(
            practice_id=message.practice_id, from_index=index, occurred_at__lte=message.occurred_at
        )
        .exclude(pk=message.pk)
        .order_by("-occurred_at", "-id")[:_LOOKS_BACK]
    )
    for text in earlier:
        consent = read(ReplyRequest(texts=(text.body,), open=(), language="en", prompt=None)).consent
        if consent in {Consent.OPT_OUT, Consent.OPT_IN}:
            return consent is Consent.OPT_OUT
    return False


def stop(message: InboundMessage, *, now: datetime) -> JoinRequest | None:
    """Set the open request of a number aside that texts a stop, and take an unsent answer back."""
    paging.take_back_answers(message.practice_id, bytes(message.from_index), now=now)
    standing = JoinRequest.objects.filter(
        practice_id=message.practice_id,
        number_index=bytes(message.from_index),
        state=JoinRequest.State.OPEN,
    ).first()
    if standing is not None:
        _close(standing, reason=JoinRequest.Reason.STOPPED, actor=_READER, now=now)
        _note("join.set_aside", standing, actor=_READER, now=now)
    return standing


def set_aside(request: JoinRequest, *, reason: str, actor: Actor, now: datetime) -> None:
    """Set an open request aside; DomainError without one of the reasons, Conflict when it is closed."""
    if reason not in JoinRequest.Reason.values or reason == JoinRequest.Reason.STOPPED:
        raise DomainError("Choose why this request is set aside.", field="reason")
    with transaction.atomic():
        standing = _locked(request)
        if standing.state == JoinRequest.State.SET_ASIDE and standing.reason == reason:
            return
        if standing.state != JoinRequest.State.OPEN:
            raise Conflict("Somebody has finished this request in the meantime: nothing was changed.")
        _close(standing, reason=reason, actor=actor, now=now)
        _note("join.set_aside", standing, actor=actor, now=now)


def bring_back(request: JoinRequest, *, actor: Actor, now: datetime) -> None:
    """Open a request again that was set aside by a person; Conflict where that cannot be."""
    with transaction.atomic():
        standing = _locked(request)
        if standing.state == JoinRequest.State.OPEN:
            return
        if standing.state != JoinRequest.State.SET_ASIDE or standing.reason == JoinRequest.Reason.STOPPED:
            raise Conflict("This request cannot come back: they were enrolled, or have texted STOP.")
        if open_request_of(request.practice_id, bytes(request.number_index)) is not None:
            raise Conflict("This number has asked again since: that request stands in the list.")
        standing.state, standing.reason = JoinRequest.State.OPEN, ""
        standing.closed_at, standing.closed_by = None, None
        standing.save(update_fields=["state", "reason", "closed_at", "closed_by"])
        _note("join.brought_back", standing, actor=actor, now=now)


def open_request_of(practice_id: UUID, number_index: bytes) -> JoinRequest | None:
    """Return the open request of a number, or None; one query."""
    return JoinRequest.objects.filter(
        practice_id=practice_id, number_index=number_index, state=JoinRequest.State.OPEN
    ).first()


def fulfil(request: JoinRequest, *, patient_id: UUID, actor: Actor, now: datetime) -> None:
    """Close an open request: its sender is enrolled as this patient; one that is closed stays as it is."""
    with transaction.atomic():
        standing = _locked(request)
        if standing.state != JoinRequest.State.OPEN:
            return
        standing.state, standing.patient_id = JoinRequest.State.ENROLLED, patient_id
        standing.closed_at, standing.closed_by_id = now, actor.user_id
        standing.save(update_fields=["state", "patient", "closed_at", "closed_by"])
        _note("join.enrolled", standing, actor=actor, now=now)


def fulfil_by_phone(phone: Phone, *, actor: Actor, now: datetime) -> UUID | None:
    """Close the open request of a number that has become a patient's; return the text that asked, if any."""
    standing = open_request_of(phone.practice_id, blind_index(phone.number))
    if standing is None:
        return None
    fulfil(standing, patient_id=phone.patient_id, actor=actor, now=now)
    asked_by: UUID = standing.message_id
    return asked_by


def _locked(request: JoinRequest) -> JoinRequest:
    take_turn("join", request.pk)
    return JoinRequest.objects.get(practice_id=request.practice_id, pk=request.pk)


def _close(request: JoinRequest, *, reason: str, actor: Actor, now: datetime) -> None:
    request.state, request.reason = JoinRequest.State.SET_ASIDE, reason
    request.closed_at, request.closed_by_id = now, actor.user_id
    request.save(update_fields=["state", "reason", "closed_at", "closed_by"])


def _note(action: str, request: JoinRequest, *, actor: Actor, now: datetime) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="join_request",
        subject_id=request.pk,
        now=now,
        practice_id=request.practice_id,
        patient_id=request.patient_id,
        details={"reason": request.reason} if request.reason else {},
    )
