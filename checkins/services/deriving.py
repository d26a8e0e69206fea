"""The derived rows of one text: how it was read, the values in it, the monitoring day they make."""

from datetime import datetime
from decimal import Decimal
from typing import cast

from checkins.models import Reading, ReplyReading
from checkins.replies.reading import RECORDED, Question
from checkins.services.keeping import keep
from checkins.services.understanding import Understanding
from networks.local_days import local_date, zone_named
from patients.models import Phone


def store(understanding: Understanding, *, now: datetime) -> list[Reading]:
    """Write what was read out of a text, once, and touch its episode; return the values that were recorded."""
    practice_id = understanding.row.practice_id
    ReplyReading.objects.get_or_create(
        practice_id=practice_id,
        message=understanding.message,
        defaults=reply_fields(understanding),
    )
    if understanding.episode is None or not understanding.answers:
        return []
    values = [
        Reading(practice_id=practice_id, episode=understanding.episode, **value_fields(understanding, item))
        for item in RECORDED
        if item.value in understanding.answers
    ]
    keep(values, practice_id=practice_id, now=now)
    return values


def reply_fields(understanding: Understanding) -> dict[str, object]:
    """Return the columns of the reply reading."""
    reading = understanding.reading
    flag = reading.red_flag
    return {
        "check_in": understanding.check_in,
        "kind": reading.kind.value,
        "answers": understanding.answers,
        "consent": reading.consent.value if reading.consent else "",
        "red_flag_class": flag.danger.value if flag else "",
        "red_flag_level": flag.level.value if flag else "",
        "follow_up": reading.follow_up.value,
        "reasons": list(reading.reasons),
        "spans": [[each.rule, each.index, each.start, each.end] for each in reading.evidence],
        "reader": reading.reader,
    }


def value_fields(understanding: Understanding, item: Question) -> dict[str, object]:
    """Return the columns of one recorded value; a range keeps both ends."""
    value = understanding.answers[item.value]
    row = understanding.row
    zone = zone_named(understanding.phone.patient.time_zone)
    low, high, word = None, None, ""
    if isinstance(value, str):
        word = value
    elif isinstance(value, dict):
        ends = cast("dict[str, float]", value)
        low, high = Decimal(str(ends["low"])), Decimal(str(ends["high"]))
    else:
        low = high = Decimal(str(value))
    by_caregiver = understanding.reading.by_caregiver or understanding.phone.holder == Phone.Holder.CAREGIVER
    return {
        "check_in": understanding.check_in,
        "message": understanding.message,
        "item": item.value,
        "low": low,
        "high": high,
        "word": word,
        "source": Reading.Source.CAREGIVER if by_caregiver else Reading.Source.PATIENT,
        "received_at": row.received_at,
        "local_date": local_date(row.received_at, zone),
    }
