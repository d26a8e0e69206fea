"""How well the reader reads: the published score."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from checkins.presenters.reading_score import score_view
from networks.access import ScopedRequest, requires
from networks.permissions import Permission


@requires(Permission.SEE_MESSAGES)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show the reader's score on texts nobody tuned for, with intervals and every confusion."""
    return render(request, "checkins/reading_score.html", {"score": score_view()})
