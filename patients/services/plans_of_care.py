"""A plan of care after it was recorded: certified by the physician, or taken back by a new row."""

from datetime import date, datetime

from django.db import transaction

from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.local_days import local_date, zone_named
from patients.models import Episode, PlanOfCare


def certify(plan: PlanOfCare, *, certified_on: date, actor: Actor, now: datetime) -> None:
    """Note the date on which a span was certified; Conflict when it has one, DomainError for a later date."""
    if certified_on > local_date(now, zone_named(plan.episode.patient.time_zone)):
        raise DomainError("The certification lies in the future: check the date.", field="certified_on")
    with transaction.atomic():
        _take_turn(plan)
        held = PlanOfCare.objects.get(practice_id=plan.practice_id, pk=plan.pk)
        if held.certified_on is not None:
            raise Conflict("This span has its certification date already.", field="certified_on")
        _refuse_taken_back(plan)
        held.certified_on = certified_on
        held.save(update_fields=["certified_on"])
        _record("plan_of_care.certified", plan, actor=actor, now=now)


def take_back(plan: PlanOfCare, *, reason: str, actor: Actor, now: datetime) -> PlanOfCare:
    """Take a span back by a new row that names it, and return that row; Conflict when it was done before."""
    if not reason.strip():
        raise DomainError("Say in a few words why this is taken back.", field="reason")
    if len(reason) > 200 or "\x00" in reason:
        raise DomainError("Shorten the reason to 200 plain letters.", field="reason")
    with transaction.atomic():
        _take_turn(plan)
        _refuse_taken_back(plan)
        row = PlanOfCare.objects.create(
            practice_id=plan.practice_id,
            episode_id=plan.episode_id,
            starts_on=plan.starts_on,
            ends_on=plan.ends_on,
            names_rtm=plan.names_rtm,
            goal=plan.goal,
            certified_on=plan.certified_on,
            voids=plan,
            reason=reason.strip(),
        )
        _record("plan_of_care.voided", row, actor=actor, now=now)
    return row


def _take_turn(plan: PlanOfCare) -> None:
    """Let two clicks at once follow one another."""
    Episode.objects.select_for_update(no_key=True).get(practice_id=plan.practice_id, pk=plan.episode_id)


def _refuse_taken_back(plan: PlanOfCare) -> None:
    if plan.voids_id is not None:
        raise DomainError("This line takes another one back: record the plan anew instead.")
    if PlanOfCare.objects.filter(practice_id=plan.practice_id, voids=plan).exists():
        raise Conflict("This span was taken back already.")


def _record(action: str, plan: PlanOfCare, *, actor: Actor, now: datetime) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="planofcare",
        subject_id=plan.pk,
        now=now,
        practice_id=plan.practice_id,
        patient_id=plan.episode.patient_id,
        details={"voids": str(plan.voids_id)} if plan.voids_id else {},
    )
