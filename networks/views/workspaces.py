"""Switching between the practices and networks where somebody works."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from networks.workspaces import SESSION_KEY


@login_required
@require_POST
def switch(request: HttpRequest) -> HttpResponse:
    """Make another of the person's own workspaces the active one and go to its home."""
    wanted = request.POST.get("workspace", "")
    if wanted not in {each.key for each in getattr(request, "workspaces", [])}:
        raise Http404
    request.session[SESSION_KEY] = wanted
    return redirect("home")
