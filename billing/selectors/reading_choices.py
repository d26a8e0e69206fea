"""Choices of disputed readings for their page."""

from collections.abc import Sequence
from uuid import UUID

from billing.models import PayerPolicy, ReadingChoice
from networks.models import Payer


def reading_choices(practice_id: UUID) -> Sequence[ReadingChoice]:
    """Return every choice of a practice, the latest first; one query."""
    rows = ReadingChoice.objects.filter(practice_id=practice_id).select_related("payer", "approved_by")
    return list(rows.order_by("-starts_on", "-recorded_at", "-pk"))


def settled_policies(practice_id: UUID) -> Sequence[PayerPolicy]:
    """Return the payers' policies in force or past, the latest first; one query."""
    rows = PayerPolicy.objects.filter(practice_id=practice_id).select_related("payer", "approved_by")
    return list(rows.order_by("payer__name", "-starts_on"))


def payers_to_choose() -> Sequence[Payer]:
    """Return the payers of the directory by name; one query."""
    return list(Payer.objects.order_by("name"))


def payer_named(text: str) -> Payer | None:
    """Return the payer with this id, or None for anything else; at most one query."""
    try:
        return Payer.objects.filter(pk=UUID(text)).first()
    except ValueError:
        return None
