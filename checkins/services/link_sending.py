"""Asking by a link: sending one for today's check-in, and asking a patient that way from now on."""

from datetime import datetime, timedelta

from django.db import transaction

from checkins import wording
from checkins.models import CheckIn, OutboundMessage, Plan
from checkins.services import texts
from checkins.services.conversation import why_no_texts
from checkins.services.links import CheckInLink, address_of
from checkins.wording import TemplateId
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.models import Practice
from patients.models import Patient

_GOOD_FOR = timedelta(minutes=30)  # a link that somebody asked for on the phone


def send_link(patient: Patient, *, actor: Actor, now: datetime) -> OutboundMessage:
    """Queue a text with the link to the check-in that waits; DomainError says why it cannot go."""
    if refusal := why_no_texts(patient, now=now):
        raise DomainError(refusal)
    check_in = (
        CheckIn.objects.waiting()
        .filter(practice_id=patient.practice_id, episode__patient=patient, expires_at__gt=now)
        .select_related("plan__phone", "plan__sender", "episode")
        .order_by("-planned_at")
        .first()
    )
    if check_in is None:
        raise DomainError("No check-in waits for an answer just now: send the link after the next one.")
    if check_in.texts.filter(practice_id=patient.practice_id, kind=OutboundMessage.Kind.LINK).exists():
        raise Conflict("The link to this check-in was sent already.")
    return _queue(patient, check_in, actor=actor, now=now)


def _queue(patient: Patient, check_in: CheckIn, *, actor: Actor, now: datetime) -> OutboundMessage:
    practice = Practice.objects.get(pk=patient.practice_id)
    link = CheckInLink(practice.pk, check_in.pk, check_in.expires_at)
    rendered = wording.render(
        TemplateId.LINK, patient.language, practice=practice.text_name, link=address_of(link)
    )
    with transaction.atomic():
        message = texts.queue_text(
            texts.Draft(
                kind=OutboundMessage.Kind.LINK,
                body=rendered.text,
                template=f"{rendered.template}@{rendered.version}",
                language=rendered.language,
            ),
            line=texts.Line(
                phone=check_in.plan.phone,
                sender=check_in.plan.sender,
                episode=check_in.episode,
                check_in=check_in,
            ),
            not_before=now,
            not_after=min(now + _GOOD_FOR, check_in.expires_at),
            now=now,
        )
        audit.record(
            "link.sent",
            actor=actor,
            subject_type="check_in",
            subject_id=check_in.pk,
            now=now,
            practice_id=practice.pk,
            patient_id=patient.pk,
        )
    return message


def ask_by_link(patient: Patient, *, by_link: bool, actor: Actor, now: datetime) -> Plan:
    """Ask a patient by link from the next check-in on, or by questions in the text again; return the plan."""
    plan = (
        Plan.objects.select_for_update(of=("self",))
        .filter(practice_id=patient.practice_id, episode__patient=patient, ends_on=None)
        .order_by("-starts_on")
        .first()
    )
    if plan is None:
        raise DomainError("No check-ins are planned for this patient: enrol them first.")
    if plan.by_link != by_link:
        plan.by_link = by_link
        plan.save(update_fields=["by_link"])
        audit.record(
            "plan.way_changed",
            actor=actor,
            subject_type="plan",
            subject_id=plan.pk,
            now=now,
            practice_id=patient.practice_id,
            patient_id=patient.pk,
            details={"by_link": by_link},
        )
    return plan
