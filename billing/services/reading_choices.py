"""Choosing how a disputed rule is read, dated and signed; where a payer's policy has a place for it, it decides."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from billing.disputed_readings import LIVE_CONTACTS, dispute_named
from billing.models import PayerPolicy, ReadingChoice
from billing.services.coverages import settle_payer_policy
from billing.services.given_values import require
from networks import audit
from networks.actors import Actor
from networks.errors import DomainError
from networks.models import Payer, Practice, User


def choose_reading(
    practice_id: UUID,
    *,
    dispute: str,
    way: str,
    starts_on: date,
    source: str,
    approved_by: User,
    actor: Actor,
    now: datetime,
    payer: Payer | None = None,
) -> ReadingChoice:
    """Record and return how a practice, or one payer of it, reads a rule from a date on.

    A payer's live contacts are settled as its policy too, and decide lines; Conflict when that date has one.
    DomainError for an unknown reading, and for live contacts without a payer.
    """
    _check(dispute=dispute, way=way, source=source, payer=payer)
    practice = Practice.objects.get(pk=practice_id)
    choice = ReadingChoice(
        practice=practice,
        dispute=dispute,
        way=way,
        payer=payer,
        starts_on=starts_on,
        source=source.strip(),
        approved_by=approved_by,
        occurred_at=now,
        recorded_at=now,
    )
    with transaction.atomic():
        choice.save(force_insert=True)
        if dispute == LIVE_CONTACTS and payer is not None:
            settle_payer_policy(
                practice,
                payer=payer,
                live_contact_rule=way,
                starts_on=starts_on,
                source=source,
                approved_by=approved_by,
                actor=actor,
                now=now,
                covered_codes=_codes_before(practice, payer=payer, day=starts_on),
            )
        _record(choice, actor=actor, now=now)
    return choice


def _record(choice: ReadingChoice, *, actor: Actor, now: datetime) -> None:
    audit.record(
        "reading.chosen",
        actor=actor,
        subject_type="reading_choice",
        subject_id=choice.pk,
        now=now,
        practice_id=choice.practice_id,
        details={"question": choice.dispute, "reading": choice.way},
    )


def _check(*, dispute: str, way: str, source: str, payer: Payer | None) -> None:
    asked = dispute_named(dispute)
    if asked is None or asked.way(way) is None:
        raise DomainError("Choose one of the readings.", field="way")
    require(source, "Say where this was read, or who decided it and why.", field="source", longest=200)
    if dispute == LIVE_CONTACTS and payer is None:
        raise DomainError("Choose the payer: live contacts are counted as each payer wants.", field="payer")


def _codes_before(practice: Practice, *, payer: Payer, day: date) -> list[str] | None:
    """The payer's list of codes as it stood before: another reading of contacts does not widen it."""
    rows = PayerPolicy.objects.filter(practice=practice, payer=payer, starts_on__lt=day)
    return rows.order_by("-starts_on").values_list("covered_codes", flat=True).first()
