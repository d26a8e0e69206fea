"""Who answered, in words: the patient says nothing about it, everybody else is named for what they are."""

from checkins.models import InboundMessage, InboundRow, Reading
from patients.models import Phone

_ON_PAGE = "on the one-tap page"


def answerer(row: InboundRow) -> str:
    """Return who wrote a text in, and where if not by text, such as "Caregiver (daughter), on the one-tap page".

    Empty for the patient by text. `row` comes with its phone and with `reported_by`, as `talk_with` reads it: the
    answers' own source goes before who holds the phone now.
    """
    who, where = _who(row), _ON_PAGE if row.message.source == InboundMessage.Source.LINK else ""
    if where and not who:
        return f"Answered {where}"
    return f"{who}, {where}" if where else who


def _who(row: InboundRow) -> str:
    held_by_caregiver = row.phone is not None and row.phone.holder == Phone.Holder.CAREGIVER
    source = getattr(row, "reported_by", None) or (
        Reading.Source.CAREGIVER if held_by_caregiver else Reading.Source.PATIENT
    )
    if source == Reading.Source.STAFF:
        return "Entered by staff"
    if source != Reading.Source.CAREGIVER:
        return ""
    if row.phone is None or not held_by_caregiver:
        return "Caregiver, by what the text says"
    return f"Caregiver ({row.phone.relationship.lower()})" if row.phone.relationship else "Caregiver"
