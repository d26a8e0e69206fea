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


def put_right_by(row: InboundRow) -> str:
    """Return who put an answer right in the text after it, such as "by the caregiver (daughter)".

    That text came from the same phone; where not the phone but the words said who wrote the first, nobody is named.
    """
    who = _who(row)
    if not who:
        return "by the patient"
    return f"by the {who[0].lower()}{who[1:]}" if who == _holder(row) else "in the next text"


def _who(row: InboundRow) -> str:
    holder = _holder(row)
    source = getattr(row, "reported_by", None) or (
        Reading.Source.CAREGIVER if holder else Reading.Source.PATIENT
    )
    if source == Reading.Source.STAFF:
        return "Entered by staff"
    if source != Reading.Source.CAREGIVER:
        return ""
    return holder or "Caregiver, by what the text says"


def _holder(row: InboundRow) -> str:
    """Say which caregiver holds the phone; empty where it is the patient's own."""
    if row.phone is None or row.phone.holder != Phone.Holder.CAREGIVER:
        return ""
    return f"Caregiver ({row.phone.relationship.lower()})" if row.phone.relationship else "Caregiver"
