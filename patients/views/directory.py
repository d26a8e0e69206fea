"""The list of patients, searched by name, record number or the phone's last four digits."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from networks.access import ScopedRequest, requires
from networks.permissions import Permission
from patients import selectors
from patients.presenters import patient_rows

_PAGE = 50
_LONGEST_SEARCH = 80


@requires(Permission.SEE_PATIENTS)
@require_http_methods(["GET", "HEAD", "POST"])
def patient_list(request: ScopedRequest) -> HttpResponse:
    """Show the practice's patients; a search comes as POST, because an address never holds a name."""
    if request.scope.practice_id is None:
        raise Http404
    text = request.POST.get("q", "").strip()[:_LONGEST_SEARCH].replace("\x00", "")
    found = selectors.search(request.scope.practice_id, text)
    page = Paginator(found, _PAGE).get_page(1 if text else request.GET.get("page"))
    shown = {
        "page": page,
        "rows": patient_rows(page.object_list),
        "search_text": text,
        "is_cut": bool(text) and page.has_next(),
        "may_enroll": request.scope.may(Permission.ENROLL_PATIENTS),
    }
    return render(request, "patients/list.html", shown)
