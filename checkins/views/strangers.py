"""Texts of numbers that no patient has: finding the patient whose number it is, and putting them aside."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from checkins.models import InboundRow
from checkins.presenters.inbox import aside_row, stranger_row
from checkins.selectors import MOST_LISTED, put_aside_of, stranger
from checkins.services import aside
from networks import clock, said
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from patients import selectors
from patients.presenters import patient_rows

_MOST = 20
_LONGEST_SEARCH = 80
_LISTED_FOR = timedelta(days=30)  # as long as the Messages page shows strangers' texts


@requires(Permission.RECORD_CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def whose(request: ScopedRequest, text_id: UUID) -> HttpResponse:
    """Search the patient whose number wrote; a search comes as POST, because an address never holds a name."""
    row = _stranger(request, text_id)
    practice_id = row.practice_id
    typed = request.POST.get("q", "").strip()[:_LONGEST_SEARCH].replace("\x00", "")
    found = list(selectors.search(practice_id, typed)[: _MOST + 1]) if typed else []
    shown = {
        "row": stranger_row(row, zone=request.scope.time_zone),
        "search_text": typed,
        "patients": patient_rows(found[:_MOST]),
        "is_cut": len(found) > _MOST,
    }
    return render(request, "checkins/whose_number.html", shown)


@requires(Permission.TEXT_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def put_aside(request: ScopedRequest, text_id: UUID) -> HttpResponse:
    """Ask in the side panel why nobody needs to look at a stranger's text, and put it aside."""
    row = _stranger(request, text_id)
    shown: dict[str, object] = {
        "row": stranger_row(row, zone=request.scope.time_zone),
        "reason": request.POST.get("reason", ""),
    }
    if request.method != "POST":
        return render(request, "checkins/put_aside.html", shown)
    try:
        aside.put_aside(row, reason=str(shown["reason"]), actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        shown["error"] = error.sentence
        return render(request, "checkins/put_aside.html", shown, status=422)
    if not said.is_htmx(request):
        messages.success(request, "Put aside.")
        return redirect("checkins:messages")
    return said.with_refresh("Put aside.", closes_drawer=True)


@requires(Permission.TEXT_PATIENTS)
@require_POST
def put_back(request: ScopedRequest, text_id: UUID) -> HttpResponse:
    """Bring a stranger's text back to Messages."""
    aside.put_back(_stranger(request, text_id), actor=request.scope.actor, now=clock.now())
    messages.success(request, "The text is back among the Messages.")
    return redirect("checkins:put-aside-texts")


@requires(Permission.SEE_MESSAGES)
@require_safe
def texts_aside(request: ScopedRequest) -> HttpResponse:
    """Show the strangers' texts that were put aside, with who did so and why."""
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    found = put_aside_of(practice_id, since=clock.now() - _LISTED_FOR)
    shown = {
        "rows": [aside_row(each, zone=request.scope.time_zone) for each in found],
        "is_cut": len(found) == MOST_LISTED,
        "may_put_back": request.scope.may(Permission.TEXT_PATIENTS),
    }
    return render(request, "checkins/texts_aside.html", shown)


def _stranger(request: ScopedRequest, text_id: UUID) -> InboundRow:
    practice_id = request.scope.practice_id
    row = stranger(text_id, practice_id=practice_id) if practice_id else None
    if row is None:
        raise Http404
    return row
