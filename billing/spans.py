"""Billing spans, 30-day windows and calendar months alike: where they are clipped and when they close."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from billing.document import Document


class SpanState(StrEnum):
    """Whether more can still happen inside a span."""

    OPEN = "open"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Span:
    """All dates of a window or month from first to last, and the date on which it ends for this patient."""

    first: date
    last: date
    clipped_to: date
    state: SpanState

    @property
    def is_closed(self) -> bool:
        """Whether `as_of` is later than the clipped end."""
        return self.state is SpanState.CLOSED


def clip_span(first: date, last: date, *, document: Document) -> Span:
    """The span clipped at the earliest of episode end and consent end."""
    clipped_to = last if document.clip is None else min(last, document.clip)
    state = SpanState.CLOSED if document.as_of > clipped_to else SpanState.OPEN
    return Span(first, last, clipped_to, state)
