"""The audit log of the active workspace."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from networks.access import ScopedRequest, requires
from networks.permissions import Permission
from networks.presenters import FAMILIES, audit_rows
from networks.selectors import audit_entries, names_in

_PAGE = 100


@requires(Permission.SEE_AUDIT)
@require_safe
def audit_log(request: ScopedRequest) -> HttpResponse:
    """Show who did and saw what, newest first, of one kind of act or about one patient."""
    family = request.GET.get("kind", "")
    family = family if family in dict(FAMILIES) else ""
    entries = audit_entries(
        practice_id=request.scope.practice_id,
        network_id=request.scope.network_id,
        family=family,
        patient_id=_as_uuid(request.GET.get("patient", "")),
    )
    page = Paginator(entries, _PAGE).get_page(request.GET.get("page"))
    found = list(page.object_list)
    shown = {
        "page": page,
        "rows": audit_rows(found, names=names_in(found)),
        "families": FAMILIES,
        "family": family,
        "query": f"kind={family}&" if family else "",
        "may_open": request.scope.may(Permission.SEE_PATIENTS),
    }
    return render(request, "networks/audit.html", shown)


def _as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
