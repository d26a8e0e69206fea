"""How the practice's line does: what was sent, what arrived, who answers."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checkins.presenters.line_figures import figures_view
from checkins.selectors import line_figures
from networks import clock
from networks.access import ScopedRequest, requires
from networks.permissions import Permission

_SPANS = (7, 30, 90)
_USUAL = 30


@requires(Permission.SEE_MESSAGES)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show the line's figures of the last 7, 30 or 90 days; any other span means 30."""
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    days = _days(request.GET.get("days", ""))
    now = clock.now()
    figures = line_figures(practice_id, since=now - timedelta(days=days), now=now)
    shown = {"figures": figures_view(figures), "days": days, "spans": _SPANS}
    return render(request, "checkins/line_figures.html", shown)


def _days(typed: str) -> int:
    return next((days for days in _SPANS if typed == str(days)), _USUAL)
