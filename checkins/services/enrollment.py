"""Enrolling: from six answers to a patient who is asked tomorrow morning, in one transaction."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction

from checkins import wording, wording_choice
from checkins.models import AdoptedProtocol, CheckIn, JoinRequest, OutboundMessage, Plan
from checkins.services import joining, outbox, own_activities, protocols, shared_phones, texts
from checkins.services.practice_hours import asking_span_of, fitting_hour, slot_for
from networks import audit, work
from networks.actors import Actor
from networks.errors import DomainError
from networks.local_days import local_date, zone_named
from networks.models import Clinician, Practice
from networks.state_names import state_name
from patients import phones
from patients.models import ConsentEvent, Episode, Patient, Phone
from patients.services import consents, registration

USUAL_HOUR = time(9)
_PLAN_DAYS = 90  # 42 CFR 424.24(c), 2024: a plan of care is certified for at most 90 days


@dataclass(frozen=True)
class EnrollmentRequest:
    """What the enrol page asks; everything past the clinician has a default."""

    given_name: str
    family_name: str
    mobile: str
    language: str
    condition: str
    side: str
    clinician_id: UUID
    time_zone: str = ""
    record_number: str = ""
    birth_date: date | None = None
    evaluated_on: date | None = None
    surgery_on: date | None = None
    plan_from: date | None = None
    plan_until: date | None = None
    names_rtm: bool = True
    send_at: time | None = None
    consent_method: str = ConsentEvent.Method.IN_PERSON
    welcome: bool = True
    shares_phone: bool = False
    join_request_id: UUID | None = None
    activity: str = ""


def enroll(practice: Practice, *, request: EnrollmentRequest, actor: Actor, now: datetime) -> Episode:
    """Enrol a patient and return the episode: patient, phone, consents, plan of care, check-in plan, welcome.

    Whoever is to agree by web link has given no consent yet: nothing is asked or sent until they do.
    All or nothing; DomainError names the field that does not fit.
    """
    _check_choices(request)
    clinician = Clinician.objects.filter(practice=practice, pk=request.clinician_id).first()
    if clinician is None:
        raise DomainError("Choose a clinician of this practice.", field="clinician_id")
    number = phones.normalize(request.mobile)
    zone = request.time_zone or phones.likely_zone(number, otherwise=practice.time_zone)
    with transaction.atomic():
        patient = registration.register_patient(
            practice,
            details=registration.PatientDetails(
                given_name=request.given_name,
                family_name=request.family_name,
                language=request.language,
                time_zone=zone,
                record_number=request.record_number,
                birth_date=request.birth_date,
            ),
            actor=actor,
            now=now,
        )
        line = shared_phones.line_for(practice.pk, number, shares=request.shares_phone)
        phone = registration.add_phone(patient, typed=number, actor=actor, now=now, line=line)
        episode = _open_care(patient, clinician, request, actor=actor, now=now)
        if request.activity:
            own_activities.set_activity(episode, words=request.activity, actor=actor, now=now)
        agreed_to_texts = _record_consents(phone, request, actor=actor, now=now)
        plan = start_plan(episode, phone=phone, actor=actor, now=now, send_at=request.send_at)
        if request.welcome and agreed_to_texts:
            welcome(plan, patient=patient, now=now)
    return episode


def _check_choices(request: EnrollmentRequest) -> None:
    if request.condition not in Episode.Condition.values:
        raise DomainError("Choose the condition from the list.", field="condition")
    if request.side not in Episode.Side.values:
        raise DomainError("Choose the side from the list.", field="side")
    if request.consent_method not in ConsentEvent.Method.values:
        raise DomainError("Choose how consent was given.", field="consent_method")


def _record_consents(phone: Phone, request: EnrollmentRequest, *, actor: Actor, now: datetime) -> bool:
    """Record consent to monitoring and to texts and tell whether texts may go out.

    Whoever texted the keyword consented to texts by it; what is left to the web link is not recorded.
    """
    asked_by = joining.fulfil_by_phone(phone, actor=actor, now=now)
    asked = (
        JoinRequest.objects.filter(practice_id=phone.practice_id, pk=request.join_request_id).first()
        if request.join_request_id
        else None
    )
    if asked is not None:
        # Of another number, too: the front desk says that it is the same person.
        joining.fulfil(asked, patient_id=phone.patient_id, actor=actor, now=now)
    by_link = request.consent_method == ConsentEvent.Method.WEB
    for kind in (ConsentEvent.Kind.MONITORING, ConsentEvent.Kind.TEXTS):
        by_keyword = asked_by is not None and kind == ConsentEvent.Kind.TEXTS
        if by_link and not by_keyword:
            continue
        consents.give(
            phone.patient,
            kind=kind,
            method=ConsentEvent.Method.KEYWORD if by_keyword else request.consent_method,
            actor=actor,
            now=now,
            phone=phone,
            message_id=asked_by if by_keyword else None,
        )
    return asked_by is not None or not by_link


def _open_care(
    patient: Patient, clinician: Clinician, request: EnrollmentRequest, *, actor: Actor, now: datetime
) -> Episode:
    today = local_date(now, zone_named(patient.time_zone))
    evaluated_on = request.evaluated_on or today
    episode = registration.open_episode(
        patient,
        clinician=clinician,
        condition=request.condition,
        side=request.side,
        starts_on=evaluated_on,
        surgery_on=request.surgery_on,
        actor=actor,
        now=now,
    )
    plan_from = request.plan_from or evaluated_on
    registration.record_plan_of_care(
        episode,
        starts_on=plan_from,
        ends_on=request.plan_until or plan_from + timedelta(days=_PLAN_DAYS - 1),
        names_rtm=request.names_rtm,
        actor=actor,
        now=now,
    )
    registration.begin_monitoring(episode, starts_on=today, actor=actor, now=now)
    return episode


def start_plan(
    episode: Episode,
    *,
    phone: Phone,
    actor: Actor,
    now: datetime,
    send_at: time | None,
    protocol: AdoptedProtocol | None = None,
) -> Plan:
    """Start and return an episode's check-ins from tomorrow on; DomainError without a number to send from.

    Without an hour they come at nine, or as soon after as the hours of practice and state let texts go.
    """
    practice = Practice.objects.get(pk=episode.practice_id)
    sender = shared_phones.sender_for(phone)
    if sender is None:
        raise DomainError(
            "This practice has no number to text from yet: ask your administrator to set one up."
        )
    today = local_date(now, zone_named(phone.patient.time_zone))
    send_at = send_at or fitting_hour(practice, USUAL_HOUR, today=today)
    _check_hour(practice, send_at, today=today)
    with transaction.atomic():
        plan = Plan.objects.create(
            practice=practice,
            episode=episode,
            protocol=protocol
            or protocols.adopt_for(practice, condition=episode.condition, actor=actor, now=now),
            phone=phone,
            sender=sender,
            send_at=send_at,
            time_zone=phone.patient.time_zone,
            starts_on=today + timedelta(days=1),
        )
        audit.record(
            "plan.started",
            actor=actor,
            subject_type="plan",
            subject_id=plan.pk,
            now=now,
            practice_id=practice.pk,
            patient_id=episode.patient_id,
        )
        work.ring(practice.pk, work.Queue.PLAN, at=now)
    return plan


def _check_hour(practice: Practice, send_at: time, *, today: date) -> None:
    """Refuse an hour at which somebody would not be asked: the rule is that of the moment of sending."""
    span = asking_span_of(practice, today=today)
    if span.opens <= send_at < span.closes:
        return
    narrower = span.opens > practice.texts_from or span.closes < practice.texts_until
    besides = f" Texts in {state_name(practice.state)} keep to the state's hours too." if narrower else ""
    raise DomainError(
        f"Choose an hour between {span.opens:%H:%M} and {span.closes:%H:%M}.{besides}", field="send_at"
    )


def welcome(plan: Plan, *, patient: Patient, now: datetime) -> None:
    """Queue the first text to a plan's number, inside the texting hours; a caregiver gets one of their own."""
    practice = Practice.objects.get(pk=plan.practice_id)
    slot = slot_for(practice, zone=patient.time_zone, now=now)
    by_caregiver = plan.phone.holder == Phone.Holder.CAREGIVER
    chosen = wording_choice.welcoming(by_caregiver=by_caregiver)
    rendered = wording.render(chosen, patient.language, practice=practice.text_name)
    texts.queue_text(
        texts.Draft(
            kind=OutboundMessage.Kind.WELCOME,
            body=rendered.text,
            template=f"{rendered.template}@{rendered.version}",
            language=patient.language,
        ),
        line=texts.Line(phone=plan.phone, sender=plan.sender, episode=plan.episode),
        not_before=max(now, slot.opens_at),
        not_after=slot.closes_at,
        now=now,
    )


def discharge(episode: Episode, *, ends_on: date, reason: str, actor: Actor, now: datetime) -> None:
    """End an episode: its plan, its open check-ins and its waiting texts end with it."""
    with transaction.atomic():
        registration.discharge(episode, ends_on=ends_on, reason=reason, actor=actor, now=now)
        # Before the texts are taken back: these end with the episode, not for want of a text.
        CheckIn.objects.waiting().filter(practice_id=episode.practice_id, episode=episode).update(
            state=CheckIn.State.CLOSED, closed_reason=CheckIn.Closed.ENDED
        )
        for plan in Plan.objects.filter(practice_id=episode.practice_id, episode=episode, ends_on=None):
            plan.ends_on = max(ends_on, plan.starts_on)
            plan.save(update_fields=["ends_on"])
            outbox.drop_waiting(
                episode.practice_id,
                phone_id=plan.phone_id,
                episode_id=episode.pk,
                reason="discharged",
                now=now,
            )
