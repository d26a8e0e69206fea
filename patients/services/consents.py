"""Consent given and withdrawn: to monitoring and to texts, two records that never change."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from networks import audit
from networks.actors import Actor
from networks.errors import DomainError
from patients import consent_wording
from patients.models import ConsentEvent, Patient, Phone

WORDING = {
    ConsentEvent.Kind.MONITORING: "monitoring.2026-1",
    ConsentEvent.Kind.TEXTS: "texts.2026-1",
}
# What the sign with the keyword says; read before the word was texted.
KEYWORD_WORDING = "texts.keyword.2026-1"
# What the page behind the web link says.
WEB_WORDING = {
    ConsentEvent.Kind.MONITORING: consent_wording.MONITORING,
    ConsentEvent.Kind.TEXTS: consent_wording.TEXTS,
}


def give(
    patient: Patient,
    *,
    kind: str,
    method: str,
    actor: Actor,
    now: datetime,
    occurred_at: datetime | None = None,
    phone: Phone | None = None,
    message_id: UUID | None = None,
    language: str = "",
) -> ConsentEvent:
    """Record that a patient consented, with the wording they were shown; texts need the phone.

    Whoever consented by the keyword read the sign, and by the web link its page: their wordings are others.
    `language` is that of the words, the patient's own unless it is given.
    """
    if kind == ConsentEvent.Kind.TEXTS and phone is None:
        raise DomainError("Consent to texts names the number that may be texted.")
    return _write(
        patient,
        kind=kind,
        act=ConsentEvent.Act.GIVEN,
        method=method,
        wording=_wording_of(kind, method),
        language=language,
        actor=actor,
        now=now,
        occurred_at=occurred_at or now,
        phone=phone,
        message_id=message_id,
    )


def withdraw(
    patient: Patient,
    *,
    kind: str,
    method: str,
    actor: Actor,
    now: datetime,
    occurred_at: datetime | None = None,
    phone: Phone | None = None,
    message_id: UUID | None = None,
    language: str = "",
) -> ConsentEvent:
    """Record that a patient withdrew consent, or would not give it; it holds from the next text on for good.

    Whoever said no on the web page read its words: their version is kept as with a yes.
    """
    return _write(
        patient,
        kind=kind,
        act=ConsentEvent.Act.WITHDRAWN,
        method=method,
        wording=_wording_of(kind, method) if method == ConsentEvent.Method.WEB else "",
        language=language,
        actor=actor,
        now=now,
        occurred_at=occurred_at or now,
        phone=phone,
        message_id=message_id,
    )


def _wording_of(kind: str, method: str) -> str:
    if method == ConsentEvent.Method.KEYWORD:
        return KEYWORD_WORDING
    known = WEB_WORDING if method == ConsentEvent.Method.WEB else WORDING
    return known[ConsentEvent.Kind(kind)]


def _write(
    patient: Patient,
    *,
    kind: str,
    act: str,
    method: str,
    wording: str,
    language: str,
    actor: Actor,
    now: datetime,
    occurred_at: datetime,
    phone: Phone | None,
    message_id: UUID | None,
) -> ConsentEvent:
    if occurred_at > now:
        raise DomainError("Consent cannot lie in the future: check the date.", field="occurred_at")
    with transaction.atomic():
        event = ConsentEvent.objects.create(
            practice_id=patient.practice_id,
            patient=patient,
            phone=phone,
            kind=kind,
            act=act,
            method=method,
            wording_version=wording,
            language=language or patient.language,
            recorded_by_id=actor.user_id,
            message_id=message_id,
            occurred_at=occurred_at,
            recorded_at=now,
        )
        audit.record(
            f"consent.{act}",
            actor=actor,
            subject_type="consent",
            subject_id=event.pk,
            now=now,
            practice_id=patient.practice_id,
            patient_id=patient.pk,
            details={"kind": kind, "method": method},
        )
    return event
