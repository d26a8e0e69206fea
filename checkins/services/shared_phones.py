"""One mobile, two patients: each is texted from another number of the practice, and that number tells them apart."""

from uuid import UUID

from django.db.models import QuerySet

from checkins.models import OutboundMessage, Plan, Sender
from networks.encryption import blind_index
from networks.errors import Conflict
from patients.models import Phone


def sender_for(phone: Phone) -> Sender | None:
    """Return the sender from which a phone is texted, a ready one first; never one that is another patient's."""
    senders = Sender.objects.filter(practice_id=phone.practice_id).order_by("-state", "id")
    if phone.line is not None:
        return senders.filter(pk=phone.line).first()
    taken = (
        _holders(phone.practice_id, bytes(phone.number_index))
        .exclude(line=None)
        .values_list("line", flat=True)
    )
    return senders.exclude(pk__in=list(taken)).first()


def line_for(practice_id: UUID, number: str, *, shares: bool) -> UUID | None:
    """Return the sender that tells a further patient at an E.164 number apart; None where nobody else has it.

    None, too, where no ready sender is left that this mobile is not texted from already: then the number
    cannot be shared. Conflict offers the free sender where nobody said that the phone is shared.
    """
    holders = list(_holders(practice_id, blind_index(number)))
    if not holders:
        return None
    used = {each.line for each in holders if each.line}
    used |= set(
        Plan.objects.filter(practice_id=practice_id, phone__in=holders).values_list("sender_id", flat=True)
    )
    used |= set(
        OutboundMessage.objects.filter(
            practice_id=practice_id, patient_id__in=[each.patient_id for each in holders], phone__in=holders
        ).values_list("sender_id", flat=True)
    )
    ready = Sender.objects.filter(practice_id=practice_id, state=Sender.State.READY)
    free = ready.exclude(pk__in=used).order_by("number").first()
    if free is None:
        return None
    if not shares:
        raise Conflict(
            "Another patient of this practice has that number. If they share the phone, say so below: this "
            "patient is then texted from another number of yours.",
            field="mobile",
        )
    return free.pk


def _holders(practice_id: UUID, number_index: bytes) -> QuerySet[Phone]:
    return Phone.objects.filter(practice_id=practice_id, number_index=number_index).exclude(
        state=Phone.State.REPLACED
    )
