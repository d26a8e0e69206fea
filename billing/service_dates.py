"""The date of service that the lines of a window or month bear, and the sentences about it."""

from datetime import date

from billing.document import Document
from billing.reasons import Reason, evidence_of
from billing.spans import Span


def date_of_service(span: Span, *, document: Document) -> date:
    """The clipped end, or the latest earlier date of the span that a plan of care naming RTM covers.

    Where no such plan covers any date of the span it is the clipped end (CMS names no date; S12, S33; low).
    """
    covered = (plan.dates.last_shared_date(span.first, span.clipped_to) for plan in document.rtm_plans)
    return max((day for day in covered if day is not None), default=span.clipped_to)


def explain_date_of_service(day: date, *, span: Span, span_name: str, document: Document) -> Reason:
    """Why the lines of the span bear this date of service."""
    if day < span.clipped_to:
        plans = sorted(
            (each.dates.first, each.id) for each in document.rtm_plans if each.id and each.dates.holds(day)
        )
        why = f"the latest date of the {span_name} that a plan of care naming RTM covers"
        return Reason(
            "service_date.plan_of_care",
            f"The date of service is {day}, {why}.",
            evidence_of(i for _, i in plans),
        )
    if day < span.last:
        ended = "the episode" if day == document.episode.dates.last else "the consent"
        return Reason(
            "service_date.clipped", f"The date of service is {day}, the date on which {ended} ended."
        )
    return Reason("service_date.last_day", f"The date of service is {day}, the last date of the {span_name}.")


def wait_for_close(span: Span, *, span_name: str) -> tuple[Reason, ...]:
    """The sentence that makes lines pending while their span is open."""
    if span.is_closed:
        return ()
    return (Reason(f"{span_name}.open", f"The {span_name} is open until {span.clipped_to} is over."),)
