"""Correcting what was read from a text, in the side panel; the original stays in sight."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from checkins.forms import CorrectionForm
from checkins.models import InboundMessage, InboundRow
from checkins.presenters.timeline import body_of
from checkins.reading_words import answers_in_words
from checkins.selectors import counted_answers
from checkins.services import correcting
from networks import clock, said
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from networks.selectors import person


@requires(Permission.CORRECT_READINGS)
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: ScopedRequest, text_id: UUID) -> HttpResponse:
    """Ask what the text says and why, and record it beside what was read."""
    message = request.scope.one(InboundMessage, pk=text_id)
    row = request.scope.one(InboundRow, message=message)
    if row.patient is None:
        raise Http404
    read, counted = counted_answers(message)
    form = CorrectionForm(request.POST if request.method == "POST" else None, counted=counted)
    if form.is_valid() and _correct(request, message, form):
        if not said.is_htmx(request):
            return redirect("billing:patient", patient_id=row.patient_id)
        return said.with_refresh("Corrected. What was read before is kept.", closes_drawer=True)
    shown = {
        "form": form,
        "message": message,
        "patient": row.patient,
        "words": body_of(row),
        "read": answers_in_words(read) or "nothing",
        "asks_function": "function" in (read | counted),
        "asks_milestone": "milestone" in (read | counted) or _asked_milestone(row),
    }
    return render(request, "checkins/correct.html", shown, status=422 if form.errors else 200)


def _asked_milestone(row: InboundRow) -> bool:
    return row.check_in is not None and "milestone" in row.check_in.items


def _correct(request: ScopedRequest, message: InboundMessage, form: CorrectionForm) -> bool:
    actor = request.scope.actor
    if actor.user_id is None:
        return False
    try:
        correcting.correct(
            message,
            answers=form.answers(),
            reason=form.cleaned_data["reason"],
            by=person(actor.user_id),
            actor=actor,
            now=clock.now(),
        )
    except DomainError as error:
        form.add_error(error.field if error.field in form.fields else None, error.sentence)
        return False
    return True
