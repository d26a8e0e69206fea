"""What ends with the consent to texts on a phone: the open check-ins and the texts that wait."""

from datetime import datetime

from checkins.models import CheckIn
from checkins.services import outbox
from patients.models import Phone


def end_texts(phone: Phone, *, reason: str, now: datetime) -> None:
    """Close a phone's open check-ins and take back its waiting texts, in the transaction that ends consent."""
    CheckIn.objects.waiting().filter(practice_id=phone.practice_id, plan__phone=phone).update(
        state=CheckIn.State.CLOSED, closed_reason=CheckIn.Closed.OPTED_OUT
    )
    outbox.drop_waiting(phone.practice_id, phone_id=phone.pk, reason=reason, now=now)
