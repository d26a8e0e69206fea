"""Words that were asked back about and never explained: a person reads them when their check-in ends."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, Subquery

from checkins.models import Alert, Correction, ReplyReading
from checkins.replies.reading import FollowUp
from checkins.services import alerts


def hand_over(practice_id: UUID, check_ins: Iterable[UUID], *, now: datetime) -> None:
    """Open an alert for the last unread text of each check-in that closed without any answer.

    A text that a person corrected has been read; what they read in it is an answer.
    """
    latest: dict[UUID | None, ReplyReading] = {}
    answered: set[UUID | None] = set()
    corrections = Correction.objects.filter(practice_id=practice_id, message_id=OuterRef("message_id"))
    readings = ReplyReading.objects.filter(practice_id=practice_id, check_in__in=list(check_ins)).annotate(
        corrected=Subquery(corrections.order_by("-recorded_at", "-id").values("answers")[:1])
    )
    for each in readings.select_related("message", "check_in__episode__patient").order_by(
        "message__occurred_at"
    ):
        if each.answers if each.corrected is None else each.corrected:
            answered.add(each.check_in_id)
        elif each.corrected is None and each.follow_up == FollowUp.CLARIFY:
            latest[each.check_in_id] = each
    for check_in_id, last in latest.items():
        if last.check_in is None or check_in_id in answered:
            continue
        alerts.open_alert(
            last.check_in.episode.patient,
            kind=Alert.Kind.UNCLEAR,
            level=Alert.Level.REVIEW,
            now=now,
            episode=last.check_in.episode,
            message=last.message,
        )
