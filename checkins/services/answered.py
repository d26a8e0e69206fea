"""Which questions of a check-in earlier texts have answered, as it was known when a text came."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from checkins.models import CheckIn, Correction, InboundRow, OutboundMessage, SendAttempt
from networks.local_days import local_date, zone_named
from patients.models import Phone


@dataclass(frozen=True)
class Answered:
    """What counts for one item, the text that answered it and when that text came."""

    message_id: UUID
    value: object
    at: datetime


def still_open(row: InboundRow, check_in: CheckIn | None) -> list[str]:
    """Return the check-in's questions that no earlier text has answered; a free note answers none."""
    if check_in is None or row.message.is_note:
        return []
    answered = _answered(row, check_in)
    named = row.message.answers_only
    return [item for item in check_in.items if item not in answered and named in ("", item)]


def answered_today(row: InboundRow, check_in: CheckIn, *, zone: str) -> dict[str, Answered]:
    """Return what answered each item on the day of this text; what a person corrected before it was read is theirs.

    What earlier texts put right counts; what this one puts right is written when it is read, and so does not.
    """
    own = zone_named(zone)
    corrections = Correction.objects.filter(practice_id=row.practice_id, message_id=OuterRef("message_id"))
    by_staff = corrections.filter(by__isnull=False)
    before = corrections.filter(by__isnull=True).order_by("-recorded_at", "-id")
    if row.finished_at is not None:
        by_staff = by_staff.filter(recorded_at__lte=row.finished_at)
        before = before.filter(recorded_at__lt=row.finished_at)
    earlier = (
        check_in.readings.filter(practice_id=row.practice_id, message__row__received_at__lte=row.received_at)
        .exclude(message_id=row.message_id)
        .filter(~Exists(by_staff))
        .annotate(corrected=Subquery(before.values("answers")[:1]))
        .order_by("message__row__received_at", "message_id")
        .values_list("message_id", "answers", "corrected", "message__row__received_at")
    )
    today = local_date(row.received_at, own)
    return {
        item: Answered(text, value, at)
        for text, read, corrected, at in earlier
        if local_date(at, own) == today
        for item, value in (read if corrected is None else corrected).items()
    }


def others_asked_since(row: InboundRow, phone: Phone, *, since: datetime) -> bool:
    """Return whether staff wrote, or we asked about a stop, between `since` and this text: it may answer that."""
    return SendAttempt.objects.filter(
        practice_id=row.practice_id,
        message__phone=phone,
        message__kind__in=[OutboundMessage.Kind.STAFF, OutboundMessage.Kind.STOP_QUESTION],
        occurred_at__gte=since,
        occurred_at__lte=row.received_at,
    ).exists()


def _answered(row: InboundRow, check_in: CheckIn) -> set[str]:
    """Return what earlier texts answered, as it was known when this one came: corrections made by then count.

    A later correction does not change what a text was understood to answer.
    """
    corrections = Correction.objects.filter(
        practice_id=row.practice_id, message_id=OuterRef("message_id"), recorded_at__lte=row.received_at
    ).order_by("-recorded_at", "-id")
    earlier = (
        check_in.readings.filter(practice_id=row.practice_id, message__row__received_at__lte=row.received_at)
        .exclude(message_id=row.message_id)
        .annotate(corrected=Subquery(corrections.values("answers")[:1]))
    )
    found = earlier.values_list("answers", "corrected")
    return {item for read, correction in found for item in (read if correction is None else correction)}
