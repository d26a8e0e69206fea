"""Records of a patient's care as the desk keeps them: each written by its own service, and billing told."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from billing.models import Attestation, Exclusion, SetUp
from billing.services.given_values import fits, require
from checkins.services import enrollment
from checkins.services.touching import touch
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.local_days import local_date, zone_named
from networks.models import User
from patients.models import Episode, PlanOfCare
from patients.services import plans_of_care, registration


def add_plan(
    episode: Episode,
    *,
    starts_on: date,
    ends_on: date,
    names_rtm: bool,
    goal: str,
    certified_on: date | None,
    actor: Actor,
    now: datetime,
) -> PlanOfCare:
    """Add a span to the plan of care and return it; DomainError for dates that cannot be."""
    if starts_on < episode.starts_on:
        raise DomainError("The plan of care lies before the evaluation: check the date.", field="starts_on")
    if certified_on is not None and certified_on > _today(episode, now):
        raise DomainError("The certification lies in the future: check the date.", field="certified_on")
    fits(goal, field="goal", longest=200)
    with transaction.atomic():
        _take_turn(episode)
        same = PlanOfCare.objects.standing().filter(
            practice_id=episode.practice_id, episode=episode, starts_on=starts_on, ends_on=ends_on
        )
        if same.exists():
            raise Conflict("This span is recorded already.", field="starts_on")
        plan = registration.record_plan_of_care(
            episode,
            starts_on=starts_on,
            ends_on=ends_on,
            names_rtm=names_rtm,
            goal=goal.strip(),
            certified_on=certified_on,
            actor=actor,
            now=now,
        )
        touch([episode.pk], practice_id=episode.practice_id, now=now)
    return plan


def certify_plan(plan: PlanOfCare, *, certified_on: date, actor: Actor, now: datetime) -> None:
    """Note when a span of the plan of care was certified."""
    with transaction.atomic():
        plans_of_care.certify(plan, certified_on=certified_on, actor=actor, now=now)
        touch([plan.episode_id], practice_id=plan.practice_id, now=now)


def take_plan_back(plan: PlanOfCare, *, reason: str, actor: Actor, now: datetime) -> PlanOfCare:
    """Take a span of the plan of care back by a new row, which is returned."""
    with transaction.atomic():
        row = plans_of_care.take_back(plan, reason=reason, actor=actor, now=now)
        touch([plan.episode_id], practice_id=plan.practice_id, now=now)
    return row


def take_exclusion_back(exclusion: Exclusion, *, reason: str, actor: Actor, now: datetime) -> Exclusion:
    """Take an exclusion back by a new row, which is returned; Conflict when it was done before."""
    require(reason, "Say in a few words why this is taken back.", field="reason", longest=200)
    if exclusion.voids_id is not None:
        raise DomainError("This line takes another one back: record the exclusion anew instead.")
    with transaction.atomic():
        _take_turn(exclusion.episode)
        if Exclusion.objects.filter(practice_id=exclusion.practice_id, voids=exclusion).exists():
            raise Conflict("This exclusion was taken back already.")
        row = Exclusion.objects.create(
            practice_id=exclusion.practice_id,
            episode_id=exclusion.episode_id,
            kind=exclusion.kind,
            starts_on=exclusion.starts_on,
            ends_on=exclusion.ends_on,
            source=exclusion.source,
            voids=exclusion,
            reason=reason.strip(),
        )
        _record("exclusion.voided", row.pk, "exclusion", episode=exclusion.episode, actor=actor, now=now)
        touch([exclusion.episode_id], practice_id=exclusion.practice_id, now=now)
    return row


def attest(
    episode: Episode,
    *,
    said_on: date,
    source: str,
    no_other_monitoring: bool,
    no_home_health: bool,
    by: User,
    actor: Actor,
    now: datetime,
) -> Attestation:
    """Record and return what somebody said about other services; DomainError when nothing was ruled out."""
    if source not in Attestation.Source.values:
        raise DomainError("Choose who said so.", field="source")
    if said_on > _today(episode, now):
        raise DomainError("The date lies in the future: check it.", field="said_on")
    if said_on < episode.starts_on:
        raise DomainError("The date lies before the evaluation: check it.", field="said_on")
    if not (no_other_monitoring or no_home_health):
        raise DomainError(
            "Tick what was ruled out. What was not is recorded as an exclusion with its dates.",
            field="no_other_monitoring",
        )
    with transaction.atomic():
        stated = Attestation(
            practice_id=episode.practice_id,
            episode=episode,
            said_on=said_on,
            source=source,
            no_other_monitoring=no_other_monitoring,
            no_home_health=no_home_health,
            by=by,
            occurred_at=now,
            recorded_at=now,
        )
        stated.save(force_insert=True)
        _record("attestation.recorded", stated.pk, "attestation", episode=episode, actor=actor, now=now)
    return stated


def discharge(episode: Episode, *, ends_on: date, reason: str, actor: Actor, now: datetime) -> None:
    """End an episode with its check-ins; Conflict when it has ended, DomainError for a later date."""
    require(reason, "Say in a few words why care ends.", field="reason", longest=40)
    if ends_on > _today(episode, now):
        raise DomainError("The discharge lies in the future: record it once it happened.", field="ends_on")
    with transaction.atomic():
        held = _take_turn(episode)
        if held.ends_on is not None:
            raise Conflict("This episode has ended already.", field="ends_on")
        taught = SetUp.objects.standing().filter(practice_id=episode.practice_id, episode=episode).first()
        if taught is not None and ends_on < taught.completed_on:
            raise DomainError("The discharge lies before the set-up: check the date.", field="ends_on")
        enrollment.discharge(held, ends_on=ends_on, reason=reason.strip(), actor=actor, now=now)
        touch([episode.pk], practice_id=episode.practice_id, now=now)


def _today(episode: Episode, now: datetime) -> date:
    return local_date(now, zone_named(episode.patient.time_zone))


def _take_turn(episode: Episode) -> Episode:
    """Let two clicks at once follow one another, and return the episode as it stands then."""
    return Episode.objects.select_for_update(no_key=True).get(practice_id=episode.practice_id, pk=episode.pk)


def _record(
    action: str, subject_id: UUID, subject_type: str, *, episode: Episode, actor: Actor, now: datetime
) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type=subject_type,
        subject_id=subject_id,
        now=now,
        practice_id=episode.practice_id,
        patient_id=episode.patient_id,
    )
