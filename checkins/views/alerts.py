"""Closing an alert with what was done about it."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods
from django_htmx.http import trigger_client_event

from checkins.models import Alert, AlertClosing
from checkins.presenters.timeline import alert_title
from checkins.services import alerts
from networks import clock
from networks.access import ScopedRequest, requires
from networks.errors import DomainError
from networks.permissions import Permission


@requires(Permission.ACKNOWLEDGE_ALERTS)
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: ScopedRequest, alert_id: UUID) -> HttpResponse:
    """Ask in the side panel what was done, and close the alert with it."""
    alert = request.scope.one(Alert, pk=alert_id)
    shown = {
        "alert": alert,
        "title": alert_title(alert),
        "reason": request.POST.get("reason", ""),
        "outcome": request.POST.get("outcome", ""),
        "outcomes": AlertClosing.Outcome.choices if alert.kind == Alert.Kind.RED_FLAG else (),
    }
    if request.method != "POST":
        return render(request, "checkins/close_alert.html", shown)
    try:
        alerts.close(
            alert,
            reason=str(shown["reason"]),
            outcome=_outcome(request, alert),
            actor=request.scope.actor,
            now=clock.now(),
        )
    except DomainError as error:
        shown["error"] = error.sentence
        return render(request, "checkins/close_alert.html", shown, status=422)
    if not request.htmx:
        if alert.patient_id is None:
            return redirect("checkins:alerts")
        return redirect("billing:patient", patient_id=alert.patient_id)
    response = HttpResponse()
    trigger_client_event(response, "daybook:say", {"value": "Closed."})
    # The panel goes last: an event of a form that has left the page reaches nobody.
    trigger_client_event(response, "daybook:refresh", {})
    return trigger_client_event(response, "daybook:close-drawer", {})


def _outcome(request: ScopedRequest, alert: Alert) -> str:
    # Only after a danger sign is it asked what came of it; anything else is done when somebody says so.
    if alert.kind == Alert.Kind.RED_FLAG:
        return request.POST.get("outcome", "")
    return AlertClosing.Outcome.OTHER.value
