"""The guided tour of whoever is signed in: its page in words, and its steps for the script that walks it."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from networks.tours import Step, Tour, tour_for


@login_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Show the tour as a list to read, with a link to each page; it works without a script."""
    tour = _tour(request)
    shown = {
        "tour_title": tour.title,
        "steps": [
            {"address": _address(each), "heading": each.heading, "words": each.words} for each in tour.steps
        ],
    }
    return render(request, "networks/tour.html", shown)


@login_required
@require_safe
def steps(request: HttpRequest) -> HttpResponse:
    """Return the tour's title and its steps; an empty address is that of the first link on the page before."""
    tour = _tour(request)
    document = {
        "key": tour.key,
        "title": tour.title,
        "steps": [
            {"address": _address(each), "target": each.target, "heading": each.heading, "words": each.words}
            for each in tour.steps
        ],
    }
    return JsonResponse(document)


def _tour(request: HttpRequest) -> Tour:
    scope = getattr(request, "scope", None)
    tour = tour_for(scope.permissions) if scope is not None else None
    if tour is None:
        raise Http404
    return tour


def _address(step: Step) -> str:
    return "" if step.follows else reverse(step.route, kwargs=step.place)
