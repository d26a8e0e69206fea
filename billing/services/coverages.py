"""What payers cover and how they want it billed, recorded with evidence; unknown means not covered."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from billing.code_set import CODES
from billing.models import Coverage, PayerPolicy
from billing.services.given_values import fits, in_order, require
from billing.services.standing import DAY
from checkins.services.touching import touch
from networks import audit
from networks.actors import Actor
from networks.errors import Conflict, DomainError
from networks.local_days import local_date, zone_named
from networks.models import Payer, Practice, User
from patients.models import Episode, Patient

_NEEDS_EVIDENCE = (Coverage.Status.COVERED, Coverage.Status.PRIOR_AUTH)


def record_coverage(
    patient: Patient,
    *,
    payer: Payer,
    status: str,
    starts_on: date,
    actor: Actor,
    now: datetime,
    ends_on: date | None = None,
    covered_from: date | None = None,
    evidence: str = "",
    checked_on: date | None = None,
    member_id: str = "",
    authorization_number: str = "",
) -> Coverage:
    """Record and return what a patient's payer was found to cover; another payer's open coverage ends before it.

    A payer's member number is kept from entry to entry: nobody types it again at each look-up. DomainError for
    dates out of order, for coverage without evidence, for an authorization without its date.
    """
    _check_coverage(
        status=status, starts_on=starts_on, ends_on=ends_on, covered_from=covered_from, evidence=evidence
    )
    if checked_on is not None and checked_on > local_date(now, zone_named(patient.practice.time_zone)):
        raise DomainError(
            "The check lies in the future: enter the date on which it was made.", field="checked_on"
        )
    fits(member_id, field="member_id", longest=40)
    fits(authorization_number, field="authorization_number", longest=50)
    with transaction.atomic():
        replaced = _end_others(patient, payer=payer, before=starts_on)
        coverage = Coverage.objects.create(
            practice_id=patient.practice_id,
            patient=patient,
            payer=payer,
            status=status,
            covered_from=covered_from,
            starts_on=starts_on,
            ends_on=ends_on,
            evidence=evidence.strip(),
            checked_on=checked_on,
            member_id=member_id.strip() or _known_member_id(patient, payer=payer),
            authorization_number=authorization_number.strip(),
            recorded_at=now,
        )
        _about_coverage("coverage.recorded", coverage, replaced=replaced, actor=actor, now=now)
    return coverage


def end_coverage(coverage: Coverage, *, ends_on: date, actor: Actor, now: datetime) -> None:
    """Set the last date of a coverage; DomainError when that lies before its first."""
    in_order(coverage.starts_on, ends_on)
    with transaction.atomic():
        coverage.ends_on = ends_on
        coverage.save(update_fields=["ends_on"])
        _about_coverage("coverage.ended", coverage, replaced=[], actor=actor, now=now)


def settle_payer_policy(
    practice: Practice,
    *,
    payer: Payer,
    live_contact_rule: str,
    starts_on: date,
    source: str,
    approved_by: User,
    actor: Actor,
    now: datetime,
    covered_codes: list[str] | None = None,
) -> PayerPolicy:
    """Settle and return how a payer wants RTM billed from a date on; Conflict when that date has a policy.

    `covered_codes` None means every code of the rule set; DomainError for a code that does not exist.
    """
    if live_contact_rule not in PayerPolicy.LiveContactRule.values:
        raise DomainError("Choose how many live contacts the payer wants.", field="live_contact_rule")
    require(source, "Say where the payer's policy was read.", field="source", longest=200)
    unknown = sorted(set(covered_codes or ()) - {each.code for each in CODES})
    if unknown:
        raise DomainError(f"No such RTM code: {', '.join(unknown)}.", field="covered_codes")
    with transaction.atomic():
        held = PayerPolicy.objects.filter(practice=practice, payer=payer, starts_on=starts_on)
        if held.exists():
            raise Conflict("A policy of this payer from that date is settled already.", field="starts_on")
        policy = PayerPolicy.objects.create(
            practice=practice,
            payer=payer,
            live_contact_rule=live_contact_rule,
            covered_codes=None if covered_codes is None else sorted(set(covered_codes)),
            starts_on=starts_on,
            source=source.strip(),
            approved_by=approved_by,
        )
        audit.record(
            "payer_policy.settled",
            actor=actor,
            subject_type="payer_policy",
            subject_id=policy.pk,
            now=now,
            practice_id=practice.pk,
            details={"payer": str(payer.pk)},
        )
        covered = Coverage.objects.filter(practice=practice, payer=payer).values_list("patient_id", flat=True)
        _touch_patients(covered, practice_id=practice.pk, now=now)
    return policy


def _check_coverage(
    *, status: str, starts_on: date, ends_on: date | None, covered_from: date | None, evidence: str
) -> None:
    if status not in Coverage.Status.values:
        raise DomainError("Choose what is known of the coverage.", field="status")
    in_order(starts_on, ends_on)
    if covered_from is not None and ends_on is not None and covered_from > ends_on:
        raise DomainError("Coverage begins after it ends: check both dates.", field="covered_from")
    if status == Coverage.Status.PRIOR_AUTH and covered_from is None:
        raise DomainError("Enter the date from which the authorization holds.", field="covered_from")
    if status in _NEEDS_EVIDENCE:
        require(evidence, "Say where the coverage was found.", field="evidence", longest=300)


def _known_member_id(patient: Patient, *, payer: Payer) -> str | None:
    rows = Coverage.objects.filter(
        practice_id=patient.practice_id, patient=patient, payer=payer, member_id__isnull=False
    )
    found = rows.order_by("-recorded_at", "-pk").first()
    return found.member_id if found else None


def _end_others(patient: Patient, *, payer: Payer, before: date) -> list[UUID]:
    """End what other payers still cover the day before a date; one primary payer at a time."""
    standing = Coverage.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=before),
        practice_id=patient.practice_id,
        patient=patient,
        starts_on__lt=before,
    ).exclude(payer=payer)
    ended = list(standing.values_list("pk", flat=True))
    Coverage.objects.filter(practice_id=patient.practice_id, pk__in=ended).update(ends_on=before - DAY)
    return ended


def _about_coverage(
    action: str, coverage: Coverage, *, replaced: list[UUID], actor: Actor, now: datetime
) -> None:
    audit.record(
        action,
        actor=actor,
        subject_type="coverage",
        subject_id=coverage.pk,
        now=now,
        practice_id=coverage.practice_id,
        patient_id=coverage.patient_id,
        details={"payer": str(coverage.payer_id), "ended": [str(each) for each in replaced]},
    )
    _touch_patients([coverage.patient_id], practice_id=coverage.practice_id, now=now)


def _touch_patients(patient_ids: Iterable[UUID], *, practice_id: UUID, now: datetime) -> None:
    episodes = Episode.objects.filter(practice_id=practice_id, patient_id__in=patient_ids)
    touch(episodes.values_list("pk", flat=True), practice_id=practice_id, now=now)
