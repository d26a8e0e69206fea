"""Reaching a patient: texts stopped or allowed again, monitoring agreed or ended, another number."""

from dataclasses import dataclass
from datetime import datetime, time
from uuid import UUID

from django.db import transaction

from checkins.models import CheckIn, Plan
from checkins.services import enrollment, joining, outbox, shared_phones, stopping
from checkins.services.practice_hours import fitting_hour
from checkins.services.touching import touch
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.local_days import local_date, zone_named
from networks.models import Practice
from patients import phones
from patients.models import ConsentEvent, Episode, Patient, Phone
from patients.services import consents, registration


@dataclass(frozen=True)
class Said:
    """How, when and to whom a patient said something."""

    method: str
    occurred_at: datetime
    actor: Actor
    message_id: UUID | None = None
    language: str = ""


def stop_texts(phone: Phone, *, said: Said, now: datetime) -> ConsentEvent:
    """Stop all texts to a phone at once: consent withdrawn, open check-in closed, waiting texts taken back."""
    with transaction.atomic():
        event = consents.withdraw(
            phone.patient,
            kind=ConsentEvent.Kind.TEXTS,
            method=said.method,
            actor=said.actor,
            now=now,
            occurred_at=said.occurred_at,
            phone=phone,
            message_id=said.message_id,
            language=said.language,
        )
        stopping.end_texts(phone, reason="opted_out", now=now)
    return event


def allow_texts(phone: Phone, *, said: Said, now: datetime) -> ConsentEvent:
    """Record that texts may go to a phone again; Conflict while somebody must check the number."""
    if phone.state != Phone.State.ACTIVE:
        raise Conflict("This number is set aside: enter the right number first.", field="kind")
    return consents.give(
        phone.patient,
        kind=ConsentEvent.Kind.TEXTS,
        method=said.method,
        actor=said.actor,
        now=now,
        occurred_at=said.occurred_at,
        phone=phone,
        message_id=said.message_id,
        language=said.language,
    )


def end_monitoring(patient: Patient, *, said: Said, now: datetime) -> ConsentEvent:
    """Record that a patient does not want to be monitored: nothing is asked any more, what was said stays."""
    with transaction.atomic():
        event = consents.withdraw(
            patient,
            kind=ConsentEvent.Kind.MONITORING,
            method=said.method,
            actor=said.actor,
            now=now,
            occurred_at=said.occurred_at,
            language=said.language,
        )
        # Before the texts are taken back: these end with the monitoring, not for want of a text.
        CheckIn.objects.waiting().filter(practice_id=patient.practice_id, episode__patient=patient).update(
            state=CheckIn.State.CLOSED, closed_reason=CheckIn.Closed.ENDED
        )
        today = local_date(now, zone_named(patient.time_zone))
        plans = Plan.objects.filter(
            practice_id=patient.practice_id, episode__patient=patient, ends_on=None
        ).select_for_update(of=("self",))
        for plan in plans:
            plan.ends_on = max(today, plan.starts_on)
            plan.save(update_fields=["ends_on"])
            outbox.drop_waiting(patient.practice_id, phone_id=plan.phone_id, reason="no_consent", now=now)
        _touch(patient, now=now)
    return event


def resume_monitoring(patient: Patient, *, said: Said, now: datetime) -> ConsentEvent:
    """Record consent to monitoring and ask again from tomorrow on where an episode runs and nothing is planned."""
    with transaction.atomic():
        event = consents.give(
            patient,
            kind=ConsentEvent.Kind.MONITORING,
            method=said.method,
            actor=said.actor,
            now=now,
            occurred_at=said.occurred_at,
            language=said.language,
        )
        episode = (
            Episode.objects.filter(practice_id=patient.practice_id, patient=patient, ends_on=None)
            .order_by("-starts_on")
            .first()
        )
        phone = Phone.objects.filter(
            practice_id=patient.practice_id, patient=patient, state=Phone.State.ACTIVE
        ).first()
        if (
            episode
            and phone
            and not episode.plans.filter(practice_id=patient.practice_id, ends_on=None).exists()
        ):
            hour = _hour_of(episode, now=now)
            enrollment.start_plan(episode, phone=phone, actor=said.actor, now=now, send_at=hour)
        _touch(patient, now=now)
    return event


def _hour_of(episode: Episode, *, now: datetime) -> time:
    """Return the hour of the episode's last plan, moved where the hours have changed since."""
    earlier = episode.plans.filter(practice_id=episode.practice_id).order_by("-starts_on").first()
    wanted = earlier.send_at if earlier else enrollment.USUAL_HOUR
    today = local_date(now, zone_named(episode.patient.time_zone))
    return fitting_hour(Practice.objects.get(pk=episode.practice_id), wanted, today=today)


@dataclass(frozen=True)
class NewNumber:
    """A number as it was typed, and who holds it."""

    typed: str
    holder: str = Phone.Holder.PATIENT
    relationship: str = ""
    shares_phone: bool = False


def change_number(patient: Patient, *, number: NewNumber, said: Said, now: datetime) -> Phone:
    """Text another number from now on, with the holder's own consent; Conflict when another patient has it.

    The old number is never texted again; a text from it goes to a person.
    """
    with transaction.atomic():
        former = list(
            Phone.objects.select_for_update()
            .filter(practice_id=patient.practice_id, patient=patient)
            .exclude(state=Phone.State.REPLACED)
        )
        new = _kept(former, number) or _added(patient, former, number, said=said, now=now)
        consents.give(
            patient,
            kind=ConsentEvent.Kind.TEXTS,
            method=said.method,
            actor=said.actor,
            now=now,
            occurred_at=said.occurred_at,
            phone=new,
        )
        joining.fulfil_by_phone(new, actor=said.actor, now=now)
        for plan in Plan.objects.filter(
            practice_id=patient.practice_id, episode__patient=patient, ends_on=None
        ):
            plan.phone = new
            if new.line is not None:
                plan.sender_id = new.line
            plan.save(update_fields=["phone", "sender"])
            enrollment.welcome(plan, patient=patient, now=now)
        audit.record(
            "phone.replaced",
            actor=said.actor,
            subject_type="phone",
            subject_id=new.pk,
            now=now,
            practice_id=patient.practice_id,
            patient_id=patient.pk,
        )
    return new


def _kept(former: list[Phone], number: NewNumber) -> Phone | None:
    """Return a number that was set aside and turned out to be right, in use again."""
    for phone in former:
        if phone.number == phones.normalize(number.typed):
            if phone.state == Phone.State.ACTIVE:
                raise Conflict("This number is in use already.", field="mobile")
            phone.state, phone.holder = Phone.State.ACTIVE, number.holder
            phone.relationship = number.relationship.strip()
            phone.save(update_fields=["state", "holder", "relationship"])
            return phone
    return None


def _added(patient: Patient, former: list[Phone], number: NewNumber, *, said: Said, now: datetime) -> Phone:
    for phone in former:
        phone.state = Phone.State.REPLACED
        phone.save(update_fields=["state"])
        outbox.drop_waiting(patient.practice_id, phone_id=phone.pk, reason="number_changed", now=now)
    return registration.add_phone(
        patient,
        typed=number.typed,
        actor=said.actor,
        now=now,
        holder=number.holder,
        relationship=number.relationship.strip(),
        line=shared_phones.line_for(
            patient.practice_id, phones.normalize(number.typed), shares=number.shares_phone
        ),
    )


def change_consent(patient: Patient, *, kind: str, act: str, said: Said, now: datetime) -> str:
    """Record what a patient said about texts or monitoring and do what follows; return a sentence for staff."""
    given = act == ConsentEvent.Act.GIVEN
    if kind == ConsentEvent.Kind.MONITORING:
        (resume_monitoring if given else end_monitoring)(patient, said=said, now=now)
        return "Monitoring is agreed." if given else "Monitoring has ended: nothing is asked any more."
    phone = (
        Phone.objects.select_related("patient")
        .filter(practice_id=patient.practice_id, patient=patient)
        .exclude(state=Phone.State.REPLACED)
        .first()
    )
    if phone is None:
        raise DomainError("This patient has no number: enter one first.", field="kind")
    (allow_texts if given else stop_texts)(phone, said=said, now=now)
    return "Texts may go out again." if given else "The texts have stopped."


def _touch(patient: Patient, *, now: datetime) -> None:
    episodes = Episode.objects.filter(practice_id=patient.practice_id, patient=patient)
    touch(episodes.values_list("pk", flat=True), practice_id=patient.practice_id, now=now)
