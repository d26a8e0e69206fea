"""Reads about consent by web link, for the patient's page of consents and for the page behind the link."""

from uuid import UUID

from checkins.models import Sender
from checkins.selectors.carrier_blocks import block_of
from patients.models import ConsentLink, Phone
from patients.phones import shown


def latest_consent_link(practice_id: UUID, patient_id: UUID) -> ConsentLink | None:
    """Return a patient's latest link with who made it and what was answered, or None; one query."""
    rows = ConsentLink.objects.filter(practice_id=practice_id, patient_id=patient_id)
    rows = rows.select_related("made_by", "phone", "signature", "signature__monitoring", "signature__texts")
    return rows.order_by("-occurred_at", "-id").first()


def start_number(phone: Phone) -> str:
    """Return our number, as people read it, to which START ends a carrier's block; empty where none stands.

    That is the number to which STOP was texted, whichever the patient is texted from by now.
    """
    block = block_of(phone)
    if block is None or block.sender_id is None:
        return ""
    sender = Sender.objects.filter(practice_id=phone.practice_id, pk=block.sender_id).first()
    return shown(sender.number) if sender else ""
