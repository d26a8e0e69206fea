"""Which questions of a check-in earlier texts have answered, as it was known when a text came."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Subquery

from checkins.models import CheckIn, Correction, InboundRow
from networks.local_days import local_date, zone_named


def still_open(row: InboundRow, check_in: CheckIn | None) -> list[str]:
    """Return the check-in's questions that no earlier text has answered; a free note answers none."""
    if check_in is None or row.message.is_note:
        return []
    answered = _answered(row, check_in)
    named = row.message.answers_only
    return [item for item in check_in.items if item not in answered and named in ("", item)]


def answered_today(row: InboundRow, check_in: CheckIn, *, zone: str) -> dict[str, UUID]:
    """Return the text that answered each item on the day of this one; what a person corrected by then is theirs."""
    own = zone_named(zone)
    by_staff = Correction.objects.filter(
        practice_id=row.practice_id,
        message_id=OuterRef("message_id"),
        by__isnull=False,
        recorded_at__lte=row.received_at,
    )
    earlier = (
        check_in.readings.filter(practice_id=row.practice_id, message__row__received_at__lte=row.received_at)
        .exclude(message_id=row.message_id)
        .filter(~Exists(by_staff))
        .order_by("message__row__received_at", "message_id")
        .values_list("message_id", "answers", "message__row__received_at")
    )
    today = local_date(row.received_at, own)
    return {item: text for text, answers, at in earlier if local_date(at, own) == today for item in answers}


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
