"""The billing board as a file, with the board's own filters."""

from zoneinfo import ZoneInfo

from django.http import Http404, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_POST

from billing.board_filter import filter_from
from billing.selectors.localities import gpci_of
from billing.selectors.spans import last_of_month
from billing.services import exports
from billing.services.decisions import refresh_touched
from billing.services.exports import Export, Format
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.local_days import local_date
from networks.permissions import Permission

_MEDIA = {
    Format.CSV: "text/csv; charset=utf-8",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@requires(Permission.EXPORT_CHARGES)
@require_POST
def export(request: ScopedRequest) -> HttpResponseBase:
    """Send the rows that the filters want as CSV or XLSX; noted before the first byte."""
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    now = clock.now()
    today = local_date(now, ZoneInfo(request.scope.time_zone))
    refresh_touched(practice_id, now=now)
    wanted = filter_from(request.POST, today=today)
    asked = Export(
        practice_id=practice_id,
        wanted=wanted,
        format=Format.XLSX if request.POST.get("format") == Format.XLSX else Format.CSV,
        actor=request.scope.actor,
        now=now,
        today=today,
        gpci=gpci_of(practice_id, on=last_of_month(wanted.month)),
    )
    try:
        exports.begin(asked)
    except DomainError as error:
        return render(request, "billing/too_large.html", {"error": error}, status=422)
    response = StreamingHttpResponse(exports.content(asked), content_type=_MEDIA[asked.format])
    response["Content-Disposition"] = f'attachment; filename="{asked.name}"'
    return response
