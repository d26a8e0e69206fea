"""Today: who needs somebody, and why; the page, its live part, and what is done from a row."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import trigger_client_event

from billing.presenters import today
from billing.selectors.digests import practice_digest
from billing.selectors.worklist import worklist_rows
from billing.services.decisions import refresh_touched
from checkins.models import Alert
from checkins.services import alerts
from networks import clock
from networks.access import ScopedRequest, requires
from networks.permissions import Permission


@requires(Permission.SEE_TODAY)
@require_safe
def page(request: ScopedRequest) -> HttpResponse:
    """Show the whole page."""
    return render(request, "billing/today.html", _shown(request))


@requires(Permission.SEE_TODAY)
@require_safe
def rows(request: ScopedRequest) -> HttpResponse:
    """Show the worklist anew; 204 when nothing changed since the page was drawn."""
    if _digest(request) == request.GET.get("seen"):
        return HttpResponse(status=204)
    return render(request, "billing/_worklist.html", _shown(request))


@requires(Permission.ACKNOWLEDGE_ALERTS)
@require_POST
def acknowledge(request: ScopedRequest, alert_id: UUID) -> HttpResponse:
    """Take an alert on; the row is drawn anew in its place."""
    alert = request.scope.one(Alert, pk=alert_id)
    alerts.acknowledge(alert, actor=request.scope.actor, now=clock.now())
    if not request.htmx or request.POST.get("from") != "row" or alert.episode_id is None:  # type: ignore[attr-defined] # set by django_htmx
        return _back(request, alert)
    found = worklist_rows(
        alert.practice_id, zone=request.scope.time_zone, now=clock.now(), episode_id=alert.episode_id
    )
    if not found:
        return _back(request, alert)
    shown = {"row": today.row_view(found[0]), "done": "Acknowledged by you."} | _may(request)
    response = render(request, "billing/_row.html", shown)
    return trigger_client_event(response, "daybook:say", {"value": "Acknowledged."})


def _back(request: ScopedRequest, alert: Alert) -> HttpResponse:
    if request.htmx:  # type: ignore[attr-defined] # set by django_htmx
        response = trigger_client_event(HttpResponse(status=204), "daybook:say", {"value": "Acknowledged."})
        return trigger_client_event(response, "daybook:refresh", {})
    return redirect("billing:patient", patient_id=alert.patient_id)


def _shown(request: ScopedRequest) -> dict[str, object]:
    practice_id = request.scope.practice_id
    if practice_id is None:
        raise Http404
    now = clock.now()
    refresh_touched(practice_id, now=now)
    found = worklist_rows(practice_id, zone=request.scope.time_zone, now=now)
    shown = {"page": today.page(found, opened=request.GET.getlist("open")), "seen": _digest(request)}
    return shown | _may(request)


def _digest(request: ScopedRequest) -> str:
    if request.scope.practice_id is None:
        raise Http404
    return practice_digest(request.scope.practice_id, zone=request.scope.time_zone, now=clock.now())


def _may(request: ScopedRequest) -> dict[str, object]:
    return {
        "may_acknowledge": request.scope.may(Permission.ACKNOWLEDGE_ALERTS),
        "may_log": request.scope.may(Permission.LOG_TIME),
        "may_text": request.scope.may(Permission.TEXT_PATIENTS),
        "may_enroll": request.scope.may(Permission.ENROLL_PATIENTS),
    }
