"""The billing board: every decided line with its state and reasons, what needs a person first."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from billing.models import DecidedLine
from billing.presenters.board import line_views, states
from billing.selectors.board import board_lines, lines_by_status
from billing.services.decisions import refresh_touched
from networks import clock
from networks.access import ScopedRequest, requires
from networks.permissions import Permission

_PAGE = 100


@requires(Permission.SEE_BILLING)
@require_safe
def board(request: ScopedRequest) -> HttpResponse:
    """Show the practice's lines, all or those in one state."""
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    refresh_touched(practice_id, now=clock.now())
    wanted = request.GET.get("state", "")
    status = wanted if wanted in DecidedLine.Status.values else ""
    page = Paginator(board_lines(practice_id, status=status), _PAGE).get_page(request.GET.get("page"))
    shown = {
        "page": page,
        "lines": line_views(page.object_list),
        "states": states(lines_by_status(practice_id), current=status),
        "status": status,
        "query": f"state={status}&" if status else "",
    }
    return render(request, "billing/board.html", shown)
