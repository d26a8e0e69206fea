"""Taking a patient in: who they are, how to reach them, what they are treated for."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from networks import audit
from networks.actors import Actor
from networks.encryption import blind_index
from networks.errors import Conflict, DomainError
from networks.local_days import UnknownZoneError, local_date, zone_named
from networks.models import Clinician, Practice
from patients import phones
from patients.models import Enrollment, Episode, Language, Patient, Phone, PlanOfCare

_LONGEST_PLAN_DAYS = 90  # 42 CFR 424.24(c): a plan of care is certified for at most 90 days at a time


@dataclass(frozen=True)
class PatientDetails:
    """What is written down about a patient; the zone is fixed for the episode."""

    given_name: str
    family_name: str
    language: str
    time_zone: str
    record_number: str = ""
    birth_date: date | None = None


def register_patient(practice: Practice, *, details: PatientDetails, actor: Actor, now: datetime) -> Patient:
    """Register and return a patient of a practice; DomainError names the field that does not fit."""
    zone = _checked(details, now=now)
    with transaction.atomic():
        if (
            details.record_number
            and Patient.objects.filter(practice=practice, record_number=details.record_number).exists()
        ):
            raise Conflict("A patient with this record number is registered already.", field="record_number")
        patient = Patient.objects.create(
            practice=practice,
            given_name=details.given_name.strip(),
            family_name=details.family_name.strip(),
            language=details.language,
            time_zone=zone.key,
            record_number=details.record_number,
            birth_date=details.birth_date,
            created_at=now,
        )
        _record("patient.registered", patient=patient, subject=patient, actor=actor, now=now)
    return patient


def _checked(details: PatientDetails, *, now: datetime) -> ZoneInfo:
    for field, value, label in (
        ("given_name", details.given_name, "first name"),
        ("family_name", details.family_name, "last name"),
    ):
        if not value.strip():
            raise DomainError(f"Write the {label}.", field=field)
        if len(value) > 80:
            raise DomainError(f"The {label} is longer than 80 letters: shorten it.", field=field)
        if "\x00" in value:
            raise DomainError(
                f"The {label} holds a character that cannot be stored: type it again.", field=field
            )
    if details.language not in Language.values:
        raise DomainError("Choose English or Spanish for the texts.", field="language")
    try:
        zone = zone_named(details.time_zone)
    except UnknownZoneError:
        raise DomainError("Choose the patient's time zone from the list.", field="time_zone") from None
    if details.birth_date is not None and details.birth_date > local_date(now, zone):
        raise DomainError("The birth date lies in the future: check the year.", field="birth_date")
    return zone


def add_phone(
    patient: Patient,
    *,
    typed: str,
    actor: Actor,
    now: datetime,
    holder: str = Phone.Holder.PATIENT,
    relationship: str = "",
    line: UUID | None = None,
) -> Phone:
    """Add and return a mobile number of a patient; Conflict when another patient here has it.

    With `line`, the sender that tells two patients at one mobile apart, only when somebody has it there.
    """
    number = phones.normalize(typed)
    index = blind_index(number)
    with transaction.atomic():
        taken = Phone.objects.filter(practice_id=patient.practice_id, number_index=index).exclude(
            state=Phone.State.REPLACED
        )
        if taken.exists() and (line is None or taken.filter(line=line).exists()):
            raise Conflict(
                "Another patient of this practice has that number. For a shared phone, ask your administrator "
                "for a second sending number.",
                field="mobile",
            )
        phone = Phone.objects.create(
            practice_id=patient.practice_id,
            patient=patient,
            number=number,
            number_index=index,
            last_four=number[-4:],
            holder=holder,
            relationship=relationship,
            line=line,
            added_at=now,
        )
        _record("phone.added", patient=patient, subject=phone, actor=actor, now=now)
    return phone


def open_episode(
    patient: Patient,
    *,
    clinician: Clinician,
    condition: str,
    side: str,
    starts_on: date,
    actor: Actor,
    now: datetime,
    discipline: str = Episode.Discipline.PT,
    surgery_on: date | None = None,
) -> Episode:
    """Open and return an episode of care; DomainError where the dates are out of order."""
    today = local_date(now, zone_named(patient.time_zone))
    if patient.birth_date and starts_on < patient.birth_date:
        raise DomainError("The evaluation lies before the birth date: check both.", field="starts_on")
    if starts_on > today:
        raise DomainError("The evaluation lies in the future: monitoring starts after it.", field="starts_on")
    with transaction.atomic():
        episode = Episode.objects.create(
            practice_id=patient.practice_id,
            patient=patient,
            clinician=clinician,
            discipline=discipline,
            condition=condition,
            side=side,
            starts_on=starts_on,
            surgery_on=surgery_on,
        )
        _record("episode.opened", patient=patient, subject=episode, actor=actor, now=now)
    return episode


def record_plan_of_care(
    episode: Episode,
    *,
    starts_on: date,
    ends_on: date | None,
    names_rtm: bool,
    actor: Actor,
    now: datetime,
    goal: str = "",
    certified_on: date | None = None,
) -> PlanOfCare:
    """Record and return a certified span of the plan of care, at most 90 days (42 CFR 424.24(c), 2024)."""
    if ends_on is not None and ends_on < starts_on:
        raise DomainError("The plan of care ends before it starts: check both dates.", field="ends_on")
    if ends_on is not None and (ends_on - starts_on).days + 1 > _LONGEST_PLAN_DAYS:
        raise DomainError(
            "A plan of care is certified for at most 90 days: add a second span.", field="ends_on"
        )
    with transaction.atomic():
        plan = PlanOfCare.objects.create(
            practice_id=episode.practice_id,
            episode=episode,
            starts_on=starts_on,
            ends_on=ends_on,
            names_rtm=names_rtm,
            goal=goal,
            certified_on=certified_on,
        )
        _record("plan_of_care.recorded", patient=episode.patient, subject=plan, actor=actor, now=now)
    return plan


def begin_monitoring(episode: Episode, *, starts_on: date, actor: Actor, now: datetime) -> Enrollment:
    """Begin and return the episode's spell inside monitoring; Conflict when one runs already."""
    with transaction.atomic():
        if Enrollment.objects.filter(episode=episode, ends_on=None).exists():
            raise Conflict("This episode is monitored already.")
        enrollment = Enrollment.objects.create(
            practice_id=episode.practice_id, episode=episode, starts_on=starts_on
        )
        _record("monitoring.began", patient=episode.patient, subject=enrollment, actor=actor, now=now)
    return enrollment


def discharge(episode: Episode, *, ends_on: date, reason: str, actor: Actor, now: datetime) -> None:
    """End an episode and its monitoring on a date; DomainError when that lies before its start."""
    if ends_on < episode.starts_on:
        raise DomainError("The discharge lies before the evaluation: check the date.", field="ends_on")
    with transaction.atomic():
        episode.ends_on = ends_on
        episode.end_reason = reason
        episode.save(update_fields=["ends_on", "end_reason"])
        Enrollment.objects.filter(episode=episode, ends_on=None).update(
            ends_on=max(ends_on, episode.starts_on), end_reason="discharged"
        )
        _record("episode.ended", patient=episode.patient, subject=episode, actor=actor, now=now)


def _record(
    action: str,
    *,
    patient: Patient,
    subject: Patient | Phone | Episode | PlanOfCare | Enrollment,
    actor: Actor,
    now: datetime,
) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type=subject._meta.model_name or "",
        subject_id=subject.pk,
        now=now,
        practice_id=patient.practice_id,
        patient_id=patient.pk,
    )
