"""Charges out: export what was certified, and take a file again."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from billing.charge_columns import FIELDS, MAPPINGS
from billing.models import ChargeBatch
from billing.presenters.charges_out import left_file, waiting_row
from billing.selectors.charges_out import charges_out
from billing.services import charges_out as exporting
from billing.services.decisions import refresh_touched
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission

_SHOWN = 100
_PAGE = 25


@requires(Permission.EXPORT_CHARGES)
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: ScopedRequest) -> HttpResponse:
    """Show what waits and what left; sent, write the next file."""
    practice_id, now = request.scope.practice_id, clock.now()
    if practice_id is None:
        raise Http404
    # What arrived just now may hold a charge back.
    refresh_touched(practice_id, now=now)
    error = None
    if request.method == "POST":
        mapping = request.POST.get("mapping", "")
        try:
            made = exporting.export(
                practice_id,
                mapping=mapping,
                actor=request.scope.actor,
                now=now,
                hold_incomplete=request.POST.get("with_gaps") != "on",
            )
        except DomainError as refused:
            error = refused
        else:
            messages.success(request, _ready(made, left=exporting.waiting(practice_id).count()))
            return redirect("billing:charges")
    found = charges_out(practice_id, most=_SHOWN)
    rows = [waiting_row(each, fields=FIELDS) for each in found.waiting]
    left = Paginator(found.batches, _PAGE).get_page(request.GET.get("page"))
    shown = {
        "found": found,
        "rows": rows,
        "lacking": sum(each.waits for each in rows),
        "page": left,
        "files": [left_file(each) for each in left.object_list],
        "mappings": MAPPINGS,
        "may_cover": request.scope.may(Permission.KEEP_COVERAGE),
        "error": error,
    }
    return render(request, "billing/charges_out.html", shown, status=error.status if error else 200)


def _ready(made: ChargeBatch, *, left: int) -> str:
    said = f"File B{made.number:06d} is ready below: {made.rows} row{'' if made.rows == 1 else 's'}."
    if not left:
        return said
    return f"{said} {left} more wait{'s' if left == 1 else ''} until what a claim needs is entered."


@requires(Permission.EXPORT_CHARGES)
@require_safe
def file(request: ScopedRequest, batch_id: UUID) -> HttpResponse:
    """Send a file again, byte for byte; noted as taken."""
    batch = request.scope.one(ChargeBatch, pk=batch_id)
    content = exporting.take(batch, actor=request.scope.actor, now=clock.now())
    response = HttpResponse(content, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="charges-B{batch.number:06d}.csv"'
    return response
