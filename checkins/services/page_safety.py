"""What the one-tap page answers to danger in what was stored there: read for display only, nothing is written.

What the worker has read shows as the worker heard it; what still waits is read here by the same function.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import transaction

from checkins.models import InboundRow, ReplyReading
from checkins.replies.reading import Danger, Level
from checkins.services.fixed_replies import Occasion, reply_to_danger, worded
from checkins.services.page_answers import PageState, stored_start
from checkins.services.understanding import understand

logger = structlog.get_logger(__name__)
# A reply about danger is for the day itself: whoever finds the link later learns nothing from it.
_SHOWN_FOR = timedelta(hours=24)
_GRAVITY = {Level.L1.value: 0, Level.L2.value: 1}


@dataclass(frozen=True)
class _Sign:
    """A danger sign in one stored text, and whether the alert about it stands already."""

    row: InboundRow
    danger: str
    level: str
    is_told: bool


def safety_words(state: PageState, *, now: datetime) -> tuple[str, ...]:
    """Return the fixed replies to what was written or tapped on this page within a day, the gravest first.

    Call inside the practice's scope, after storing. A reply says that the practice was told only once it was.
    """
    check_in, practice = state.check_in, state.practice
    signs = sorted(_signs(state, now=now), key=lambda each: _GRAVITY.get(each.level, len(_GRAVITY)))
    shown: dict[str, str] = {}
    for sign in signs:
        template = reply_to_danger(practice.pk, danger=sign.danger, level=sign.level, now=now)
        if template is None or (template in shown and not sign.is_told):
            continue
        occasion = Occasion(sign.row, check_in.plan.phone.patient, check_in)
        shown[template] = worded(template, occasion, practice=practice, says_who_was_told=sign.is_told).text
    return tuple(shown.values())


def _signs(state: PageState, *, now: datetime) -> Iterator[_Sign]:
    rows = (
        InboundRow.objects.filter(
            practice_id=state.practice.pk,
            message__carrier_sid__startswith=stored_start(state.check_in),
            received_at__gt=now - _SHOWN_FOR,
        )
        .select_related("message__reading")
        .order_by("received_at", "message_id")
    )
    for row in rows:
        read: ReplyReading | None = getattr(row.message, "reading", None)
        sign = _heard(row, read) if read is not None else _read_now(state, row)
        if sign is not None:
            yield sign


def _heard(row: InboundRow, read: ReplyReading) -> _Sign | None:
    if not read.red_flag_level:
        return None
    # The reading, the alert and the text to the patient are written together.
    return _Sign(row, read.red_flag_class, read.red_flag_level, is_told=True)


def _read_now(state: PageState, row: InboundRow) -> _Sign | None:
    try:
        with transaction.atomic():
            flag = understand(
                row, row.message, state.check_in.plan.phone, check_in=state.check_in
            ).reading.red_flag
    except Exception:
        # Stored all the same, and a person gets to see it; until then the page takes it for the worst.
        logger.exception("page_words_not_read", practice_id=str(row.practice_id), row_id=str(row.pk))
        return _Sign(row, Danger.CARDIAC.value, Level.L1.value, is_told=False)
    return _Sign(row, flag.danger.value, flag.level.value, is_told=False) if flag else None
