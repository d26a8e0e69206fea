"""Drills: start one, answer it, read how long everything took."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from checkins import escalation
from checkins.alert_queue import drills_of, report_of, weekly_drill_of
from checkins.forms.drills import WeeklyDrillForm
from checkins.models import Drill
from checkins.presenters.alert_queue import drill_view
from checkins.services import drills
from checkins.services.weekly_drills import set_weekly
from checkins.views.alert_queue import digest_of, practice_of
from networks import clock, said
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission
from networks.selectors import own_practice

_SHOWN = 50


@requires(Permission.SEE_TODAY)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show the practice's drills, the latest with its times."""
    return _page(request)


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def start(request: ScopedRequest) -> HttpResponse:
    """Start a drill; who is on call is paged at once."""
    practice = own_practice(practice_of(request))
    if practice is None:
        raise Http404
    try:
        drill = drills.start_drill(
            practice,
            actor=request.scope.actor,
            now=clock.now(),
            level=request.POST.get("level", ""),
            ladder=request.POST.get("ladder", ""),
        )
    except DomainError as error:
        return _page(request, error=error.sentence, status=422)
    return redirect("checkins:drill", drill_id=drill.pk)


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def weekly(request: ScopedRequest) -> HttpResponse:
    """Have a drill started each week by itself, or no longer."""
    practice = own_practice(practice_of(request))
    if practice is None:
        raise Http404
    form = WeeklyDrillForm(request.POST)
    if not form.is_valid():
        return _page(request, error="Choose the day and the hour from the list.", status=422)
    try:
        kept = set_weekly(practice, **form.chosen(), actor=request.scope.actor, now=clock.now())
    except DomainError as error:
        return _page(request, error=error.sentence, status=422)
    messages.success(
        request,
        "No drill starts by itself." if kept.weekday is None else "A drill starts by itself each week.",
    )
    return redirect("checkins:drills")


@requires(Permission.SEE_TODAY)
@require_safe
def report(request: ScopedRequest, drill_id: UUID) -> HttpResponse:
    """Show one drill's times; 204 to the page itself while nothing new has happened."""
    drill = request.scope.one(Drill, pk=drill_id)
    view = drill_view(report_of(drill), zone=request.scope.time_zone)
    seen = digest_of(view)
    if said.is_htmx(request) and request.GET.get("seen") == seen:
        return HttpResponse(status=204)
    shown = {
        "drill": view,
        "seen": seen,
        "may_acknowledge": request.scope.may(Permission.ACKNOWLEDGE_ALERTS),
        "may_end": request.scope.may(Permission.MANAGE_PRACTICE),
    }
    return render(request, "checkins/drill.html", shown)


@requires(Permission.ACKNOWLEDGE_ALERTS)
@require_POST
def acknowledge(request: ScopedRequest, drill_id: UUID) -> HttpResponse:
    """Answer a drill as one would answer an alert."""
    drill = request.scope.one(Drill, pk=drill_id)
    drills.acknowledge_drill(drill, actor=request.scope.actor, now=clock.now())
    messages.success(request, "DRILL answered. Thank you.")
    return redirect("checkins:drill", drill_id=drill.pk)


@requires(Permission.MANAGE_PRACTICE)
@require_POST
def end(request: ScopedRequest, drill_id: UUID) -> HttpResponse:
    """End a drill."""
    drill = request.scope.one(Drill, pk=drill_id)
    drills.end_drill(drill, actor=request.scope.actor, now=clock.now())
    return redirect("checkins:drill", drill_id=drill.pk)


def _page(request: ScopedRequest, *, error: str = "", status: int = 200) -> HttpResponse:
    zone = request.scope.time_zone
    found = list(drills_of(practice_of(request))[:_SHOWN])
    shown = {
        "drills": [drill_view(report_of(each), zone=zone) for each in found[:10]],
        "paces": drills.PACES.items(),
        "levels": [each for each in ("L1", "L2") if escalation.climbs(each)],
        "may_start": request.scope.may(Permission.MANAGE_PRACTICE),
        "error": error,
        "weekly": weekly_drill_of(practice_of(request)),
        "weekdays": WeeklyDrillForm.DAYS,
    }
    return render(request, "checkins/drills.html", shown, status=status)
