"""Choosing how a disputed rule is read, dated and signed; where a payer's policy has a place for it, it decides."""

from datetime import date, datetime

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
    practice: Practice,
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
    asked = dispute_named(dispute)
    if asked is None or asked.way(way) is None:
        raise DomainError("Choose one of the readings.", field="way")
    require(source, "Say where this was read, or who decided it and why.", field="source", longest=200)
    if dispute == LIVE_CONTACTS and payer is None:
        raise DomainError("Choose the payer: live contacts are counted as each payer wants.", field="payer")
    with transaction.atomic():
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
        choice.save(force_insert=True)
        audit.record(
            "reading.chosen",
            actor=actor,
            subject_type="reading_choice",
            subject_id=choice.pk,
            now=now,
            practice_id=practice.pk,
            details={"question": dispute, "reading": way},
        )
    return choice


def _codes_before(practice: Practice, *, payer: Payer, day: date) -> list[str] | None:
    """The payer's list of codes as it stood before: another reading of contacts does not widen it."""
    rows = PayerPolicy.objects.filter(practice=practice, payer=payer, starts_on__lt=day)
    return rows.order_by("-starts_on").values_list("covered_codes", flat=True).first()
