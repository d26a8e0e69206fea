"""Texts of numbers that no patient has: finding the patient whose number it is."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from checkins.presenters.inbox import stranger_row
from checkins.selectors import stranger
from networks.access import ScopedRequest, requires
from networks.permissions import Permission
from patients import selectors
from patients.presenters import patient_rows

_MOST = 20
_LONGEST_SEARCH = 80


@requires(Permission.RECORD_CONSENT)
@require_http_methods(["GET", "HEAD", "POST"])
def whose(request: ScopedRequest, text_id: UUID) -> HttpResponse:
    """Search the patient whose number wrote; a search comes as POST, because an address never holds a name."""
    practice_id = request.scope.practice_id
    row = stranger(text_id, practice_id=practice_id) if practice_id else None
    if practice_id is None or row is None:
        raise Http404
    typed = request.POST.get("q", "").strip()[:_LONGEST_SEARCH].replace("\x00", "")
    found = list(selectors.search(practice_id, typed)[: _MOST + 1]) if typed else []
    shown = {
        "row": stranger_row(row, zone=request.scope.time_zone),
        "search_text": typed,
        "patients": patient_rows(found[:_MOST]),
        "is_cut": len(found) > _MOST,
    }
    return render(request, "checkins/whose_number.html", shown)
